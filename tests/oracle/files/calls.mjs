// Random calls of the reference's fourteen tools on a random tree.
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { somePath, stems } from './tree.mjs';

/** A glob that mostly means something in the tree: a path in it with parts put in other words. */
function someGlob({ roots, made }, r) {
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
  const pattern = r.pick([() => parts, () => parts, () => `**/${parts}`, () => `**/${parts}`, () => `**/${parts}/**`, () => `!${parts}`,
    () => `/${parts}`, () => `${parts}/`, () => `#${parts}`, () => parts.replaceAll('/', '{/,//}')])();
  // A part may have been cut within a character; and \| is listed in differences.md.
  return pattern.toWellFormed().replaceAll('\\|', '|');
}

const someGlobs = (world, r) => Array.from({ length: r.below(3) }, () => someGlob(world, r));

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
    if (edits.some((edit) => `${edit.oldText}\n${edit.newText}`.includes(lines[at].trim()))) continue;
    const newText = r.pick([
      '', `new ${r.below(99)}`, `${oldText}\nafter it`, `  before it\n${oldText}`, `  a\n    b\n  c ${r.below(9)}`, '$& $1 `x` ```',
    ]);
    edits.push({ oldText: r.chance(0.3) ? oldText.split('\n').map((line) => `  ${line} `).join('\n') : oldText, newText });
    if (r.chance(0.6)) break;
  }
  return edits;
}

/** Null where the file is no text, which the reference would edit all the same. */
function someEdit(path, r) {
  const absolute = resolve(path);  // as both servers do, before a link counts
  const file = path.startsWith('/') && existsSync(absolute) && statSync(absolute).isFile() && realpathSync(absolute);
  if (file && !isText(readFileSync(file))) return null;
  const edits = file ? someEdits(file, r) : [{ oldText: 'nowhere to be found', newText: '' }];
  return ['edit_file', { path, edits, ...(r.chance(0.4) && { dryRun: true }) }];
}

/** Null where that would be a folder that the servers were started for, which the reference would move. */
function someMove(source, world, r) {
  const absolute = resolve(world.roots[0], source);
  if (source === '' || source === '~') return null;
  if (existsSync(absolute) && [...world.roots, world.alias].includes(realpathSync(absolute))) return null;
  const destination = somePath(world, r);
  return ['move_file', { source, destination: r.chance(0.5) ? `${destination}-${r.below(50)}` : destination }];
}

/** [tool, arguments]: each of the fourteen tools as often, but for those of which most calls miss. */
export function someCall(world, r) {
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
  const edit = () => someEdit(path, r);
  const move = () => someMove(path, world, r);
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
    () => ['write_file', { path, content: r.pick(['', 'text\n', 'żółć\r\n2\n', 'x\n'.repeat(40)]) }],
    () => ['create_directory', { path }],
    edit, edit, move, move,
  ])() ?? someCall(world, r);
}
