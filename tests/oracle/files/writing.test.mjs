// What writes, beside the reference file server: each has a tree of its own, planted alike; the same calls get
// the same answers and leave the same trees. What differs on purpose is listed in ../differences.md.
import assert from 'node:assert/strict';
import {
  existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync,
  statSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { Peer } from './peer.mjs';
import { plant, random, somePath } from './tree.mjs';

const ours = join(process.env.ADJUTANT_BIN, 'adjutant-files');
const reference = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));

/** `work(call, mine, theirs)`: two folders alike, made by `make`; `call` takes the arguments for ours. */
async function inTwoTrees(make, work) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'oracle-writing-')));
  const names = ['tree-of-ours', 'tree-of-them'];  // of one length, and in no other path
  const folders = names.map((name) => join(base, name));
  const roots = folders.map((folder) => {
    mkdirSync(folder);
    return make(folder);
  });
  const pair = [
    new Peer(ours, [...roots[0], '--data', join(base, 'data')]),
    new Peer(process.execPath, [reference, ...roots[1]]),
  ];
  const swapped = (value, from, to) => JSON.parse(JSON.stringify(value).replaceAll(from, to));
  try {
    await Promise.all(pair.map((peer) => peer.initialize()));
    await work(async (name, args) => {
      const mine = await pair[0].call(name, args);
      const theirs = await pair[1].call(name, swapped(args, ...names));
      return [mine, swapped(theirs, names[1], names[0])];
    }, ...folders);
  } finally {
    for (const peer of pair) peer.close();
    rmSync(base, { recursive: true });
  }
}

/** Names, kinds, permissions, targets of links, and contents with \n for \r\n, which the reference loses. */
function dump(folder, base = folder) {
  const all = {};
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const what = lstatSync(path);
    const key = path.slice(base.length);
    if (what.isDirectory()) {
      all[key] = what.mode;
      Object.assign(all, dump(path, base));
    } else if (what.isSymbolicLink()) {
      all[key] = readlinkSync(path).replace(base, '');
    } else {
      all[key] = `${what.mode} ${readFileSync(path, 'latin1').replaceAll('\r\n', '\n')}`;
    }
  }
  return all;
}

const isText = (bytes) => !bytes.includes(0) && Buffer.from(bytes.toString()).equals(bytes);

/** One or two edits of what stands in the file just once, some found only without regard to blanks. */
function someEdits(file, r) {
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  const edits = [];
  const lines = text.split('\n');
  const times = (line) => lines.filter((other) => other.trim() === line.trim()).length;
  for (let tries = 0; tries < 12 && edits.length < 2; ++tries) {
    const at = r.below(lines.length);
    const oldText = lines.slice(at, at + 1 + r.below(3)).join('\n');
    if (oldText.trim() === '' || text.split(oldText).length !== 2 || times(lines[at]) !== 1) continue;
    if (edits.some((edit) => edit.oldText.includes(lines[at]))) continue;
    const newText = r.pick([
      '', `new ${r.below(99)}`, `${oldText}\nafter it`, `  before it\n${oldText}`, `  a\n    b\n  c ${r.below(9)}`, '$& $1 `x` ```',
    ]);
    edits.push({ oldText: r.chance(0.3) ? oldText.split('\n').map((line) => `  ${line} `).join('\n') : oldText, newText });
    if (r.chance(0.6)) break;
  }
  return edits;
}

function someCall(world, r) {
  const path = () => somePath(world, r);
  const kind = r.below(10);
  if (kind < 3) return ['write_file', { path: path(), content: r.pick(['', 'text\n', 'żółć\r\n2\n', 'x\n'.repeat(40)]) }];
  if (kind < 6) {
    const target = path();
    const args = { path: target, edits: [{ oldText: 'nowhere to be found', newText: '' }] };
    if (r.chance(0.4)) args.dryRun = true;
    const file = target.startsWith('/') && existsSync(target) && statSync(target).isFile() && realpathSync(target);
    if (file) args.edits = isText(readFileSync(file)) ? someEdits(file, r) : null;
    return ['edit_file', args];
  }
  if (kind < 8) return ['create_directory', { path: path() }];
  return ['move_file', { source: path(), destination: r.chance(0.5) ? `${path()}-${r.below(50)}` : path() }];
}

/** The reference would move a folder that it was started for, or edit what is no text. */
function isLeftOut(name, args, world) {
  if (name === 'edit_file') return args.edits === null;
  if (name !== 'move_file') return false;
  const absolute = args.source.startsWith('/') ? args.source : join(world.roots[0], args.source);
  if (args.source === '' || args.source === '~') return true;
  return existsSync(absolute) && [...world.roots, world.alias].includes(realpathSync(absolute));
}

/** Listed: a link that leads out is refused by both, by ours always in the same words. */
function leadsOut(left, right) {
  return left.content[0].text.startsWith('Access denied - symlink target outside allowed directories: ') &&
    /^(Access denied - symlink target outside|Parent directory does not exist|ENOTDIR)/.test(right.content[0].text);
}

