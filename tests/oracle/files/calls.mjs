// Random calls of the reference's tools on a random tree, and what counts as the same answer.
import assert from 'node:assert/strict';

import { somePath, stems } from './tree.mjs';

/** A glob that mostly means something in the tree: a path in it with parts put in other words. */
export function someGlob({ roots, made }, r) {
  const path = r.pick(made).path.replace(`${r.pick(roots)}/`, '');
  const parts = path.split('/').slice(-1 - r.below(3)).map((part) => r.pick([
    () => part, () => part, () => part,
    () => '*', () => '**', () => '**',
    () => `${part.slice(0, 1 + r.below(3))}*`,
    () => `*${part.slice(-1 - r.below(3))}`,
    () => `*${part.slice(1, 3)}*`,
    () => '?'.repeat(part.length),
    () => `?${part.slice(1)}`,
    () => `[${part[0]}x-z]${part.slice(1)}`,
    () => `[!${part[0]}]*`,
    () => `[[:${r.pick(['alpha', 'upper', 'lower', 'digit', 'alnum', 'space', 'punct', 'xdigit', 'word'])}:]]*`,
    () => `{${part},${r.pick(stems)}}`,
    () => `{${part.slice(0, 2)},B,note{s,}}*`,
    () => `${part.slice(0, 2)}{1..${r.below(9)}}`,
    () => `${r.pick(['!', '+', '?', '*', '@'])}(${part}|${r.pick(stems)})`,
    () => `${r.pick(['!', '+', '?', '*', '@'])}(${part.slice(0, 2)}|*a*)${part.slice(2)}`,
    () => `*.${r.pick(['txt', 'y.z', '*', '??'])}`,
    () => '.*', () => '..', () => '', () => '[', () => '***', () => '\\*', () => `\\${part}`,
  ])()).join('/');
  return r.pick([() => parts, () => parts, () => `**/${parts}`, () => `**/${parts}`, () => `**/${parts}/**`, () => `!${parts}`,
    () => `/${parts}`, () => `${parts}/`, () => `#${parts}`, () => parts.replaceAll('/', '{/,//}')])();
}

const someGlobs = (world, r) => Array.from({ length: r.below(3) }, () => someGlob(world, r));

export function someReadingCall(world, r) {
  const path = somePath(world, r);
  const folders = world.made.filter((one) => one.kind === 'folder' && !one.path.startsWith(world.outside));
  const folder = r.chance(0.6) ? r.pick([...folders, ...world.roots.map((root) => ({ path: root }))]).path : path;
  const root = r.chance(0.8) ? r.pick(world.roots) : folder;
  const partly = () => {
    const args = { path };
    if (r.chance(0.4)) args[r.pick(['head', 'tail'])] = r.pick([0, 1, 2, 3, 5, 40, 100000]);
    if (r.chance(0.1)) args.encoding = 'latin1';  // unknown: ignored by both
    return args;
  };
  return r.pick([
    () => ['read_text_file', partly()],
    () => ['read_file', partly()],
    () => ['read_media_file', { path }],
    () => ['read_multiple_files', { paths: [path, ...Array.from({ length: r.below(4) }, () => somePath(world, r))] }],
    () => ['list_directory', { path: folder }],
    () => ['list_directory_with_sizes', { path: folder, ...(r.chance(0.5) && { sortBy: r.pick(['name', 'size']) }) }],
    () => ['directory_tree', { path: folder, ...(r.chance(0.6) && { excludePatterns: [...someGlobs(world, r), r.pick(stems)] }) }],
    () => ['search_files', { path: root, pattern: someGlob(world, r), excludePatterns: someGlobs(world, r) }],
    () => ['search_files', { path: root, pattern: someGlob(world, r) }],
    () => ['get_file_info', { path }],
    () => ['list_allowed_directories', r.chance(0.9) ? {} : { unknown: path }],
  ])();
}

const textOf = (answer) => answer.content?.[0]?.text ?? '';

/** Ours says of every link that leads out the same, with the path that was asked for; the reference names where
 * it leads, or that nothing is there. */
function leadsOut(mine, theirs) {
  return /(^|: Error - )Access denied - symlink target outside allowed directories: /.test(mine) &&
    /(^|: Error - )(Access denied - symlink target outside allowed directories|Parent directory does not exist|ENOTDIR): /.test(theirs);
}

const tooLong = /(^|: Error - )(Too long for one answer|No room left in this answer)/;

/** The lines about what ours does not look at: links that lead out have no size. */
function withoutSizesOutside(text) {
  const kept = text.split('\n').filter((line) => !/^\[FILE\] (out|out-file|out-relative) /.test(line));
  return kept.length === text.split('\n').length ? text : kept.filter((line) => !line.startsWith('Combined')).join('\n');
}

const inWords = {
  get_file_info: (text) => text.replace(/^accessed: .*$/m, ''),  // the other one may have read it meanwhile
  list_directory_with_sizes: withoutSizesOutside,
};

/** Fails where the answers differ but for what differences.md lists. */
export function assertAlike(mine, theirs, name, args) {
  const what = `${name} ${JSON.stringify(args)}`;
  const [ours, reference] = [textOf(mine), textOf(theirs)];
  if (mine.isError && tooLong.test(ours)) return assert.ok(reference.length > 60000, what);
  if (mine.isError && leadsOut(ours, reference)) return assert.ok(theirs.isError, what);
  if (name === 'read_multiple_files' && ours.includes('Error - ')) {
    const [left, right] = [ours, reference].map((text) => text.split('\n---\n'));
    assert.equal(left.length, right.length, what);
    left.forEach((one, i) => {
      if (!leadsOut(one, right[i]) && !tooLong.test(one)) assert.equal(one, right[i], what);
    });
    return assert.equal(mine.structuredContent.content, ours, what);
  }
  if (!(name in inWords)) return assert.deepEqual(mine, theirs, what);
  assert.equal(inWords[name](ours), inWords[name](reference), what);
  assert.equal(mine.isError, theirs.isError, what);
  if (!mine.isError) assert.equal(mine.structuredContent.content, ours, what);
}
