/**
 * Marionette, the remote control that every Firefox has: commands of WebDriver as JSON over a TCP connection.
 * A message is `LENGTH:JSON`, the length in bytes. A command is `[0, id, name, parameters]`, its answer
 * `[1, id, error, result]`; before the first command the browser introduces itself with an object.
 * Source: testing/marionette/doc/Protocol.md in Firefox's source tree.
 */
import { createConnection } from 'node:net';

/** The longest that a command may take, in milliseconds. */
const COMMAND_LIMIT_MS = 30_000;

const COLON = 0x3a;

/** The key that marks an element in JSON. Source: https://www.w3.org/TR/webdriver2/#elements */
const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

/** An open connection to a browser. */
export interface Marionette {
  /** Gives the command's result. Throws a `CommandError` when the browser refuses, and when it is silent or gone. */
  send(name: string, parameters?: object): Promise<unknown>;
  close(): void;
}

/** What a browser refuses, with WebDriver's name of the reason, e.g. `stale element reference`. */
export class CommandError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(`${reason}: ${message}`);
    this.reason = reason;
  }
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Connects to the browser that listens at this port of loopback. Throws when none does. */
export async function connectMarionette(port: number): Promise<Marionette> {
  const waiting = new Map<number, Waiting>();
  const socket = createConnection(port, '127.0.0.1');
  let received: Buffer = Buffer.alloc(0);
  let count = 0;
  const greeted = Promise.withResolvers<void>();
  const fail = (error: Error) => {
    greeted.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('Firefox has gone.')));
  socket.on('data', (chunk) => {
    const { messages, rest } = readMessages(Buffer.concat([received, chunk]));
    received = rest;
    for (const message of messages) {
      if (Array.isArray(message)) settle(waiting, message);
      else greeted.resolve();
    }
  });
  await greeted.promise;

  return {
    async send(name, parameters = {}) {
      if (socket.closed) throw new Error('Firefox has gone.');
      count += 1;
      const id = count;
      const answer = new Promise<unknown>((resolve, reject) =>
        waiting.set(id, { resolve, reject }),
      );
      const timer = setTimeout(() => {
        const seconds = COMMAND_LIMIT_MS / 1000;
        waiting.get(id)?.reject(new Error(`Firefox did not answer ${name} within ${seconds} s.`));
      }, COMMAND_LIMIT_MS);
      const text = JSON.stringify([0, id, name, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
      return answer.finally(() => clearTimeout(timer));
    },
    close: () => {
      socket.destroy();
    },
  };
}

/** The value of a result, which most commands wrap so. */
export function unwrap(result: unknown): unknown {
  return result !== null && typeof result === 'object' && 'value' in result ? result.value : result;
}

/** The id of an element in a result; undefined when it is none. */
export function elementIdOf(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || !(ELEMENT_KEY in value)) return undefined;
  return String(value[ELEMENT_KEY]);
}

/** Cuts what has arrived into messages; the rest is the beginning of the next one. */
function readMessages(bytes: Buffer): { readonly messages: unknown[]; readonly rest: Buffer } {
  const messages: unknown[] = [];
  let rest = bytes;
  for (;;) {
    const colon = rest.indexOf(COLON);
    const end = colon + 1 + Number(rest.toString('utf8', 0, Math.max(colon, 0)));
    if (colon < 0 || rest.length < end) return { messages, rest };
    messages.push(JSON.parse(rest.toString('utf8', colon + 1, end)));
    rest = rest.subarray(end);
  }
}

function settle(waiting: Map<number, Waiting>, message: readonly unknown[]): void {
  const [, id, error, result] = message as [1, number, Refusal | null, unknown];
  const one = waiting.get(id);
  waiting.delete(id);
  if (error === null) one?.resolve(result);
  else one?.reject(new CommandError(error.error, error.message));
}

interface Refusal {
  readonly error: string;
  readonly message: string;
}
