// `adjutant test FILE.test.toml`: steps, fixtures, snapshots and reports, against npm's file server and servers that
// were made to fail.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { adjutant, bin, example, filesystem, inFolder, node, notes } from './adjutant.mjs';

const server = `server = ["${node}", "${notes}", "\${folder}"]\n`;

function write(folder, text) {
  writeFileSync(join(folder, 'notes.test.toml'), text);
  return 'notes.test.toml';
}

function verdicts(run) {
  return JSON.parse(run.out).reports[0].results.map((one) => `${one.check} ${one.verdict}`);
}

test('the sample file holds for a server that is not ours', () =>
  inFolder((folder) => {
    cpSync(example, folder, { recursive: true });
    const words = ['test', 'filesystem.test.toml', '--junit', 'report.xml', '--', node, filesystem, '${folder}'];
    const run = adjutant(folder, words);
    assert.equal(run.status, 0, run.out + run.err);
    assert.match(run.out, /8 checks hold, 0 findings/);
    assert.ok(run.out.split('\n').every((line) => [...line].length <= 80), run.out);
    assert.ok(!run.out.includes('\u001b'));
    assert.match(readFileSync(join(folder, 'report.xml'), 'utf8'), /<testsuites name="adjutant" tests="8" failures="0"/);
    // The control: of a folder without the documents most does not hold.
    const other = adjutant(folder, [...words.slice(0, 2), '--', node, filesystem, '/usr/share/doc/adduser']);
    assert.equal(other.status, 1, other.out + other.err);
  }));

test('each test has a server and a folder of its own, and values go from step to step', () =>
  inFolder((folder) => {
    const one = (name) => `
[[test]]
name = "${name}"
[[test.step]]
call = "add_note"
arguments = { title = "in \${city}" }
capture.id = "/note/id"
expect.text = { like = "Added \${id} at 2026-03-16T09:00:00.000Z (\${folder})" }
[[test.step]]
call = "get_note"
arguments = { id = "\${id}" }
expect.text.matches = '^in Gdynia was made'
[[test.step]]
call = "list_notes"
expect.structured."/notes" = { count = 1, contains = { id = "\${id}", title = "in Gdynia" } }
`;
    const file = write(folder, `${server}[fixture]\nvariables.city = "Gdynia"\n${one('first')}${one('second')}`);
    const run = adjutant(folder, ['test', file]);
    assert.equal(run.status, 0, run.out + run.err);
    const changed = adjutant(folder, ['test', file, '--json', '--', 'env', 'NOTES_CHANGED=1', node, notes, '${folder}']);
    assert.equal(changed.status, 1);
    assert.deepEqual(verdicts(changed), [
      'first: step 1 add_note finding', 'first: step 2 get_note not run', 'first: step 3 list_notes not run',
      'second: step 1 add_note finding', 'second: step 2 get_note not run', 'second: step 3 list_notes not run',
    ]);
    const [finding] = JSON.parse(changed.out).reports[0].results;
    assert.match(finding.problem, /^notes\.test\.toml:7: text: .*expected "Added .* got "Put /);
    assert.match(finding.again, /^adjutant test notes\.test\.toml --only first -- env /);
    assert.equal(adjutant(folder, ['test', file, '--only', 'sec', '--json']).out.match(/"pass"/g).length, 4);
  }));

test('set-up comes first, and tear-down runs whatever happened', () =>
  inFolder((folder) => {
    const log = join(folder, 'log');
    const file = write(folder, `${server}
[fixture]
env.NOTES_LOG = "${log}"
[[setup]]
call = "list_notes"
[[teardown]]
call = "list_notes"
[[test]]
name = "fails"
[[test.setup]]
call = "add_note"
[[test.step]]
call = "get_note"
[[test.step]]
call = "hang"
[[test.teardown]]
call = "add_note"
`);
    const run = adjutant(folder, ['test', file, '--json']);
    assert.equal(run.status, 1, run.err);
    assert.deepEqual(verdicts(run), [
      'fails: shared set-up 1 list_notes pass', 'fails: set-up 1 add_note pass', 'fails: step 1 get_note finding',
      'fails: step 2 hang not run', 'fails: tear-down 1 add_note pass', 'fails: shared tear-down 1 list_notes pass',
    ]);
    assert.equal(readFileSync(log, 'utf8'), 'list_notes\nadd_note\nget_note\nadd_note\nlist_notes\n');
  }));

