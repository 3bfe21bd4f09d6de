// Ours beside the reference file server (npm @modelcontextprotocol/server-filesystem): whole answers to the
// same calls are compared. What differs on purpose is listed in ../differences.md; each entry there has a
// test here that shows both answers.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { assertAlike, someReadingCall } from './calls.mjs';
import { Peer } from './peer.mjs';
import { plant, random } from './tree.mjs';

const ours = join(process.env.ADJUTANT_BIN, 'adjutant-files');
const reference = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));

async function sideBySide(roots, work) {
  const data = mkdtempSync(join(tmpdir(), 'oracle-data-'));
  const pair = [new Peer(ours, [...roots, '--data', data]), new Peer(process.execPath, [reference, ...roots])];
  try {
    await Promise.all(pair.map((peer) => peer.initialize()));
    await work((name, args) => Promise.all(pair.map((peer) => peer.call(name, args))));
  } finally {
    for (const peer of pair) peer.close();
    rmSync(data, { recursive: true });
  }
}

async function inFolder(work) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'oracle-files-')));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const callsPerTree = Number(process.env.CALLS ?? 200);
const firstSeed = Number(process.env.SEED ?? 1);  // for longer runs by hand
for (let seed = firstSeed; seed < firstSeed + 5; ++seed) {
  test(`the same answers on random tree ${seed}`, async () => {
    await inFolder(async (folder) => {
      const r = random(seed);
      const world = plant(folder, r);
      const told = new Map();
      await sideBySide([world.roots[0], world.alias], async (call) => {
        for (let i = 0; i < callsPerTree; ++i) {
          const [name, args] = someReadingCall(world, r);
          const [mine, theirs] = await call(name, args);
          assertAlike(mine, theirs, name, args);
          const kind = mine.isError || mine.content[0].text === 'No matches found' ? 'misses' : 'hits';
          told.set(`${name} ${kind}`, (told.get(`${name} ${kind}`) ?? 0) + 1);
        }
      });
      assert.ok(told.size > 15, [...told].join('; '));
      if (seed === firstSeed) console.log([...told].map(([what, count]) => `${what} ${count}`).join(', '));
    });
  });
}

test('a comparison that differs is noticed', async () => {
  await inFolder(async (folder) => {
    writeFileSync(join(folder, 'a'), 'dos\r\nlines');
    await sideBySide([folder], async (call) => {
      const [mine] = await call('read_text_file', { path: 'a', tail: 2 });
      const [, theirs] = await call('read_text_file', { path: 'a', head: 2 });
      assert.throws(() => assert.deepEqual(mine, theirs));
    });
  });
});

test('every root that cannot be opened ends both', async () => {
  for (const command of [[ours], [process.execPath, reference]]) {
    const [program, ...args] = [...command, '/nowhere/at/all'];
    assert.equal(spawnSync(program, args, { input: '', stdio: ['pipe', 'ignore', 'ignore'] }).status, 1);
  }
});

// --- What differs on purpose

test('differs: a text over 64 KiB is refused, with the way to read it in parts', async () => {
  await inFolder(async (folder) => {
    const text = Array.from({ length: 9000 }, (_, i) => `line ${i + 1}`).join('\n');
    writeFileSync(join(folder, 'long'), text);
    await sideBySide([folder], async (call) => {
      const [mine, theirs] = await call('read_text_file', { path: 'long' });
      assert.equal(theirs.structuredContent.content, text);
      assert.match(mine.content[0].text, /^Too long for one answer, which holds 65536 bytes: .*start_line/);
      const parts = [];
      for (let start = 1; start <= 9000; start += 3000) {
        const [part] = await call('read_text_file', { path: 'long', start_line: start, head: 3000 });
        parts.push(part.structuredContent.content);
      }
      assert.equal(parts.join('\n'), text);
    });
  });
});

test('differs: start_line begins in the middle', async () => {
  await inFolder(async (folder) => {
    writeFileSync(join(folder, 'a'), 'one\ntwo\nthree\n');
    await sideBySide([folder], async (call) => {
      const [mine, theirs] = await call('read_text_file', { path: 'a', start_line: 2, head: 1 });
      assert.equal(mine.structuredContent.content, 'two');
      assert.equal(theirs.structuredContent.content, 'one');
    });
  });
});

