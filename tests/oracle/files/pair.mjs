// Ours and the reference file server (npm @modelcontextprotocol/server-filesystem), asked the same.
import { createHash } from 'node:crypto';
import {
  lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Peer } from './peer.mjs';

export const ours = join(process.env.ADJUTANT_BIN, 'adjutant-files');
export const reference = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));

export async function inFolder(work) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'oracle-files-')));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function withPeers(peers, work) {
  try {
    await Promise.all(peers.map((peer) => peer.initialize()));
    await work();
  } finally {
    for (const peer of peers) peer.close();
  }
}

/** Both on the same folders: `work(call)`, where a call gives both answers. For what only reads. */
export async function sideBySide(roots, work) {
  await inFolder(async (data) => {
    const pair = [new Peer(ours, [...roots, '--data', data]), new Peer(process.execPath, [reference, ...roots])];
    await withPeers(pair, () => work((name, args) => Promise.all(pair.map((peer) => peer.call(name, args)))));
  });
}

/** Each with a tree of its own, made by `make(folder)`, which returns the roots in it: `work(call, mine, theirs)`.
 * A call takes the arguments for ours, and gives both answers as if both were about our tree. The times of a file
 * are its own: for get_file_info another server of ours, which only reads, answers about the reference's tree. */
export async function inTwoTrees(make, work) {
  await inFolder(async (base) => {
    const names = ['tree-of-ours', 'tree-of-them'];  // of one length, and in no other path
    const folders = names.map((name) => join(base, name));
    const roots = folders.map((folder) => {
      mkdirSync(folder);
      return make(folder);
    });
    const mine = new Peer(ours, [...roots[0], '--data', join(base, 'data')]);
    const theirs = new Peer(process.execPath, [reference, ...roots[1]]);
    const reader = new Peer(ours, [...roots[1], '--read-only', '--data', join(base, 'data-of-reader')]);
    const swapped = (value, from, to) => JSON.parse(JSON.stringify(value).replaceAll(from, to));
    const abroad = async (peer, name, args) => swapped(await peer.call(name, swapped(args, ...names)), names[1], names[0]);
    await withPeers([mine, theirs, reader], () => work((name, args) => Promise.all([
      name === 'get_file_info' ? abroad(reader, name, args) : mine.call(name, args), abroad(theirs, name, args),
    ]), ...folders));
  });
}

/** Names, kinds, permissions, targets of links, and contents, of long ones a digest. */
export function dump(folder, base = folder) {
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
      const bytes = readFileSync(path);
      all[key] = `${what.mode} ${bytes.length > 100 ? createHash('sha1').update(bytes).digest('hex') : bytes.toString('latin1')}`;
    }
  }
  return all;
}
