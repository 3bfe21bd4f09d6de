// Paths that want out of the roots, and names that are hard to take, through the real program: everything in
// ../shared/data/files-paths. Nothing outside is read, written, listed or told apart from what is not there; the
// same calls to a build without containment do all of that.
import assert from 'node:assert/strict';
import {
  existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync,
  symlinkSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { Peer } from './peer.mjs';

const ours = join(process.env.ADJUTANT_BIN, 'adjutant-files');
const uncontained = process.env.ADJUTANT_FILES_UNCONTAINED;
const data = fileURLToPath(new URL('../../../../shared/data/files-paths/paths.json', import.meta.url));
const skip = existsSync(data) ? false : 'not run: ../shared/data/files-paths is absent';
const given = skip ? {} : JSON.parse(readFileSync(data, 'utf8'));
const secret = 'SECRET-7341';

/** base/root is served; base/outside holds what nobody may see, under the name `there` and in a folder `box`. */
async function inWorld(program, work, roots = ['root']) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'attacks-')));
  const outside = join(base, 'outside');
  for (const folder of ['root/deep/er', 'outside/box']) mkdirSync(join(base, folder), { recursive: true });
  writeFileSync(join(base, 'root', 'note.txt'), 'inside');
  for (const name of ['there', 'box/inner']) writeFileSync(join(outside, name), secret);
  symlinkSync(outside, join(base, 'root', 'out'));
  symlinkSync('../outside', join(base, 'root', 'out-relative'));
  symlinkSync('/', join(base, 'root', 'top'));
  symlinkSync('/proc/self/root', join(base, 'root', 'proc'));
  symlinkSync('/proc/self/cwd', join(base, 'root', 'cwd'));
  symlinkSync('/dev', join(base, 'root', 'dev'));
  symlinkSync('deep', join(base, 'root', 'in'));
  const peer = new Peer(program, [...roots.map((name) => join(base, name)), '--data', join(base, 'data')]);
  try {
    await peer.initialize();
    return await work({ call: (name, args) => peer.call(name, args), base, root: join(base, 'root'), outside });
  } finally {
    peer.close();
    rmSync(base, { recursive: true });
  }
}

/** Everything there is outside, with its times. */
function dump(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const { mode, mtimeMs, size } = statSync(path);
    return [path, mode, mtimeMs, entry.isFile() ? readFileSync(path, 'utf8') : size];
  }).sort();
}

/** The strings of the lists with `target` where they name a file of somebody's system; and more ways out. */
function attacks(base, target) {
  const lists = ['traversal_nix', 'traversal_generic', 'traversal_win_sample', 'strings_all'].flatMap((name) => given[name] ?? []);
  const below = target.slice(1);
  const aimed = lists.map((text) => text.replace(/etc[\\/]+(passwd|shadow|hosts|group)|boot\.ini/g, () => below));
  const name = target.slice(base.length + 1);
  const more = [target, `../${name}`, `deep/../../${name}`, `in/../../${name}`, `out${target.slice(`${base}/outside`.length)}`,
    `out-relative${target.slice(`${base}/outside`.length)}`, `top${target}`, `proc${target}`, `cwd/../${name}`,
    `/proc/self/root${target}`, `/proc/self/cwd/../${name}`, `/proc/thread-self/root${target}`, `/dev/..${target}`, `/dev/fd/../../..${target}`,
    `dev/..${target}`, `${base}/root/..//${name}`, `${base}/root/./../${name}/`, `${base}/root/.../../${name}`, `${base}/ROOT/../${name}`,
    `${base}/root\u2215..\u2215${name}`, `${base}/root/\uff0e\uff0e/${name}`, `${base}/root/..\u200b/${name}`, `${target}/`, `${target}/.`,
    `${target}\0`, `${target}\0.txt`, `~/../..${target}`, `~root/..${target}`, `file://${target}`, `${'../'.repeat(40)}${below}`,
    `${'a/'.repeat(200)}${'../'.repeat(260)}${below}`, `out/${'box/../'.repeat(50)}${target.slice(`${base}/outside/`.length)}`,
    `${base}/root /../${name}`, `${base}/rootx/../${name}`, `//${below}`, `///${below}`, `.//..//${name}`, `root/../../${name}`];
  return [...new Set([...aimed, ...more])];
}