const callsPerTree = Number(process.env.CALLS ?? 160);
const firstSeed = Number(process.env.SEED ?? 1);
for (let seed = firstSeed; seed < firstSeed + 4; ++seed) {
  test(`the same answers and the same trees after writing, ${seed}`, async () => {
    let world;
    const make = (folder) => {
      const planted = plant(folder, random(seed));
      world ??= planted;
      return [planted.roots[0], planted.alias];
    };
    await inTwoTrees(make, async (call, mine, theirs) => {
      const r = random(seed + 1000);
      const told = {};
      const before = dump(mine);
      for (let i = 0; i < callsPerTree; ++i) {
        const [name, args] = someCall(world, r);
        if (isLeftOut(name, args, world)) continue;
        const [left, right] = await call(name, args);
        const what = `${name} ${JSON.stringify(args)}`;
        if (right.isError && /^EISDIR.*rename/.test(right.content[0].text)) {  // listed: in our words
          assert.match(left.content[0].text, /^EISDIR: illegal operation on a directory, open '/, what);
        } else if (/is (neither UTF-8|a binary file)/.test(left.content[0].text)) {
          assert.ok(right.isError, what);
        } else if ((right.structuredContent?.content.length ?? 0) > 60000) {
          assert.match(left.content[0].text, /too many for one answer/, what);
        } else if (!leadsOut(left, right)) {
          assert.deepEqual(left, right, what);
        }
        const key = `${name} ${left.isError ? 'misses' : 'hits'}`;
        told[key] = (told[key] ?? 0) + 1;
        if (i % 20 === 0) assert.deepEqual(dump(mine), dump(theirs), what);
      }
      assert.deepEqual(dump(mine), dump(theirs));
      assert.notDeepEqual(dump(mine), before);
      assert.equal(Object.keys(told).length, 8, JSON.stringify(told));
    });
  });
}

// --- What differs on purpose

const oneFile = (bytes) => (folder) => {
  writeFileSync(join(folder, 'a'), bytes);
  return [folder];
};
const after = (folder) => readFileSync(join(folder, 'a'));
const edit = (oldText, newText) => ({ path: 'a', edits: [{ oldText, newText }] });

test('differs: an old text that stands there twice is refused, with its lines', async () => {
  await inTwoTrees(oneFile('x\ny\nx\n'), async (call, mine, theirs) => {
    const [left, right] = await call('edit_file', edit('x', 'z'));
    assert.match(left.content[0].text, /matches 2 times, at lines 1 and 3; nothing was changed/);
    assert.ok(!right.isError);
    assert.equal(after(mine).toString(), 'x\ny\nx\n');
    assert.equal(after(theirs).toString(), 'z\ny\nx\n');
  });
});

test('differs: an empty old text is refused', async () => {
  await inTwoTrees(oneFile('x\n'), async (call, _, theirs) => {
    const [left] = await call('edit_file', edit('', 'z'));
    assert.match(left.content[0].text, /^\/edits\/0\/oldText: expected the text to replace/);
    assert.equal(after(theirs).toString(), 'zx\n');
  });
});

test('differs: lines keep their ends', async () => {
  await inTwoTrees(oneFile('one\r\ntwo\nthree\r\n'), async (call, mine, theirs) => {
    const [left, right] = await call('edit_file', edit('three', '3\nIII'));
    assert.deepEqual(left, right);
    assert.equal(after(mine).toString(), 'one\r\ntwo\n3\r\nIII\r\n');
    assert.equal(after(theirs).toString(), 'one\ntwo\n3\nIII\n');
  });
});

test('differs: UTF-16 is edited as such, and what is no text is refused', async () => {
  const utf16 = Buffer.from('\ufeffone\r\ntwo', 'utf16le');
  await inTwoTrees(oneFile(utf16), async (call, mine) => {
    const [left, right] = await call('edit_file', edit('two', '2'));
    assert.ok(!left.isError && right.isError);
    assert.deepEqual(after(mine), Buffer.from('\ufeffone\r\n2', 'utf16le'));
  });
  for (const bytes of [Buffer.from('caf\xe9 one', 'latin1'), Buffer.from('PK\0one')]) {
    await inTwoTrees(oneFile(bytes), async (call, mine, theirs) => {
      const [left, right] = await call('edit_file', edit('one', '1'));
      assert.match(left.content[0].text, /is (neither UTF-8 nor UTF-16|a binary file)/);
      assert.ok(!right.isError);
      assert.deepEqual(after(mine), bytes);
      if (bytes[3] === 0xe9) assert.equal(after(theirs).toString(), 'caf\ufffd 1');  // damaged
    });
  }
});

test('differs: a diff of more than 64 KiB is shown in part, and says so', async () => {
  const lines = (word) => Array.from({ length: 5000 }, (_, i) => `${word} ${i}, and more of it`).join('\n');
  await inTwoTrees(oneFile(lines('old')), async (call, mine, theirs) => {
    const [left, right] = await call('edit_file', edit(lines('old'), lines('old').replaceAll('0,', 'zero,')));
    const shown = left.structuredContent.content.split('\n');
    assert.ok(shown.length < right.structuredContent.content.split('\n').length);
    assert.match(shown.at(-4), /^\.\.\. and [0-9]+ more lines, too many for one answer$/);
    assert.deepEqual(after(mine), after(theirs));
  });
});

test('differs: a folder that was named is not moved, and what Adjutant keeps is not written', async () => {
  const make = (folder) => {
    mkdirSync(join(folder, 'root'));
    return [folder, join(folder, 'root')];
  };
  await inTwoTrees(make, async (call, mine, theirs) => {
    const [left, right] = await call('move_file', { source: join(mine, 'root'), destination: join(mine, 'moved') });
    assert.match(left.content[0].text, /^Access denied - one of the allowed directories itself/);
    assert.ok(!right.isError && existsSync(join(theirs, 'moved')));
  });
  await inTwoTrees((folder) => [join(folder, '..')], async (call, mine) => {
    const path = join(mine, '../data/host/audit.jsonl');
    const [left] = await call('write_file', { path, content: 'forged' });
    assert.match(left.content[0].text, /^Access denied - Adjutant keeps its own data there/);
  });
});
