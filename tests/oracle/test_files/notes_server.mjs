// A small MCP server for tests of the harness. Ids are others in each process, as real servers have them.
// NOTES_LOG names a file that gets a line for each call; NOTES_CHANGED makes its answers other ones.
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const notes = new Map();
const changed = Boolean(process.env.NOTES_CHANGED);
const schema = (properties) => ({ type: 'object', properties });
const text = { type: 'string' };

const tools = [
  { name: 'add_note', description: 'Adds a note.', inputSchema: schema({ title: text }) },
  { name: 'get_note', description: 'A note.', inputSchema: schema({ id: text }), annotations: { readOnlyHint: true } },
  { name: 'list_notes', description: 'All notes.', inputSchema: schema({}), annotations: { readOnlyHint: true } },
  { name: 'hang', description: 'Never answers.', inputSchema: schema({}) },
  { name: 'die', description: 'Exits.', inputSchema: schema({}) },
];

const say = (words, structuredContent) => ({
  content: [{ type: 'text', text: words }],
  ...(structuredContent && { structuredContent }),
});

function call(name, given) {
  switch (name) {
    case 'add_note': {
      const note = { id: `note-${randomBytes(5).toString('hex')}1`, title: given.title, made: new Date().toISOString() };
      notes.set(note.id, note);
      return say(`${changed ? 'Put' : 'Added'} ${note.id} at ${note.made} (${process.argv[2] ?? ''})`, { note });
    }
    case 'get_note': {
      const note = notes.get(given.id);
      if (!note) return { ...say(`no note ${given.id}`), isError: true };
      return say(`${note.title} ${changed ? 'is' : 'was'} made at ${note.made}`, { note });
    }
    case 'list_notes':
      return say(`${notes.size} notes`, { notes: [...notes.values()] });
    case 'die':
      process.exit(7);
  }
  return null;
}

function answer(request) {
  switch (request.method) {
    case 'initialize':
      return {
        protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'notes', version: '1' },
      };
    case 'tools/list':
      return { tools };
    case 'tools/call':
      if (process.env.NOTES_LOG) appendFileSync(process.env.NOTES_LOG, `${request.params.name}\n`);
      return request.params.name === 'hang' ? null : call(request.params.name, request.params.arguments ?? {});
    default:
      return undefined;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.id === undefined) continue;
  const result = answer(request);
  if (result === null) continue;
  const reply = result ? { result } : { error: { code: -32601, message: 'no such method' } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, ...reply })}\n`);
}
