// One MCP server over its pipes, asked one thing at a time.
import { spawn } from 'node:child_process';

/** By \n alone: readline also ends a line at U+2028, which JSON may hold. */
async function* linesOf(stream) {
  let rest = [];
  for await (const chunk of stream) {
    const pieces = chunk.toString('latin1').split('\n');
    for (const piece of pieces.slice(0, -1)) {
      yield Buffer.from([...rest, piece].join(''), 'latin1').toString('utf8');
      rest = [];
    }
    rest.push(pieces.at(-1));
  }
}

export class Peer {
  constructor(command, args) {
    this.process = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.lines = linesOf(this.process.stdout);
    this.lastId = 0;
  }

  /** `notified` gets what comes before the answer. */
  async request(method, params, notified = () => {}) {
    const id = ++this.lastId;
    this.#send({ jsonrpc: '2.0', id, method, params });
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done) throw new Error(`the server ended before it answered ${method}`);
      const message = JSON.parse(value);
      if (message.id === id) return message;
      if (message.error) throw new Error(`${method} was not understood: ${message.error.message}`);
      notified(message);
    }
  }

  async initialize() {
    const clientInfo = { name: 'oracle', version: '1' };
    await this.request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
    this.#send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  }

  /** The result of tools/call without `_meta`, which only ours has. */
  async call(name, args) {
    const { result, error } = await this.request('tools/call', { name, arguments: args });
    if (error) return { error };
    const { _meta, ...rest } = result;
    return rest;
  }

  close() {
    this.process.stdin.end();
    this.process.kill();
  }

  #send(message) {
    this.process.stdin.write(`${JSON.stringify(message)}\n`);
  }
}
