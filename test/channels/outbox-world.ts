import { type DeliveryPorts, deliver } from '../../lib/channels/deliver.ts';
import { type AlertPorts, sendAlerts } from '../../lib/channels/send-alerts.ts';
import type { Alert } from '../../lib/core/alerts/alert.ts';
import type { AlertSettings } from '../../lib/core/alerts/alert-settings.ts';
import { type AlertMemory, EMPTY_MEMORY } from '../../lib/core/alerts/notices.ts';
import type { OutboxMessage } from '../../lib/core/alerts/outbox.ts';
import type { OutboxStore } from '../../lib/store-ports.ts';
import { ALL_ON, NOW } from '../core/alerts/samples.ts';

/** What the network does to one request. */
export type Fault = 'none' | 'lost-before' | 'lost-after' | 'refused-now' | 'half-answer';

/** Says at each passage of a worker whether it dies there. */
export type Killer = (passage: number) => boolean;

const RELAY = { url: 'https://relay.example.org/v1/messages', token: 't'.repeat(32) };
const WEBHOOK = 'https://hooks.slack.com/services/T000/B000/XXXX';
/** No outcome takes longer to settle. */
const MOST_ROUNDS = 200;

/** A browser with its outbox, a relay that keeps to its interface, and Slack. Workers come, work and die. */
export interface OutboxWorld {
  /** One worker that queues and delivers, and dies where the killer says; whether it lived. */
  runWorker(killer?: Killer): Promise<boolean>;
  /** Workers come whenever something is due, until nothing is. */
  settle(killer?: Killer): Promise<void>;
  /** How many places there were to die. */
  passages(): number;
  messages(): readonly OutboxMessage[];
  /** Keys of the mails that arrived, one entry per mail. */
  readonly mails: readonly string[];
  /** Texts that arrived in Slack, one entry per post. */
  readonly posts: readonly string[];
  /** How often a notification was raised, by its id. */
  readonly raised: ReadonlyMap<string, number>;
  readonly store: OutboxStore;
  now(): number;
}

/** Builds one. `faultOf` is asked for each request, counted from 0. */
export function createOutboxWorld(
  alerts: readonly Alert[],
  faultOf: (request: number) => Fault = () => 'none',
  settings: AlertSettings = ALL_ON,
): OutboxWorld {
  const messages = new Map<string, OutboxMessage>();
  const mails: string[] = [];
  const posts: string[] = [];
  const raised = new Map<string, number>();
  const held = new Set<string>();
  let memory: AlertMemory = EMPTY_MEMORY;
  let time = NOW;
  let ids = 0;
  let requests = 0;
  let passages = 0;

  function storeOf(pass: () => Promise<void>): OutboxStore {
    const write = async <T>(change: () => T): Promise<T> => {
      await pass();
      const value = change();
      await pass();
      return value;
    };
    return {
      loadMemory: async () => memory,
      saveMemory: (next, added) =>
        write(() => {
          memory = next;
          for (const message of added) messages.set(message.id, message);
        }),
      list: async () => [...messages.values()],
      update: (id, change) =>
        write(() => {
          const message = messages.get(id);
          if (message === undefined) return undefined;
          const changed = change(message);
          messages.set(id, changed);
          return changed;
        }),
      remove: (id) => write(() => void messages.delete(id)),
    };
  }

  async function apply(url: string, init: RequestInit): Promise<Response> {
    if (url === WEBHOOK) {
      const { text } = await new Response(init.body ?? null).json();
      posts.push(String(text));
      return new Response('ok');
    }
    const key = new Headers(init.headers).get('idempotency-key') ?? '';
    const isRepeated = mails.includes(key);
    if (!isRepeated) mails.push(key);
    return Response.json({ status: 'sent', repeated: isRepeated });
  }

  function fetchOf(pass: () => Promise<void>): typeof globalThis.fetch {
    return async (input, init = {}) => {
      // What Slack is asked before a message: nothing comes of it.
      if (String(input) === new URL('/', WEBHOOK).href) return new Response('', { status: 404 });
      const fault = faultOf(requests++);
      await pass();
      time += 500;
      if (fault === 'lost-before') throw new TypeError('Failed to fetch');
      if (fault === 'refused-now') {
        const status = String(input) === WEBHOOK ? 429 : 503;
        return new Response('', { status, headers: { 'retry-after': '90' } });
      }
      const answer = await apply(String(input), init);
      await pass();
      if (fault === 'lost-after') throw new TypeError('Failed to fetch');
      return fault === 'half-answer'
        ? new Response('{"st', { headers: { 'content-type': 'application/json' } })
        : answer;
    };
  }

  function portsOf(pass: () => Promise<void>): DeliveryPorts & AlertPorts {
    const exclusively = async <T>(name: string, run: () => Promise<T>) => {
      held.add(name);
      return run().finally(() => held.delete(name));
    };
    return {
      outbox: storeOf(pass),
      clock: { now: () => time },
      locks: {
        withLock: exclusively,
        tryLock: async (name, run) => (held.has(name) ? undefined : exclusively(name, run)),
      },
      fetch: fetchOf(pass),
      openAddress: async (channel) => (channel === 'relay' ? RELAY : { url: WEBHOOK }),
      notifications: {
        isAllowed: () => true,
        show: async ({ id }) => {
          await pass();
          raised.set(id, (raised.get(id) ?? 0) + 1);
        },
        update: async () => {},
        clear: async () => {},
      },
      newId: () => `ULID${String(ids++).padStart(4, '0')}`,
    };
  }

  async function runWorker(killer: Killer = () => false): Promise<boolean> {
    let die: () => void = () => {};
    const death = new Promise<false>((resolve) => {
      die = () => resolve(false);
    });
    // Of a dead worker nothing goes on, and nobody hears: its promises never settle. Its locks are free.
    const pass = async () => {
      if (!killer(passages++)) return;
      held.clear();
      die();
      await new Promise(() => {});
    };
    const ports = portsOf(pass);
    const work = async () => {
      await sendAlerts(ports, async () => ({
        alerts,
        settings,
        digestSince: async () => undefined,
      }));
      await deliver(ports);
      return true;
    };
    return Promise.race([work(), death]);
  }

  return {
    runWorker,
    async settle(killer) {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const hasLived = await runWorker(killer);
        const waiting = [...messages.values()].filter(
          ({ state }) => state === 'queued' || state === 'sending',
        );
        if (hasLived && waiting.length === 0) return;
        const due = Math.min(...waiting.map(({ notBefore }) => notBefore));
        time = Math.max(time + 1_000, Number.isFinite(due) ? due : 0);
      }
      throw new Error('the outbox does not settle');
    },
    passages: () => passages,
    messages: () => [...messages.values()],
    mails,
    posts,
    raised,
    store: storeOf(async () => {}),
    now: () => time,
  };
}
