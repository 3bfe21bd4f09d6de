// The five servers as the official TypeScript client sees them, each on the sample day's data in a folder
// of its own. ADJUTANT_BIN names the folder of the programs.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

export const servers = ['calendar', 'email', 'tasks', 'files', 'memory'];

const bin = process.env.ADJUTANT_BIN;
const sample = fileURLToPath(new URL('../../../examples/day', import.meta.url));

function optionsFor(server, folder) {
  switch (server) {
    case 'calendar':
      cpSync(join(sample, 'calendar.ics'), join(folder, 'calendar.ics'));
      return ['--root', folder];
    case 'email':
      cpSync(join(sample, 'mail'), join(folder, 'mail'), { recursive: true });
      return ['--mail', join(folder, 'mail')];
    case 'files':
      cpSync(join(sample, 'documents'), join(folder, 'documents'), { recursive: true });
      return [join(folder, 'documents')];
    default:
      return [];
  }
}

/// Connects to `server` in `mode` ('auto' or 'legacy'); `use(client, folder)` runs while it lives.
export async function withClient(server, mode, use) {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-sdk-'));
  writeFileSync(join(folder, 'clock'), '2026-03-16T09:00:00+01:00\n');
  const common = ['--data', join(folder, 'data'), '--clock', join(folder, 'clock'), '--zone', 'Europe/Warsaw'];
  const transport = new StdioClientTransport({
    command: join(bin, `adjutant-${server}`),
    args: [...common, ...optionsFor(server, folder)],
  });
  const client = new Client({ name: 'sdk-test', version: '1' }, { versionNegotiation: { mode } });
  try {
    await client.connect(transport);
    await use(client, folder);
  } finally {
    await client.close();
    rmSync(folder, { recursive: true });
  }
}
