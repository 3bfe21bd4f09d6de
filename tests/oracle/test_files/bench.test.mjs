// `adjutant bench`: what it counts, and what it refuses. No figure is judged: that is the machine's mood.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';

import { adjutant, bin, inFolder, node, notes } from './adjutant.mjs';

test('two servers are called alike, side by side', () =>
  inFolder((folder) => {
    const log = join(folder, 'log');
    const run = adjutant(folder, ['bench', 'list_notes', '--calls', '50', '--json', '--against',
      `env NOTES_LOG=${log} '${node}' '${notes}'`, '--', node, notes]);
    assert.equal(run.status, 0, run.err);
    const { servers } = JSON.parse(run.out);
    assert.deepEqual(servers.map((one) => [one.name, one.calls, one.errors]), [['notes', 50, 0], ['notes', 50, 0]]);
    for (const one of servers) {
      assert.ok(one.calls_per_second > 0);
      assert.ok(one.p50_us > 0 && one.p50_us <= one.p90_us && one.p90_us <= one.p99_us && one.p99_us <= one.max_us);
      assert.ok(one.memory_at_end.resident > 1_000_000 && one.memory_at_end.processes >= 1);
    }
    const people = adjutant(folder, ['bench', 'tasks', 'list_tasks', 'limit=5', '--calls', '10']);
    assert.equal(people.status, 0, people.err);
    assert.match(people.out, /^calls a second +\d/m);
    assert.match(people.out, /^memory at the end +[\d.]+ MiB$/m);
    assert.ok(people.out.split('\n').every((line) => [...line].length <= 80), people.out);
  }));

test('a tool that may write is called with --writes alone', () =>
  inFolder((folder) => {
    const words = ['bench', 'add_note', 'title=x', '--calls', '5', '--json', '--', node, notes];
    const refused = adjutant(folder, words);
    assert.equal(refused.status, 2);
    assert.match(refused.err, /not marked read-only.*--writes/s);
    const allowed = adjutant(folder, ['bench', '--writes', ...words.slice(1)]);
    assert.equal(allowed.status, 0, allowed.err);
    assert.equal(JSON.parse(allowed.out).servers[0].errors, 0);
  }));

test('what cannot be measured is said', () =>
  inFolder((folder) => {
    for (const [words, says] of [
      [['brew', '--', node, notes], /has no tool brew/],
      [['get_note', 'id=nobody', '--', node, notes], /no note nobody; mend its arguments/],
      [['nobody', 'list_notes'], /no server nobody/],
      [['list_notes', '--', '/no/such/program'], /no\/such\/program/],
    ]) {
      const run = adjutant(folder, ['bench', ...words]);
      assert.equal(run.status, 2, run.out + run.err);
      assert.match(run.err, says);
    }
    assert.ok(bin);
  }));
