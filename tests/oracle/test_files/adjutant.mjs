// The real `adjutant`, each time with a data folder of its own. ADJUTANT_BIN names the folder of the programs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const bin = process.env.ADJUTANT_BIN;
export const node = process.execPath;
export const notes = fileURLToPath(new URL('notes_server.mjs', import.meta.url));
export const example = fileURLToPath(new URL('../../../examples/harness', import.meta.url));
export const filesystem = fileURLToPath(
  new URL('../../node_modules/@modelcontextprotocol/server-filesystem/dist/index.js', import.meta.url),
);

/// `use(folder)` with a folder that is gone afterwards.
export async function inFolder(use) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'adjutant-harness-')));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/// Options that stand before every subcommand.
export function common(folder) {
  return ['--data', join(folder, 'data'), '--zone', 'Europe/Warsaw'];
}

export function adjutant(folder, words, env = {}) {
  const done = spawnSync(join(bin, 'adjutant'), [...common(folder), ...words], {
    encoding: 'utf8', cwd: folder, env: { ...process.env, ...env }, timeout: 120_000,
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
}
