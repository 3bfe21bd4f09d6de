// Random folders and random paths into and out of them, the same for the same seed.
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** mulberry32: small, and good enough to choose file names with. */
export function random(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, pick: (list) => list[below(list.length)], chance: (p) => next() < p };
}

export const stems = ['a', 'B', 'notes', 'report 2026', 'caf\u00e9', 'cafe\u0301', '.hidden', 'zażółć', '日本', "it's",
  '"quoted"', 'x.y.z', '-dash', 'C:', '~', 'tab\tname', '\u00c5ngstr\u00f6m', '%41', 'a\\b', 'emoji😀'];

const contents = [
  () => Buffer.alloc(0),
  () => Buffer.from('one line without an end'),
  () => Buffer.from('one\ntwo\nthree\n'),
  () => Buffer.from('dos\r\nlines\r\n\r\nend'),
  () => Buffer.from('\ufeffwith a mark\nzażółć gęślą jaźń\n日本語\n'),
  () => Buffer.from('\n\n\n'),
  () => Buffer.from('old\rmac\r\nmix\n\r\n'),
  (r) => Buffer.from(Array.from({ length: 300 }, () => r.below(256))),
  () => Buffer.from([0x61, 0xe2, 0x82, 0x0a, 0xf0, 0x9f, 0x98, 0x0a, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0x0a, 0xff]),
  (r) => Buffer.from(`${'line of text, somewhat long\n'.repeat(1000 + r.below(1000))}last`),
  () => Buffer.from('x'.repeat(65536)),
];

function grow(folder, r, depth, made) {
  const count = 2 + r.below(6);
  for (let i = 0; i < count; ++i) {
    const path = join(folder, r.pick(stems) + (r.chance(0.3) ? r.below(9) : ''));
    if (made.some((one) => one.path === path)) continue;
    if (depth > 0 && r.chance(0.4)) {
      mkdirSync(path);
      made.push({ path, kind: 'folder' });
      grow(path, r, depth - 1, made);
    } else {
      writeFileSync(path, r.pick(contents)(r));
      made.push({ path, kind: 'file' });
    }
  }
}

/** Two roots and what lies beside them, with links of every kind. Returns everything that was made. */
export function plant(base, r) {
  const roots = [join(base, 'first'), join(base, 'second root')];
  const outside = join(base, 'first-outside');  // begins with the name of a root
  const made = [];
  for (const folder of [...roots, outside]) {
    mkdirSync(folder);
    grow(folder, r, 3, made);
  }
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  mkdirSync(join(roots[0], 'links'));
  const link = (target, name) => {
    symlinkSync(target, join(roots[0], 'links', name));
    made.push({ path: join(roots[0], 'links', name), kind: 'link' });
  };
  const inside = made.filter((one) => one.path.startsWith(`${roots[0]}/`));
  for (let i = 0; i < 4; ++i) {
    const target = r.pick(inside).path;
    link(target, `absolute${i}`);
    link(join('..', target.slice(roots[0].length + 1)), `relative${i}`);
  }
  link(r.pick(made.filter((one) => one.path.startsWith(`${roots[1]}/`))).path, 'to-other-root');
  link(roots[1], 'other-root');
  link(outside, 'out');
  link(join(outside, 'secret.txt'), 'out-file');
  link('../../first-outside/secret.txt', 'out-relative');
  link('nowhere', 'dangling');
  link('/nowhere/at/all', 'dangling-out');
  link('loop', 'loop');
  link('..', 'up');
  symlinkSync(roots[1], join(base, 'alias'));
  return { roots, outside, alias: join(base, 'alias'), made };
}

function entriesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return [{ path, kind: 'folder' }, ...entriesIn(path)];
    return [{ path, kind: entry.isFile() ? 'file' : 'link' }];
  });
}

/** The world as it has become: what writes has moved and made things. */
export const surveyed = (world) => ({ ...world, made: [...world.roots, world.outside].flatMap(entriesIn) });

const otherForm = (text) => (text.normalize('NFC') === text ? text.normalize('NFD') : text.normalize('NFC'));

/** A path as somebody might give it: mostly to what is there, and every way to miss. */
export function somePath({ roots, outside, alias, made }, r) {
  const inside = made.filter((one) => !one.path.startsWith(outside));
  const there = () => r.pick(r.chance(0.9) ? inside : made).path;
  return r.pick([
    there, there, there, there, there,
    () => `${there()}/`,
    () => there().replaceAll('/', '//'),
    () => there().replace(`${roots[0]}/`, ''),
    () => there().replace(`${roots[1]}/`, './'),
    () => there().replace(roots[1], alias),
    () => otherForm(there()),
    () => `${there()}/../${r.pick(stems)}`,
    () => `${there()}/${r.pick(stems)}`,
    () => `${there()}/no/where`,
    () => join(roots[0], 'links', r.pick(['out', 'other-root', 'up', 'dangling', 'loop', 'absolute1']), r.pick(stems)),
    () => join(roots[0], 'links', 'out', 'secret.txt'),
    () => `${roots[0]}/links/up/../links/out-relative`,
    () => `${outside}/secret.txt`,
    () => `${roots[0]}/../first-outside/secret.txt`,
    () => r.pick([roots[0], roots[1], alias, '.', '', '..', '/', '~', '~/x', 'C:\\Users', 'd:/x', 'e:', '/etc/passwd',
      'x'.repeat(300), `../first/${r.pick(stems)}`, '/proc/self/environ']),
  ])();
}
