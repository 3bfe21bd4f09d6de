// What counts as the same answer of both servers: what differs on purpose is listed in ../differences.md.
import assert from 'node:assert/strict';
import { homedir } from 'node:os';

const textOf = (answer) => answer.content?.[0]?.text ?? '';

/** Ours says of every link that leads out the same, with the path that was asked for; the reference names where
 * it leads, or that nothing is there. */
function leadsOut(mine, theirs) {
  return /(^|: Error - )Access denied - symlink target outside allowed directories: /.test(mine) &&
    /(^|: Error - )(Access denied - symlink target outside allowed directories|Parent directory does not exist|ENOTDIR)/.test(theirs);
}

const tooLong = /(^|: Error - )(Too long for one answer|No room left in this answer)/;

/** Refused by both, by ours in other words. */
function isRefusedOtherwise(mine, theirs) {
  return leadsOut(mine, theirs) || /is (neither UTF-8|a binary file)/.test(mine) ||
    (/^EISDIR.*rename/.test(theirs) && /^EISDIR: illegal operation on a directory, open '/.test(mine));
}

/** The reference takes a folder "~" below "." for the home folder. */
function losesTilde(mine, theirs) {
  return mine.includes('"name": "~"') && theirs.startsWith(`Access denied - path outside allowed directories: ${homedir()}`);
}

function assertPartsAlike(mine, theirs, what) {
  const [left, right] = [mine, theirs].map((text) => text.split('\n---\n'));
  assert.equal(left.length, right.length, what);
  left.forEach((one, i) => {
    if (!leadsOut(one, right[i]) && !tooLong.test(one)) assert.equal(one, right[i], what);
  });
}

/** The text of an answer without what may differ; `linksOut` are names of links that lead out. */
const comparable = {
  get_file_info: (text) => text.replace(/^accessed: .*$/m, ''),  // the other one may have read it meanwhile
  list_directory_with_sizes: (text, linksOut) => {  // links that lead out have no size
    const all = text.split('\n');
    const kept = all.filter((line) => !linksOut.some((name) => line.startsWith(`[FILE] ${name} `)));
    return (kept.length === all.length ? all : kept.filter((line) => !line.startsWith('Combined'))).join('\n');
  },
};

/** Fails where the answers differ but for what differences.md lists. */
export function assertAlike(mine, theirs, name, args, linksOut) {
  const what = `${name} ${JSON.stringify(args)}`;
  const [ours, reference] = [textOf(mine), textOf(theirs)];
  if (mine.isError && tooLong.test(ours)) return assert.ok(reference.length > 60000, what);
  if (mine.isError && isRefusedOtherwise(ours, reference)) return assert.ok(theirs.isError, what);
  if (name === 'directory_tree' && losesTilde(ours, reference)) return;
  if (name === 'edit_file' && reference.length > 60000) return assert.match(ours, /too many for one answer/, what);
  const part = name === 'read_multiple_files' && ours.includes('Error - ');
  if (!part && !(name in comparable)) return assert.deepEqual(mine, theirs, what);
  if (part) assertPartsAlike(ours, reference, what);
  else assert.equal(comparable[name](ours, linksOut), comparable[name](reference, linksOut), what);
  assert.equal(mine.isError, theirs.isError, what);
  if (!mine.isError) assert.equal(mine.structuredContent.content, ours, what);
}

/** Whether the call found what it asked for; `read_multiple_files` misses where one of the files is not there. */
export function isHit(answer) {
  return !answer.isError && textOf(answer) !== 'No matches found' && !/^[^\n]*: Error - /m.test(textOf(answer));
}
