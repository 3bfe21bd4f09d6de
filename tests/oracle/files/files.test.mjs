// Ours beside the reference file server: random calls of all fourteen tools on random trees, one of its own for each.
// Whole answers are compared, and what the calls have made of the trees. What differs on purpose is listed in
// ../differences.md, and shown in differences.test.mjs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import test from 'node:test';

import { assertAlike, isHit } from './alike.mjs';
import { someCall } from './calls.mjs';
import { dump, inTwoTrees, ours, reference } from './pair.mjs';
import { plant, random, surveyed } from './tree.mjs';

const callsPerBatch = 25;  // after each, the trees are compared
const fewest = 10;  // of each tool's hits, and of its misses

/** The reference writes the lines of a file that it edits with \n; for both to go on alike it gets \r\n back. */
function giveBackLineEnds(path, mine, theirs) {
  if (!path.startsWith('/') || !existsSync(resolve(path))) return;
  const file = realpathSync(resolve(path));
  const other = file.replace(mine, theirs);
  const [kept, lost] = [file, other].map((one) => readFileSync(one, 'latin1'));
  if (kept === lost) return;
  assert.equal(lost, kept.replaceAll('\r\n', '\n'), path);
  writeFileSync(other, kept, 'latin1');
}

function linksOut(world) {
  const links = surveyed(world).made.filter(({ path, kind }) => kind === 'link' && existsSync(path));
  return links.filter(({ path }) => realpathSync(path).startsWith(world.outside)).map(({ path }) => basename(path));
}

/** `spoil(i, theirs)` runs before the `i`th call. Counts in `told` by tool the hits and the misses. */
async function compare(seed, { calls, comparesTrees = true, spoil = () => {} }, told = new Map()) {
  const worlds = [];
  const make = (folder) => {
    worlds.push(plant(folder, random(seed)));
    return [worlds.at(-1).roots[0], worlds.at(-1).alias];
  };
  await inTwoTrees(make, async (call, mine, theirs) => {
    const r = random(seed + 1000);
    const before = dump(mine);
    let world = worlds[0];
    for (let i = 0; i < calls; ++i) {
      if (i % callsPerBatch === 0) world = surveyed(world);
      spoil(i, theirs);
      const [name, args] = someCall(world, r);
      const [left, right] = await call(name, args);
      assertAlike(left, right, name, args, name === 'list_directory_with_sizes' ? linksOut(world) : []);
      if (name === 'edit_file' && !left.isError) giveBackLineEnds(args.path, mine, theirs);
      if (!told.has(name)) told.set(name, { hits: 0, misses: 0 });
      ++told.get(name)[isHit(left) ? 'hits' : 'misses'];
      if (comparesTrees && (i + 1) % callsPerBatch === 0) assert.deepEqual(dump(mine), dump(theirs), `up to call ${i}`);
    }
    assert.notDeepEqual(dump(mine), before);
  });
}

const callsPerTree = Number(process.env.CALLS ?? 250);
const firstSeed = Number(process.env.SEED ?? 1);  // for longer runs by hand
const told = new Map();
for (let seed = firstSeed; seed < firstSeed + 6; ++seed) {
  test(`the same answers and the same trees, ${seed}`, () => compare(seed, { calls: callsPerTree }, told));
}

test('each of the fourteen tools has hit and missed', () => {
  console.log([...told].sort().map(([name, { hits, misses }]) => `${name}: ${hits} hits, ${misses} misses`).join('\n'));
  const sum = (what) => [...told.values()].reduce((all, one) => all + one[what], 0);
  console.log(`all: ${sum('hits')} hits, ${sum('misses')} misses`);
  assert.ok(sum('hits') + sum('misses') >= 1000);
  assert.equal(told.size, 14);
  for (const [name, { hits, misses }] of told) {
    assert.ok(hits >= fewest && (misses >= fewest || name === 'list_allowed_directories'), name);  // which cannot miss
  }
});

test('the control: a difference in contents shows in the answers', async () => {
  const spoil = (i, theirs) => {
    if (i !== 20) return;
    for (const [path, what] of Object.entries(dump(theirs))) if (/^\d+ /.test(what)) appendFileSync(theirs + path, 'x');
  };
  await assert.rejects(compare(1, { calls: 200, comparesTrees: false, spoil }), assert.AssertionError);
});

test('the control: a difference that no answer shows is seen in the trees', async () => {
  const spoil = (i, theirs) => i === callsPerBatch - 1 && writeFileSync(`${theirs}/nobody asks`, '');
  await assert.rejects(compare(1, { calls: callsPerBatch, spoil }), /nobody asks/);
});

test('every root that cannot be opened ends both', async () => {
  for (const command of [[ours], [process.execPath, reference]]) {
    const [program, ...args] = [...command, '/nowhere/at/all'];
    assert.equal(spawnSync(program, args, { input: '', stdio: ['pipe', 'ignore', 'ignore'] }).status, 1);
  }
});
