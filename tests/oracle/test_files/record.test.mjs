// `adjutant record` between the official client and a server: nothing is changed on the way, the file holds when it is
// run, and does not for a server that changed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';

import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

import { adjutant, bin, common, filesystem, inFolder, node, notes } from './adjutant.mjs';

async function withClient(folder, words, use) {
  const transport = new StdioClientTransport({
    command: join(bin, 'adjutant'), args: [...common(folder), 'record', '--to', 'live.test.toml', ...words],
    cwd: folder, stderr: 'ignore',
  });
  const client = new Client({ name: 'record-test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  try {
    await client.connect(transport);
    return await use(client);
  } finally {
    await client.close();
  }
}

const call = (client, name, given) => client.callTool({ name, arguments: given });

test('a session with ids that change is recorded, and holds when it is run', () =>
  inFolder(async (folder) => {
    await withClient(folder, ['--', node, notes, '${folder}'], async (client) => {
      const added = await call(client, 'add_note', { title: 'Tea with "Ewa"\n' });
      const { id } = added.structuredContent.note;
      assert.match(added.content[0].text, new RegExp(`^Added ${id} at .*adjutant-test`));
      await call(client, 'get_note', { id });
      await call(client, 'list_notes', {});
      assert.equal((await call(client, 'get_note', { id: 'nobody' })).isError, true);
    });
    const file = readFileSync(join(folder, 'live.test.toml'), 'utf8');
    assert.match(file, /^capture\.id = "\/note\/id"$/m);
    assert.match(file, /^arguments = \{ id = "\$\{id\}" \}$/m);
    const run = adjutant(folder, ['test', 'live.test.toml']);
    assert.equal(run.status, 0, run.out + run.err + file);
    assert.match(run.out, /4 checks hold/);
    const changed = adjutant(folder, ['test', 'live.test.toml', '--', 'env', 'NOTES_CHANGED=1', node, notes, '${folder}']);
    assert.equal(changed.status, 1, changed.out);
    // Without the capture the id of the recording is asked for, which is nobody's.
    writeFileSync(join(folder, 'live.test.toml'), file.replace('{ id = "${id}" }', '{ id = "note-aa11bb22cc1" }'));
    assert.equal(adjutant(folder, ['test', 'live.test.toml']).status, 1);
  }));

test("npm's file server is recorded on a copy of a folder", () =>
  inFolder(async (folder) => {
    mkdirSync(join(folder, 'start'));
    writeFileSync(join(folder, 'start', 'a.txt'), 'alpha\nbeta\n');
    const server = ['--', node, filesystem, '${folder}'];
    await withClient(folder, ['--fixture', 'start', ...server], async (client) => {
      const roots = await call(client, 'list_allowed_directories', {});
      const root = roots.content[0].text.split('\n')[1];
      await call(client, 'read_text_file', { path: join(root, 'a.txt') });
      await call(client, 'write_file', { path: join(root, 'b.txt'), content: "it's ${new}\n" });
      await call(client, 'get_file_info', { path: join(root, 'b.txt') });
      await call(client, 'edit_file', { path: join(root, 'a.txt'), edits: [{ oldText: 'beta', newText: 'gamma' }] });
      await call(client, 'list_directory', { path: root });
      assert.equal((await call(client, 'read_text_file', { path: '/etc/passwd' })).isError, true);
    });
    const run = adjutant(folder, ['test', 'live.test.toml']);
    assert.equal(run.status, 0, run.out + run.err + readFileSync(join(folder, 'live.test.toml'), 'utf8'));
    assert.match(run.out, /7 checks hold/);
    writeFileSync(join(folder, 'start', 'a.txt'), 'alpha\nbeta!\n'); // The control.
    assert.equal(adjutant(folder, ['test', 'live.test.toml']).status, 1);
  }));

test('a server of ours is recorded by its name, on data that is thrown away', () =>
  inFolder(async (folder) => {
    await withClient(folder, ['tasks'], async (client) => {
      const added = await call(client, 'add_tasks', { tasks: [{ title: 'Water the fern', due: '2030-01-02' }] });
      assert.equal(added.structuredContent.tasks[0].origin, 'record-test');
      await call(client, 'complete_tasks', { ids: [added.structuredContent.tasks[0].id] });
      await call(client, 'undo_tasks_change', {});
      await call(client, 'list_tasks', {});
    });
    const run = adjutant(folder, ['test', 'live.test.toml']);
    assert.equal(run.status, 0, run.out + run.err + readFileSync(join(folder, 'live.test.toml'), 'utf8'));
    assert.match(run.out, /4 checks hold/);
    assert.ok(!existsSync(join(folder, 'data', 'tasks')));
    const other = ['--', join(bin, 'adjutant-tasks'), '--data', '${folder}', '--read-only'];
    assert.equal(adjutant(folder, ['test', 'live.test.toml', ...other]).status, 1); // The control.
  }));

/// A session by hand: lines in, lines out.
function session(folder, command) {
  const child = spawn(join(bin, 'adjutant'), [...common(folder), 'record', '--to', 'live.test.toml', '--', ...command], {
    cwd: folder, stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
  let id = 0;
  const ask = async (method, params) => {
    id += 1;
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    const { value } = await lines.next();
    return value && JSON.parse(value).result;
  };
  const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'hand', version: '1' } };
  return { child, gone, start: () => ask('initialize', hello), call: (name, given) => ask('tools/call', { name, arguments: given }) };
}

function serverOf(child) {
  return Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0]) ||
    null;
}