const readings = (path) => [
  ['read_text_file', { path }], ['read_text_file', { path, tail: 1 }], ['read_file', { path, head: 1 }], ['read_media_file', { path }],
  ['read_multiple_files', { paths: [path] }], ['get_file_info', { path }], ['list_directory', { path }],
  ['list_directory_with_sizes', { path }], ['directory_tree', { path }], ['search_files', { path, pattern: '**' }],
  ['search_file_contents', { path, query: 'secret' }],
];
const writings = (path) => [
  ['write_file', { path, content: 'overwritten' }], ['edit_file', { path, edits: [{ oldText: 'SECRET', newText: 'edited' }] }],
  ['create_directory', { path: `${path}-made` }], ['copy_file', { source: path, destination: 'stolen' }],
  ['copy_file', { source: 'note.txt', destination: `${path}-copied` }], ['move_file', { source: 'note.txt', destination: `${path}-moved` }],
  ['move_file', { source: path, destination: 'taken' }], ['delete_files', { paths: [path] }],
];

const base64OfSecret = Buffer.from(secret).toString('base64');
const shows = (answer) => [secret, base64OfSecret, 'inner', 'root:x:0:0'].some((word) => JSON.stringify(answer).includes(word));

test('nothing outside is read or listed', { skip }, async () => {
  await inWorld(ours, async ({ call, base, outside }) => {
    let refused = 0;
    for (const target of [join(outside, 'there'), join(outside, 'box')]) {
      for (const path of attacks(base, target).slice(target.endsWith('box') ? -60 : 0)) {
        for (const [name, args] of readings(path)) {
          const answer = await call(name, args);
          assert.ok(!shows(answer), `${name} ${JSON.stringify(path)}: ${JSON.stringify(answer)}`);
          if (answer.isError) ++refused;
        }
      }
    }
    assert.ok(refused > 10000, `${refused}`);
    for (const path of given.traversal_nix) {  // as they are, at the real files of this machine
      assert.ok(!shows(await call('read_text_file', { path })), path);
    }
  });
});

test('nothing outside is written, moved or removed', { skip }, async () => {
  await inWorld(ours, async ({ call, base, outside }) => {
    const before = dump(outside);
    let within = 0;
    let refused = 0;
    for (const path of attacks(base, join(outside, 'there'))) {
      // What is a strange name within the root is written there: of these, which cost a journal each, a few.
      const { content } = await call('read_text_file', { path });
      if (!/^Access denied/.test(content[0].text) && ++within % 40 !== 0) continue;
      for (const [name, args] of writings(path)) {
        const answer = await call(name, args);
        assert.ok(!JSON.stringify(answer).includes(secret), `${name} ${JSON.stringify(path)}: ${JSON.stringify(answer)}`);
        if (answer.isError) ++refused;
      }
    }
    assert.ok(refused > 1000, `${refused}`);
    assert.deepEqual(dump(outside), before);
  });
});

test('what is outside and what is missing there get the same answers', { skip }, async () => {
  await inWorld(ours, async ({ call, base, outside }) => {
    const ways = (target) => attacks(base, target);
    const [there, missing] = [ways(join(outside, 'there')), ways(join(outside, 'thorn'))];
    assert.equal(there.length, missing.length);
    let alike = 0;
    for (let i = 0; i < there.length; ++i) {
      if (there[i] === missing[i]) continue;
      const [known, unknown] = [there[i], missing[i]].map((path) => [...readings(path), ...writings(path)]);
      for (let k = 0; k < known.length; ++k) {
        const answer = await call(...known[k]);
        if (k === 0 && !/^Access denied/.test(answer.content[0].text)) break;  // a strange name within the root
        if (!answer.isError && /copy|move|delete/.test(known[k][0])) continue;
        assert.equal(JSON.stringify(answer), JSON.stringify(await call(...unknown[k])).replaceAll('thorn', 'there'), `${known[k][0]} ${there[i]}`);
        ++alike;
      }
    }
    assert.ok(alike > 1000, `${alike}`);
    for (const link of ['out', 'out-relative', 'top' + outside, 'proc' + outside]) {
      for (const [k, [name, args]] of readings(`${link}/there`).entries()) {
        const known = await call(name, args);
        const unknown = await call(name, readings(`${link}/thorn`)[k][1]);
        assert.equal(JSON.stringify(known), JSON.stringify(unknown).replaceAll('thorn', 'there'), `${name} ${link}`);
      }
    }
  });
});

