// What differs from the reference file server on purpose: each entry of ../differences.md has a test here that
// shows both answers.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { inFolder, inTwoTrees, ours, reference, sideBySide } from './pair.mjs';
import { Peer } from './peer.mjs';

test('differs: a text over 64 KiB is refused, with the way to read it in parts', async () => {
  await inFolder(async (folder) => {
    const text = Array.from({ length: 9000 }, (_, i) => `line ${i + 1}`).join('\n');
    writeFileSync(join(folder, 'long'), text);
    await sideBySide([folder], async (call) => {
      const [mine, theirs] = await call('read_text_file', { path: 'long' });
      assert.equal(theirs.structuredContent.content, text);
      assert.match(mine.content[0].text, /^Too long for one answer, which holds 65536 bytes: .*start_line/);
      const parts = [];
      for (let start = 1; start <= 9000; start += 3000) {
        const [part] = await call('read_text_file', { path: 'long', start_line: start, head: 3000 });
        parts.push(part.structuredContent.content);
      }
      assert.equal(parts.join('\n'), text);
    });
  });
});

test('differs: start_line begins in the middle', async () => {
  await inFolder(async (folder) => {
    writeFileSync(join(folder, 'a'), 'one\ntwo\nthree\n');
    await sideBySide([folder], async (call) => {
      const [mine, theirs] = await call('read_text_file', { path: 'a', start_line: 2, head: 1 });
      assert.equal(mine.structuredContent.content, 'two');
      assert.equal(theirs.structuredContent.content, 'one');
    });
  });
});

test('differs: a folder of more than 64 KiB of names is listed in part, and says so', async () => {
  await inFolder(async (folder) => {
    for (let i = 0; i < 400; ++i) writeFileSync(join(folder, `${'long'.repeat(50)}-${String(i).padStart(3, '0')}`), '');
    await sideBySide([folder], async (call) => {
      const [mine, theirs] = await call('list_directory', { path: '.' });
      const shown = mine.structuredContent.content.split('\n');
      const last = shown.pop();
      assert.deepEqual(shown, theirs.structuredContent.content.split('\n').slice(0, shown.length));
      assert.equal(last, `... and ${400 - shown.length} more, too many for one answer`);
    });
  });
});

test('differs: a link that leads out is refused in the same words, whatever is there', async () => {
  await inFolder(async (folder) => {
    for (const name of ['root', 'outside']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'outside', 'there'), '');
    symlinkSync('../outside', join(folder, 'root', 'out'));
    await sideBySide([join(folder, 'root')], async (call) => {
      const words = (answer, name) => answer.content[0].text.replaceAll(name, 'NAME');
      const [there, known] = await call('read_text_file', { path: 'out/there' });
      const [missing, denied] = await call('read_text_file', { path: 'out/missing' });
      assert.equal(words(there, 'there'), words(missing, 'missing'));
      assert.match(words(there, 'there'), /^Access denied - symlink target outside .*root\/out\/NAME not in/);
      assert.notEqual(words(known, 'there'), words(denied, 'missing'));
    });
  });
});

test('differs: what is neither a file nor a folder is refused', async () => {
  await inFolder(async (folder) => {  // the reference waits for ever on a pipe, so it is not asked
    assert.equal(spawnSync('mkfifo', [join(folder, 'pipe')]).status, 0);
    const peer = new Peer(ours, [folder]);
    await peer.initialize();
    const { isError, content } = await peer.call('read_text_file', { path: 'pipe' });
    peer.close();
    assert.ok(isError);
    assert.equal(content[0].text, `Access denied - neither a file nor a directory: ${folder}/pipe`);
  });
});

test('differs: a folder beside a root, named like it but for a blank, stays outside', async () => {
  await inFolder(async (folder) => {
    for (const name of ['root', 'root ']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'root ', 'secret'), 'secret');
    await sideBySide([join(folder, 'root')], async (call) => {
      const [mine, theirs] = await call('list_directory', { path: join(folder, 'root ') });
      assert.match(mine.content[0].text, /^Access denied - path outside allowed directories: /);
      assert.equal(theirs.structuredContent.content, '[FILE] secret');
    });
  });
});

test('differs: arguments of the wrong kind are named in our words', async () => {
  await inFolder(async (folder) => {
    await sideBySide([folder], async (call) => {
      for (const args of [{}, { path: 7 }, { path: 'a', head: 'x' }, { path: 'a', head: -1 }, { path: 'a', tail: 1.5 }, { path: 'a\0' }]) {
        const [mine, theirs] = await call('read_text_file', args);
        assert.ok(mine.isError, JSON.stringify(args));
        assert.match(mine.content[0].text, /^\/(path|head|tail): (expected |holds a NUL)/);
        assert.notDeepEqual(mine, theirs);
      }
    });
  });
});

test('differs: head and tail together are refused before the file is looked at', async () => {
  await inFolder(async (folder) => {
    await sideBySide([folder], async (call) => {
      const both = { head: 1, tail: 1 };
      const [mine, theirs] = await call('read_text_file', { path: join(folder, 'a'), ...both });
      assert.deepEqual(mine, theirs);
      const [refused, denied] = await call('read_text_file', { path: '/etc/passwd', ...both });
      assert.match(refused.content[0].text, /^Cannot specify both/);
      assert.match(denied.content[0].text, /^Access denied/);
    });
  });
});

test('differs: \\| in a glob is the character', async () => {
  await inFolder(async (folder) => {
    for (const name of ['a|b', 'a', 'b']) writeFileSync(join(folder, name), '');
    await sideBySide([folder], async (call) => {
      const [mine, theirs] = await call('search_files', { path: folder, pattern: '@(a\\|b)' });
      assert.equal(mine.structuredContent.content, join(folder, 'a|b'));
      assert.equal(theirs.structuredContent.content, `${join(folder, 'a')}\n${join(folder, 'b')}`);
    });
  });
});

test('differs: a folder named ~ below "." is shown', async () => {
  await inFolder(async (folder) => {
    mkdirSync(join(folder, '~'));
    await sideBySide([folder], async (call) => {
      const [mine, theirs] = await call('directory_tree', { path: '.' });
      assert.deepEqual(JSON.parse(mine.structuredContent.content), [{ name: '~', type: 'directory', children: [] }]);
      assert.match(theirs.content[0].text, /^Access denied - path outside allowed directories: /);
    });
  });
});

test('differs: half of a surrogate pair is no JSON', async () => {
  await inFolder(async (folder) => {
    const path = '\ud83d';
    await sideBySide([folder], async (call) => {
      await assert.rejects(call('read_text_file', { path }), /tools\/call was not understood: /);
    });
    const theirs = new Peer(process.execPath, [reference, folder]);
    await theirs.initialize();
    assert.match((await theirs.call('read_text_file', { path })).content[0].text, /^ENOENT/);
    theirs.close();
  });
});

// --- What writes

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

test('differs: a folder that was named is not moved, and what Adjutant keeps is neither read nor written', async () => {
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
    mkdirSync(join(mine, '../data/host'), { recursive: true });
    writeFileSync(path, 'kept');
    for (const [name, args] of [['write_file', { path, content: 'forged' }], ['read_text_file', { path }]]) {
      assert.match((await call(name, args))[0].content[0].text, /^Access denied - Adjutant keeps its own data there/);
    }
    const [left, right] = await call('list_directory', { path: join(mine, '..') });
    assert.ok(!/\[DIR\] data$/m.test(left.structuredContent.content));
    assert.match(right.structuredContent.content, /\[DIR\] data$/m);
  });
});