test('a server that hangs, dies or does not start is told apart', () =>
  inFolder((folder) => {
    const step = (tool) => write(folder, `${server}[[test]]\nname = "t"\n[[test.step]]\ncall = "${tool}"
timeout_seconds = 0.2\n[[test.teardown]]\ncall = "list_notes"\n`);
    const hangs = adjutant(folder, ['test', step('hang'), '--json']);
    assert.equal(hangs.status, 1);
    assert.match(JSON.parse(hangs.out).reports[0].results[0].problem, /did not answer .* within 200 ms/);
    assert.equal(JSON.parse(hangs.out).reports[0].results[1].verdict, 'pass');
    const dies = adjutant(folder, ['test', step('die'), '--json']);
    assert.equal(dies.status, 1);
    assert.match(JSON.parse(dies.out).reports[0].results[0].problem, /exited with status 7/);
    assert.match(JSON.parse(dies.out).reports[0].results[1].problem, /the server is gone/);
    const missing = adjutant(folder, ['test', step('list_notes'), '--tap', '--', '/no/such/program']);
    assert.equal(missing.status, 2);
    assert.match(missing.out, /^Bail out! /m);
    const bad = adjutant(folder, ['test', write(folder, `${server}[[test]]\nname = "t"\nsteps = 1\n`)]);
    assert.equal(bad.status, 2);
    assert.match(bad.out, /notes\.test\.toml:4: test\.steps: is not known here; there are\s+name, fixture/);
    const none = adjutant(folder, ['test', 'none.test.toml']);
    assert.equal(none.status, 2);
    assert.match(none.out, /there is no such file/);
    const nobody = adjutant(folder, ['test', write(folder, '[[test]]\nname = "t"\n[[test.step]]\ncall = "x"\n')]);
    assert.equal(nobody.status, 2);
    assert.match(nobody.out, /names no server/);
    assert.equal(adjutant(folder, ['test', 'none.test.toml', '--no-such-option']).status, 2);
    assert.equal(adjutant(folder, ['test', '--help']).status, 0);
  }));

test('snapshots are written by --update alone, and the file stays as it is', () =>
  inFolder((folder) => {
    const text = `# mine\n${server}\n[[test]]   # a comment\nname = "keeps"
[[test.step]]\ncall = "add_note"\narguments = { title = "x" }\ncapture.id = "/note/id"\nexpect.snapshot = true
[[test.step]]\ncall = "get_note"\narguments = { id = "none" }\nexpect.snapshot = true\n`;
    const file = write(folder, text);
    const kept = join(folder, 'notes.snapshots.json');
    const first = adjutant(folder, ['test', file]);
    assert.equal(first.status, 1);
    assert.match(first.out, /there is none yet/);
    assert.ok(!existsSync(kept));
    assert.equal(adjutant(folder, ['test', file, '--update']).status, 0);
    assert.deepEqual(JSON.parse(readFileSync(kept, 'utf8')), {
      keeps: {
        'step 1 add_note': {
          text: 'Added ${id} at <time> (${folder})',
          structured: { note: { id: '${id}', made: '<time>', title: 'x' } },
        },
        'step 2 get_note': { is_error: true, text: 'no note none' },
      },
    });
    assert.equal(adjutant(folder, ['test', file]).status, 0);
    const command = ['--', 'env', 'NOTES_CHANGED=1', node, notes, '${folder}'];
    const changed = adjutant(folder, ['test', file, ...command]);
    assert.equal(changed.status, 1);
    assert.match(changed.out, /run again with\s+--update/);
    assert.equal(adjutant(folder, ['test', file, '--update', ...command]).status, 0);
    assert.equal(adjutant(folder, ['test', file, ...command]).status, 0);
    assert.equal(readFileSync(join(folder, file), 'utf8'), text);
  }));

test('a server of ours is tested on data that is thrown away', () =>
  inFolder((folder) => {
    writeFileSync(join(folder, 'config.toml'), '[servers.tasks]\nargs = ["--read-only"]\n');
    const file = write(folder, `server = "tasks"
[[test]]
name = "adds"
[[test.step]]
call = "add_tasks"
arguments = { tasks = [{ title = "Water the fern" }] }
capture.id = "/tasks/0/id"
[[test.step]]
call = "list_tasks"
expect.structured."/tasks" = { count = 1 }
[[test]]
name = "begins anew"
[[test.step]]
call = "list_tasks"
expect.text.contains = "0"
`);
    const run = adjutant(folder, ['test', file, '--config', 'config.toml']);
    const data = join(folder, 'data', 'tasks');
    assert.ok(run.out.includes('ok    adds: step 2 list_tasks'), run.out + run.err);
    assert.ok(!existsSync(data));
    adjutant(folder, ['call', 'tasks', 'list_tasks']);
    assert.ok(existsSync(data)); // The control: there it would be.
  }));

test('the recipe for a CI job runs, and its status and reports say what came of it', () =>
  inFolder((folder) => {
    const recipe = (...server) => {
      const run = spawnSync(join(example, 'run.sh'), [join(bin, 'adjutant'), ...server], {
        encoding: 'utf8', cwd: folder, env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      });
      const report = (name) => readFileSync(join(folder, 'reports', `${name}.xml`), 'utf8');
      return { status: run.status, out: run.stdout + run.stderr, report };
    };
    const good = recipe(node, filesystem);
    assert.match(good.report('steps'), /tests="8" failures="0" errors="0"/, good.out);
    const [, checks, findings] = good.report('generated').match(/tests="(\d+)" failures="(\d+)" errors="0"/);
    assert.ok(Number(checks) > 20, good.out);
    assert.equal(good.status, Number(findings) > 0 ? 1 : 0, good.out);
    const missing = recipe('/no/such/program');
    assert.equal(missing.status, 2, missing.out);
    assert.match(missing.report('generated'), /errors="1"/);
  }));
