// search_file_contents beside git (which files .gitignore leaves) and grep (which lines there are).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

import { Peer } from './peer.mjs';
import { random } from './tree.mjs';

const ours = join(process.env.ADJUTANT_BIN, 'adjutant-files');

async function inFolder(work) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'oracle-contents-')));
  const folder = join(base, 'tree');
  mkdirSync(folder);
  const peer = new Peer(ours, [folder, '--data', join(base, 'data')]);
  try {
    await peer.initialize();
    await work(folder, peer);
  } finally {
    peer.close();
    rmSync(base, { recursive: true });
  }
}

/** All pages, as "path:line:text" with the path as seen from the folder. */
async function found(peer, folder, args) {
  const lines = [];
  for (let cursor; ;) {
    const answer = await peer.call('search_file_contents', { path: '.', ...args, ...(cursor && { cursor }) });
    assert.ok(!answer.isError, answer.content[0].text);
    for (const { path, line, text } of answer.structuredContent.matches) lines.push(`${path.slice(folder.length + 1)}:${line}:${text}`);
    cursor = answer.structuredContent.next_cursor;
    if (!cursor) return lines;
  }
}

const names = ['a', 'b', 'foo', 'bar', 'build', 'x.o', 'y.txt', 'z.md', 'doc', 'src', 'foo.txt', 'a b', 'keep', 'Sub'];
const patterns = ['*.o', 'build/', '/foo', 'foo', '!keep', 'doc/*.md', '**/bar', 'src/**', 'a/**/b', '*.t?t', '[xy]*', '!foo.txt',
  '/a', 'b/', '\\!x', '# c', 'sub*', '!src/keep', '*', '!*/', 'z.[a-m]d', 'foo ', 'a\\ b', '**/src/*.o', '!x.o', '/*/b', 'bar/**/x.o'];

function grow(folder, r, depth) {
  for (const name of names.filter(() => r.chance(0.3))) {
    const path = join(folder, name);
    if (depth > 0 && r.chance(0.45)) {
      mkdirSync(path);
      grow(path, r, depth - 1);
    } else {
      writeFileSync(path, `a needle in ${name}\n`);
    }
  }
  if (r.chance(0.5)) writeFileSync(join(folder, '.gitignore'), `${Array.from({ length: 1 + r.below(5) }, () => r.pick(patterns)).join('\n')}\n`);
}

function git(folder, ...args) {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', ['-C', folder, ...args], { env, encoding: 'utf8' });
}

test('searches the files that git does not ignore, each once, over all pages', async () => {
  let ignored = 0;
  for (let seed = 1; seed <= 20; ++seed) {
    await inFolder(async (folder, peer) => {
      grow(folder, random(seed), 3);
      const all = await found(peer, folder, { query: 'needle in' });
      git(folder, 'init', '-q');
      const left = git(folder, 'ls-files', '-o', '--exclude-standard', '-z').split('\0');
      const expected = left.filter((path) => path !== '' && !path.endsWith('.gitignore')).map((path) => path.split('/').pop());
      const lines = await found(peer, folder, { query: 'NEEDLE in', limit: 7 });
      assert.deepEqual(lines, all);
      assert.deepEqual(lines.map((line) => line.replace(/.*:1:a needle in /, '')).sort(), expected.sort(), `seed ${seed}`);
      ignored += git(folder, 'ls-files', '-o', '-i', '--exclude-standard').split('\n').length - 1;
    });
  }
  assert.ok(ignored > 60, `${ignored}`);
});

test('rules from above hold in a folder below, up to a work tree of its own', async () => {
  await inFolder(async (folder, peer) => {
    for (const name of ['sub/deep', 'own/.git']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, '.gitignore'), '*.log\n/sub/deep/only\n');
    for (const name of ['sub/a.log', 'sub/a.txt', 'sub/deep/only', 'own/a.log']) writeFileSync(join(folder, name), 'needle\n');
    assert.deepEqual(await found(peer, folder, { path: 'sub', query: 'needle' }), ['sub/a.txt:1:needle']);
    assert.deepEqual(await found(peer, folder, { path: 'sub/deep', query: 'needle' }), []);
    assert.deepEqual(await found(peer, folder, { path: 'own', query: 'needle' }), ['own/a.log:1:needle']);
    assert.deepEqual(await found(peer, folder, { query: 'needle' }), ['own/a.log:1:needle', 'sub/a.txt:1:needle']);
    assert.deepEqual(await found(peer, folder, { path: 'sub/a.log', query: 'needle' }), ['sub/a.log:1:needle']);
  });
});

