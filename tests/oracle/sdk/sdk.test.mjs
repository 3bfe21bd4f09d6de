// Each server in the official client, in both eras: it lists its tools, calls some that read and some that
// write, and every structuredContent is valid by the outputSchema that the list sent.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';

import { servers, withClient } from './servers.mjs';

const calls = {
  calendar: [
    ['get_current_time', {}],
    ['create_event', { title: 'Tea with Ewa', start: 'tomorrow 3pm', location: 'Room Birch' }],
    ['list_events', { start: 'this week' }],
    ['find_free_slots', { duration_minutes: 45 }],
  ],
  email: [
    ['search_messages', { query: 'from:aoife' }],
    ['triage_inbox', {}],
    ['create_draft', { to: ['helen.okafor@example.net'], subject: 'Hello', text: 'Dear Helen' }],
  ],
  tasks: [
    ['add_tasks', { tasks: [{ title: 'Water the fern', due: 'friday', priority: 'low', tags: ['home'] }] }],
    ['list_tasks', {}],
    ['prioritize_tasks', {}],
  ],
  files: [
    ['list_allowed_directories', {}],
    ['list_directory', { path: '.' }],
    ['read_text_file', { path: 'Pricing/three-levels.csv' }],
  ],
  memory: [
    ['update_profile', { set: [{ key: 'identity.name', value: 'Maja Nowak' }] }],
    ['get_profile', {}],
    ['record_episode', { text: 'Moved the review to 11:30', action: 'meeting_moved', outcome: 'success' }],
    ['get_context', { task: 'move a meeting' }],
  ],
};

const eras = { auto: '2026-07-28', legacy: '2025-11-25' };

for (const server of servers) {
  for (const [mode, version] of Object.entries(eras)) {
    test(`${server} works in the official client, mode ${mode}`, async () => {
      await withClient(server, mode, async (client) => {
        assert.equal(client.getNegotiatedProtocolVersion(), version);
        const { tools } = await client.listTools();
        assert.ok(tools.length > 0);
        for (const [name, given] of calls[server]) {
          const tool = tools.find((one) => one.name === name);
          const result = await client.callTool({ name, arguments: given });
          assert.ok(!result.isError, `${name}: ${result.content?.[0]?.text}`);
          assert.ok(result.content[0].text.length > 0);
          const validate = new Ajv2020({ strict: false }).compile(tool.outputSchema);
          assert.ok(validate(result.structuredContent), `${name}: ${JSON.stringify(validate.errors)}`);
        }
      });
    });
  }

  test(`${server} tells the official client what is wrong`, async () => {
    await withClient(server, 'auto', async (client) => {
      const [name] = calls[server].find(([tool]) => !tool.startsWith('list_allowed'));
      const wrong = await client.callTool({ name, arguments: { zone: 7, path: 7, tasks: 7, query: 7, set: 7 } });
      assert.equal(wrong.isError, true);
      assert.match(wrong.content[0].text, /^\/[a-z]+: /);
      await assert.rejects(client.callTool({ name: 'make_coffee', arguments: {} }));
    });
  });
}

test('the schemas are strict enough that a wrong answer is noticed', () => {
  const schema = { type: 'object', properties: { tasks: { type: 'array' } }, required: ['tasks'] };
  const validate = new Ajv2020({ strict: false }).compile(schema);
  assert.ok(validate({ tasks: [] }));
  assert.ok(!validate({ tasks: 7 }));
  assert.ok(!validate({}));
});
