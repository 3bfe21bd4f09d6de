// What the tool lists cost a model: tokens (o200k) of name, description and inputSchema as they are sent.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';

import { servers, withClient } from './servers.mjs';

const limits = { tool: 300, server: 2000, all: 7500 };
const encoder = new Tiktoken(o200k);

function tokens({ name, description, inputSchema }) {
  return encoder.encode(JSON.stringify({ name, description, inputSchema })).length;
}

test('the tool lists stay within their budgets', async () => {
  let all = 0;
  for (const server of servers) {
    await withClient(server, 'auto', async (client) => {
      const { tools } = await client.listTools();
      const costs = tools.map((tool) => [tokens(tool), tool.name]).sort((a, b) => b[0] - a[0]);
      const sum = costs.reduce((total, [cost]) => total + cost, 0);
      all += sum;
      const [dearest, name] = costs[0];
      console.log(`${server}: ${sum} of ${limits.server} tokens for ${tools.length} tools, most for ${name}: ${dearest}`);
      assert.ok(sum <= limits.server, `${server} costs ${sum}`);
      assert.ok(dearest <= limits.tool, `${name} costs ${dearest}`);
    });
  }
  console.log(`the five: ${all} of ${limits.all} tokens`);
  assert.ok(all <= limits.all, `the five cost ${all}`);
});

test('a tool that says too much is over the budget', () => {
  const description = 'Does what it says, and says it at length. '.repeat(40);
  assert.ok(tokens({ name: 'chatter', description, inputSchema: { type: 'object' } }) > limits.tool);
});