test('the control: without containment the same calls read, list and write outside', { skip }, async () => {
  await inWorld(uncontained, async ({ call, base, outside }) => {
    const before = dump(outside);
    const seen = new Set();
    for (const target of [join(outside, 'there'), join(outside, 'box')]) {
      for (const path of attacks(base, target).slice(-60)) {
        for (const [name, args] of readings(path)) if (shows(await call(name, args))) seen.add(name);
      }
    }
    for (const name of ['read_text_file', 'read_media_file', 'read_multiple_files', 'list_directory', 'directory_tree', 'search_files', 'search_file_contents']) {
      assert.ok(seen.has(name), `${name} stayed inside`);
    }
    for (const [name, args] of writings(join(outside, 'there')).slice(0, 1)) await call(name, args);
    assert.notDeepEqual(dump(outside), before);
  });
});

test('a link made, a folder swapped, a hard name: what is within a root stays within reach', { skip }, async () => {
  await inWorld(ours, async ({ call, root }) => {
    linkSync(join(root, 'note.txt'), join(root, 'deep', 'same'));
    symlinkSync(join(root, 'note.txt'), join(root, 'absolute'));
    for (const path of ['in/same', 'absolute', 'deep/er/../same', `${root}//deep/./same`, './note.txt']) {
      assert.equal((await call('read_text_file', { path })).structuredContent?.content, 'inside', path);
    }
  });
});

test('every name makes the round trip: written, listed, read, found, searched, deleted', { skip }, async () => {
  await inWorld(ours, async ({ call, root }) => {
    for (const name of given.file_names) {
      const path = `${root}/deep/${name}`;
      const said = `${JSON.stringify(name)}`;
      assert.ok(!(await call('write_file', { path, content: `needle of ${name}` })).isError, said);
      assert.deepEqual(readdirSync(join(root, 'deep')).filter((one) => one !== 'er'), [name]);
      assert.equal((await call('read_text_file', { path })).structuredContent.content, `needle of ${name}`, said);
      assert.ok((await call('list_directory', { path: 'deep' })).structuredContent.content.includes(`[FILE] ${name}`), said);
      assert.match((await call('get_file_info', { path })).structuredContent.content, /^size: \d+\n/, said);
      assert.ok(JSON.parse((await call('directory_tree', { path: 'deep' })).structuredContent.content).some((one) => one.name === name), said);
      assert.ok((await call('search_files', { path: 'deep', pattern: '*' })).structuredContent.content.split(`${root}/deep/`).some((one) => one.replace(/\n$/, '') === name), said);
      const { matches } = (await call('search_file_contents', { path: 'deep', query: 'Needle OF' })).structuredContent;
      assert.deepEqual(matches.map((match) => [match.path, match.line]), [[path, 1]], said);
      assert.ok(!(await call('delete_files', { paths: [path] })).isError, said);
      assert.ok(!existsSync(path), said);
    }
  });
});

test('the vectors of the reference: allowed is allowed, and nothing else', { skip }, async () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'vectors-')));
  const placed = (path) => (path.startsWith('/') ? base + path : path);
  let asked = 0;
  for (const vector of given.allow_vectors) {
    const allowed = vector.allowed.filter((folder) => folder.startsWith('/') && !folder.includes('\0'));
    if (allowed.length !== vector.allowed.length || !vector.path.startsWith('/') || /\/\.\.(\/|$)|\$\{/.test(vector.path)) continue;  // or unfilled
    for (const folder of allowed) mkdirSync(placed(folder), { recursive: true });
    const peer = new Peer(ours, [...allowed.map(placed), '--data', join(base, 'data')]);
    await peer.initialize();
    const answer = await peer.call('get_file_info', { path: placed(vector.path) });
    peer.close();
    const denied = answer.isError && /^(Access denied|\/path: )/.test(answer.content[0].text);
    assert.equal(!denied, vector.allowed_result, `${vector.case}: ${JSON.stringify(vector)}`);
    ++asked;
  }
  rmSync(base, { recursive: true });
  assert.ok(asked > 40, `${asked}`);
});