test('differs: a folder of more than 64 KiB of names is listed in part, and says so', async () => {
  await inFolder(async (folder) => {
    for (let i = 0; i < 400; ++i) writeFileSync(join(folder, `${'long'.repeat(50)}-${String(i).padStart(3, '0')}`), '');
    await sideBySide([folder], async (call) => {
      const [mine, theirs] = await call('list_directory', { path: '.' });
      const shown = mine.structuredContent.content.split('\n');
      const last = shown.pop();
      assert.deepEqual(shown, theirs.structuredContent.content.split('\n').slice(0, shown.length));
      assert.equal(last, `... and ${400 - shown.length} more, too many for one answer`);
    });
  });
});

test('differs: a link that leads out is refused in the same words, whatever is there', async () => {
  await inFolder(async (folder) => {
    for (const name of ['root', 'outside']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'outside', 'there'), '');
    symlinkSync('../outside', join(folder, 'root', 'out'));
    await sideBySide([join(folder, 'root')], async (call) => {
      const words = (answer, name) => answer.content[0].text.replaceAll(name, 'NAME');
      const [there, known] = await call('read_text_file', { path: 'out/there' });
      const [missing, denied] = await call('read_text_file', { path: 'out/missing' });
      assert.equal(words(there, 'there'), words(missing, 'missing'));
      assert.match(words(there, 'there'), /^Access denied - symlink target outside .*root\/out\/NAME not in/);
      assert.notEqual(words(known, 'there'), words(denied, 'missing'));
    });
  });
});

test('differs: what is neither a file nor a folder is refused', async () => {
  await inFolder(async (folder) => {  // the reference waits for ever on a pipe, so it is not asked
    assert.equal(spawnSync('mkfifo', [join(folder, 'pipe')]).status, 0);
    const peer = new Peer(ours, [folder]);
    await peer.initialize();
    const { isError, content } = await peer.call('read_text_file', { path: 'pipe' });
    peer.close();
    assert.ok(isError);
    assert.equal(content[0].text, `Access denied - neither a file nor a directory: ${folder}/pipe`);
  });
});

test('differs: a folder beside a root, named like it but for a blank, stays outside', async () => {
  await inFolder(async (folder) => {
    for (const name of ['root', 'root ']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'root ', 'secret'), 'secret');
    await sideBySide([join(folder, 'root')], async (call) => {
      const [mine, theirs] = await call('list_directory', { path: join(folder, 'root ') });
      assert.match(mine.content[0].text, /^Access denied - path outside allowed directories: /);
      assert.equal(theirs.structuredContent.content, '[FILE] secret');
    });
  });
});

test('differs: arguments of the wrong kind are named in our words', async () => {
  await inFolder(async (folder) => {
    await sideBySide([folder], async (call) => {
      for (const args of [{}, { path: 7 }, { path: 'a', head: 'x' }, { path: 'a', head: -1 }, { path: 'a', tail: 1.5 }, { path: 'a\0' }]) {
        const [mine, theirs] = await call('read_text_file', args);
        assert.ok(mine.isError, JSON.stringify(args));
        assert.match(mine.content[0].text, /^\/(path|head|tail): (expected |holds a NUL)/);
        assert.notDeepEqual(mine, theirs);
      }
    });
  });
});

test('differs: head and tail together are refused before the file is looked at', async () => {
  await inFolder(async (folder) => {
    await sideBySide([folder], async (call) => {
      const both = { head: 1, tail: 1 };
      const [mine, theirs] = await call('read_text_file', { path: join(folder, 'a'), ...both });
      assert.deepEqual(mine, theirs);
      const [refused, denied] = await call('read_text_file', { path: '/etc/passwd', ...both });
      assert.match(refused.content[0].text, /^Cannot specify both/);
      assert.match(denied.content[0].text, /^Access denied/);
    });
  });
});