/** Text of every kind: short and endless lines, no end at the end, words across every block. */
function writeTexts(folder, r) {
  const word = () => r.pick(['needle', 'Needle', 'NEEDLES', 'ne', 'edle', 'straße', 'kelvin', 'K', 'ſ', 'x', '', 'a.b', 'aab']);
  for (let i = 0; i < 12; ++i) {
    const lines = Array.from({ length: r.below(4000) }, () => Array.from({ length: r.below(12) }, word).join(' '));
    if (r.chance(0.3)) lines.splice(r.below(lines.length + 1), 0, `${'y'.repeat(r.below(400000))}needle${'z'.repeat(300000)}`);
    writeFileSync(join(folder, `text${i}`), lines.join('\n') + (r.chance(0.5) ? '\n' : ''));
  }
  writeFileSync(join(folder, 'binary'), 'needle\0needle\n');
}

test('finds the lines that grep finds, in files and lines of any length', async () => {
  const queries = [[{ query: 'needle', match_case: true }, ['-F']], [{ query: 'needle' }, ['-iF']], [{ query: 'kel' }, ['-iF']],
    [{ query: 'STRASSE|straße', regex: true }, ['-iE']], [{ query: 'ne+d.*x$', regex: true }, ['-iE']], [{ query: '^Needle', regex: true, match_case: true }, ['-E']],
    [{ query: 'a.b', match_case: true }, ['-F']], [{ query: 'a.b', regex: true }, ['-iE']], [{ query: 'not there' }, ['-iF']]];
  for (let seed = 1; seed <= 2; ++seed) {
    await inFolder(async (folder, peer) => {
      writeTexts(folder, random(seed));
      for (const [args, options] of queries) {
        let lines = '';
        try {
          lines = execFileSync('grep', ['-rnI', ...options, '-e', args.query, '.'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
        } catch (error) {
          assert.equal(error.status, 1);  // nothing found
        }
        const places = (list, cut) => list.map((line) => line.slice(cut).split(':', 2).join(':')).sort();
        const mine = await found(peer, folder, { ...args, limit: 1000 });
        assert.deepEqual(places(mine, 0), places(lines.split('\n').filter(Boolean), 2), JSON.stringify(args));
      }
    });
  }
});

test('shows lines before and after, and of a long line the part that matches', async () => {
  await inFolder(async (folder, peer) => {
    writeFileSync(join(folder, 'a'), `one\ntwo\nneedle\r\nfour\n${'é'.repeat(5000)}Needle${'ö'.repeat(5000)}\n`);
    const { structuredContent } = await peer.call('search_file_contents', { path: 'a', query: 'needle', context_lines: 2 });
    const [first, second] = structuredContent.matches;
    assert.deepEqual([first.line, first.text, first.before, first.after[0]], [3, 'needle', ['one', 'two'], 'four']);
    assert.deepEqual([second.line, second.before], [5, ['needle', 'four']]);
    assert.match(second.text, /^…é+Needleö+…$/);
    assert.ok(Buffer.byteLength(second.text) < 410);
  });
});

test('says what is wrong with a query or a cursor', async () => {
  await inFolder(async (folder, peer) => {
    writeFileSync(join(folder, 'a'), 'needle\n'.repeat(10));
    const words = async (args) => (await peer.call('search_file_contents', { path: '.', ...args })).content[0].text;
    assert.match(await words({ query: '(', regex: true }), /^\/query: expected a regular expression .*missing \)/);
    assert.match(await words({ query: 'a', cursor: 'made up' }), /^\/cursor: /);
    assert.match(await words({ query: '' }), /^\/query: /);
    assert.match(await words({ query: 'a', path: '/etc' }), /^Access denied/);
    assert.match(await words({ query: 'a', include: [`{1..9999}`] }), /braces/);
  });
});

test('tells how far it is', async () => {
  await inFolder(async (folder, peer) => {
    for (let i = 0; i < 2000; ++i) writeFileSync(join(folder, `${i}`), 'hay\n');
    const told = [];
    await peer.request('tools/call', { name: 'search_file_contents', arguments: { path: '.', query: 'x' }, _meta: { progressToken: 7 } }, (note) => told.push(note));
    assert.ok(told.length > 0 && told.every(({ params }, i) => params.progressToken === 7 && params.progress > (told[i - 1]?.params.progress ?? 0)));
  });
});
