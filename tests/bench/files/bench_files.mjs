// Names searched, contents searched, a file read, a folder listed: ours beside the reference server, a plain
// getdents walk and grep -r, in one run. What is compared takes turns; medians count, and ratios are printed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { Peer } from '../../oracle/files/peer.mjs';
import { random } from '../../oracle/files/tree.mjs';

const count = Number(process.argv[2] ?? 100000);
const bin = process.env.ADJUTANT_BIN;
const reference = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));
const base = mkdtempSync(join(tmpdir(), 'bench-files-'));
const tree = join(base, 'tree');

function plant() {
  const r = random(7);
  const words = Array.from({ length: 2000 }, () => Array.from({ length: 3 + r.below(7) }, () => String.fromCharCode(97 + r.below(26))).join(''));
  for (let i = 0; i < count; ++i) {
    const folder = join(tree, `a${i % 10}`, `b${Math.floor(i / 10) % 10}`, `c${Math.floor(i / 100) % 10}`);
    if (i < 1000) mkdirSync(folder, { recursive: true });
    const text = Array.from({ length: 20 + r.below(180) }, () => r.pick(words) + (r.chance(0.1) ? '\n' : '')).join(' ');
    writeFileSync(join(folder, `${r.pick(words)}-${i}.${r.pick(['txt', 'md', 'cpp', 'json'])}`), i % 5000 === 77 ? `${text} Needle here\n` : `${text}\n`);
  }
}

async function milliseconds(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** Runs each of `ways` in turn, `rounds` times; prints each median and its ratio to the first. */
async function compare(title, rounds, ways) {
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round <= rounds; ++round) {
    for (const [name, way] of Object.entries(ways)) {
      const took = await way();
      if (round > 0) times[name].push(took);  // the first warms up
    }
  }
  const [ours] = Object.keys(ways);
  console.log(title);
  for (const [name, all] of Object.entries(times)) {
    const ratio = name === ours ? '' : `  = ${(median(all) / median(times[ours])).toFixed(2)} x ours`;
    console.log(`  ${name.padEnd(24)} ${median(all).toFixed(3).padStart(10)} ms${ratio}`);
  }
}

/** A child that walks once for each line it gets. */
function plainWalk() {
  const child = spawn('taskset', ['-c', '0', join(bin, 'plain_walk'), tree, 'zz-']);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { end: () => child.stdin.end(), walk: async () => {
    child.stdin.write('\n');
    return Number((await lines.next()).value.split(' ')[1]) / 1000;
  } };
}

const pinned = (cores, ...command) => new Peer('taskset', ['-c', cores, ...command]);

try {
  console.error(`planting ${count} files in ${tree}`);
  plant();
  const ours = pinned('0', join(bin, 'adjutant-files'), tree, '--data', join(base, 'data'));
  const wide = pinned('0,1', join(bin, 'adjutant-files'), tree, '--data', join(base, 'data'));
  const theirs = pinned('0', process.execPath, reference, tree);
  await Promise.all([ours, wide, theirs].map((peer) => peer.initialize()));
  const asked = (peer, name, args) => () => milliseconds(() => peer.call(name, args));
  const walk = plainWalk();
  const glob = { path: tree, pattern: '**/*zz-*' };
  await compare(`names searched over ${count} files (one core)`, 11, { ours: asked(ours, 'search_files', glob), 'plain getdents walk': walk.walk });
  await compare('the same, beside the reference', 3, { ours: asked(ours, 'search_files', glob), reference: asked(theirs, 'search_files', glob) });
  walk.end();
  const grep = (...options) => () => milliseconds(async () => spawnSync('taskset', ['-c', '0,1', 'grep', '-r', ...options, tree]));
  const query = { path: tree, query: 'Needle' };
  await compare(`contents searched over ${count} files (two cores)`, 7, {
    'ours, match_case': asked(wide, 'search_file_contents', { ...query, match_case: true }),
    'grep -r': grep('Needle'),
    'ours, either case': asked(wide, 'search_file_contents', query),
    'grep -ri': grep('-i', 'needle'),
    'ours, regex': asked(wide, 'search_file_contents', { ...query, query: 'ne+dle h', regex: true }),
    'grep -riE': grep('-iE', 'ne+dle h'),
  });
  const small = join(base, 'tree', 'a0', 'b0', 'c0');
  writeFileSync(join(small, 'read-me.txt'), 'a line of text\n'.repeat(100));
  for (const [name, args] of [['read_text_file', { path: join(small, 'read-me.txt') }], ['list_directory', { path: small }]]) {
    await compare(`${name}, asked and answered (one core; the client's own time is in both)`, 500, { ours: asked(ours, name, args), reference: asked(theirs, name, args) });
    const burst = (peer) => () => milliseconds(() => peer.burst('tools/call', { name, arguments: args }, 200));
    await compare(`${name}, 200 at a time`, 15, { ours: burst(ours), reference: burst(theirs) });
  }
  for (const peer of [ours, wide, theirs]) peer.close();
} finally {
  rmSync(base, { recursive: true });
}