for (const victim of ['the recorder', 'the server']) {
  test(`a file is whole after ${victim} was killed`, () =>
    inFolder(async (folder) => {
      const live = session(folder, [node, notes]);
      await live.start();
      assert.ok(!existsSync(join(folder, 'live.test.toml')));
      await live.call('add_note', { title: 'a' });
      await live.call('list_notes', {});
      if (victim === 'the recorder') {
        live.child.kill('SIGKILL');
        assert.equal(await live.gone, 'SIGKILL');
      } else {
        await live.call('die', {});
        assert.equal(await live.gone, 7);
      }
      const run = adjutant(folder, ['test', 'live.test.toml']);
      assert.equal(run.status, 0, run.out + run.err);
      assert.match(run.out, /2 checks hold/);
    }));
}

test('every byte goes through unchanged, and the status is the server\'s', () =>
  inFolder(async (folder) => {
    const odd = 'no JSON \u001b[0m\r\n\n{"a":\t1}\r\n' + 'x'.repeat(300_000) + '\nend without a line end';
    const child = spawn(join(bin, 'adjutant'), [...common(folder), 'record', '--to', 'live.test.toml', '--',
      'sh', '-c', 'cat; echo oops >&2; exit 5'], { cwd: folder });
    let out = '';
    let err = '';
    child.stdout.on('data', (bytes) => { out += bytes; });
    child.stderr.on('data', (bytes) => { err += bytes; });
    child.stdin.end(odd);
    const status = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(status, 5);
    assert.equal(out, odd);
    assert.match(err, /oops/);
    assert.match(err, /no call was answered, so there is no file/);
  }));

test('nothing is written over, and mistakes are said', () =>
  inFolder((folder) => {
    writeFileSync(join(folder, 'live.test.toml'), 'mine');
    for (const [words, says] of [
      [['--to', 'live.test.toml', '--', node, notes], /is there already/],
      [['--to', 'live.toml', '--', node, notes], /has to end in \.test\.toml/],
      [['--to', 'new.test.toml'], /name a server/],
      [['--to', 'new.test.toml', 'nobody'], /no server nobody/],
      [['--to', 'new.test.toml', '--', '/no/such/program'], /no\/such\/program/],
    ]) {
      const run = adjutant(folder, ['record', ...words]);
      assert.equal(run.status, 2, run.err);
      assert.match(run.err, says);
    }
    assert.equal(readFileSync(join(folder, 'live.test.toml'), 'utf8'), 'mine');
  }));
