import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deliver } from '../../lib/channels/deliver.ts';
import { relay } from '../../lib/channels/relay.ts';
import { EMPTY_MEMORY } from '../../lib/core/alerts/notices.ts';
import { newMessage } from '../../lib/core/alerts/outbox.ts';
import { createOutboxWorld } from '../channels/outbox-world.ts';
import { createRelay, MESSAGES_PATH } from './app.ts';
import { parseConfig, type RelayConfig } from './config.ts';
import {
  type Behaviour,
  decodeHeader,
  headerOf,
  type MailServer,
  plainTextOf,
  startMailServer,
} from './mail-server.ts';
import { startRelay } from './start-relay.ts';

const TOKEN = 'relay-token-relay-token-relay-token';
const KEY = '01K0000000000000000000000A';
const MESSAGE = { version: 1, kind: 'alert', subject: 'Sync failed', text: 'Open Sync.' };

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe('a relay', () => {
  it('sends a mail from its own sender to its own recipients', async () => {
    const { url, mails } = await setUp();
    const answer = await post(url, {});
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'sent', repeated: false });
    const [mail] = mails();
    expect(mail).toMatchObject({
      from: 'relay@example.org',
      to: ['ada@example.org', 'bob@example.org'],
    });
    if (mail === undefined) throw new Error('no mail');
    expect(headerOf(mail, 'from')).toBe('Masterlist <relay@example.org>');
    expect(headerOf(mail, 'to')).toBe('ada@example.org, bob@example.org');
    expect(headerOf(mail, 'subject')).toBe('Sync failed');
    expect(headerOf(mail, 'auto-submitted')).toBe('auto-generated');
    expect(headerOf(mail, 'message-id')).toBe(`<${KEY}@example.org>`);
    expect(plainTextOf(mail)).toBe('Open Sync.');
  });

  it('takes what the extension sends, and sends it once although every answer is lost', async () => {
    const { url, mails } = await setUp();
    const message = newMessage(KEY, 'relay', { ...MESSAGE, kind: 'alert' }, 0);
    const address = { url, token: TOKEN };
    const lossy: typeof fetch = async (input, init) => {
      await (await fetch(input, init)).text();
      throw new TypeError('Failed to fetch');
    };
    const send = (by: typeof fetch) =>
      relay.send({ fetch: by, clock: { now: () => 0 } }, address, message);
    expect(await send(lossy)).toEqual({ kind: 'unknown' });
    expect(await send(lossy)).toEqual({ kind: 'unknown' });
    expect(await send(fetch)).toEqual({ kind: 'sent' });
    expect(mails()).toHaveLength(1);
  });

  it('sends one mail for two requests at the same moment', async () => {
    const { url, mails } = await setUp();
    const answers = await Promise.all([post(url, {}), post(url, {}), post(url, {})]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(mails()).toHaveLength(1);
  });

  it('remembers what it sent when it is started again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'relay-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    const smtp = await startSmtp();
    const first = await start(smtp.port, { keysFile: join(folder, 'keys') });
    await post(first.url, {});
    await first.close();
    const second = await start(smtp.port, { keysFile: join(folder, 'keys') });
    expect(await (await post(second.url, {})).json()).toEqual({ status: 'sent', repeated: true });
    expect(smtp.mails).toHaveLength(1);
  });

  it('refuses a key that comes with another message', async () => {
    const { url, mails } = await setUp();
    await post(url, {});
    const answer = await post(url, { body: { ...MESSAGE, text: 'Other.' } });
    expect(answer.status).toBe(422);
    expect(mails()).toHaveLength(1);
  });

  it('says to come back later while the mail server is down, and then delivers', async () => {
    const smtp = await startMailServer();
    await smtp.close();
    const { url } = await start(smtp.port);
    const answer = await post(url, {});
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    const again = await startSmtp(smtp.port);
    expect((await post(url, {})).status).toBe(200);
    expect(again.mails).toHaveLength(1);
  });

  it('delivers from the outbox of the extension once the mail server is back', async () => {
    const smtp = await startMailServer();
    await smtp.close();
    const { url } = await start(smtp.port);
    const { store } = createOutboxWorld([]);
    await store.saveMemory(EMPTY_MEMORY, [
      newMessage(KEY, 'relay', { ...MESSAGE, kind: 'alert' }, 0),
    ]);
    let now = 0;
    const ports = {
      outbox: store,
      clock: { now: () => now },
      locks: { withLock: run, tryLock: run },
      fetch,
      openAddress: async () => ({ url, token: TOKEN }),
    };
    const wakeAt = await deliver(ports);
    expect(wakeAt).toBeGreaterThanOrEqual(60_000);
    const again = await startSmtp(smtp.port);
    now = wakeAt ?? 0;
    expect(await deliver(ports)).toBeUndefined();
    expect((await store.list()).map(({ state }) => state)).toEqual(['sent']);
    expect(again.mails).toHaveLength(1);
  });

  it('says so when the mail server refuses', async () => {
    const { url, mails } = await setUp({}, (mail) => (mail === 0 ? 'refuse' : 'take'));
    expect((await post(url, {})).status).toBe(503);
    expect((await post(url, {})).status).toBe(200);
    expect(mails()).toHaveLength(1);
  });

  it('does not claim to know when the mail server hangs up, and sends the same mail again', async () => {
    const { url, mails } = await setUp({}, (mail) => (mail === 0 ? 'hang-up' : 'take'));
    expect((await post(url, {})).status).toBe(502);
    expect((await post(url, {})).status).toBe(200);
    const ids = mails().map((mail) => headerOf(mail, 'message-id'));
    expect(ids).toEqual([`<${KEY}@example.org>`, `<${KEY}@example.org>`]);
  });

  it.each([
    undefined,
    '',
    'Bearer ',
    'Bearer wrong',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(0, -1)}`,
    `bearer ${TOKEN}`,
    TOKEN,
    `Basic ${TOKEN}`,
  ])('sends nothing with the token "%s"', async (authorization) => {
    const { url, mails } = await setUp();
    const answer = await post(url, { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(mails()).toEqual([]);
  });

  it('takes no request that is too large, whether it says so or not', async () => {
    const { url, mails } = await setUp();
    const body = { ...MESSAGE, text: 'x'.repeat(200_000) };
    expect((await post(url, { body })).status).toBe(413);
    const stream = new Blob([JSON.stringify(body)]).stream();
    const chunked = await fetch(url, {
      method: 'POST',
      headers: headers({}),
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    expect(mails()).toEqual([]);
  });

  it('sends no more than its limit in an hour, and does not count repeated requests', async () => {
    const { url, mails } = await setUp({ mailsPerHour: 2 });
    const keyed = (digit: number) =>
      post(url, { headers: { 'idempotency-key': `01K000000000000000000000${digit}` } });
    for (const digit of [1, 1, 1, 2]) expect((await keyed(digit)).status).toBe(200);
    const answer = await keyed(3);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect((await keyed(1)).status).toBe(200);
    expect(mails()).toHaveLength(2);
  });

  it.each([
    ['no key', { 'idempotency-key': undefined }, 400],
    ['a short key', { 'idempotency-key': 'x' }, 400],
    ['a key that would break out of a header', { 'idempotency-key': `${KEY}>,<x@y` }, 400],
    ['another type', { 'content-type': 'text/plain' }, 415],
  ])('refuses %s', async (_, more, status) => {
    const { url, mails } = await setUp();
    expect((await post(url, { headers: more })).status).toBe(status);
    expect(mails()).toEqual([]);
  });

  it.each(injections())('refuses %j', async (body) => {
    const { url, mails } = await setUp();
    expect((await post(url, { body })).status).toBe(400);
    expect(mails()).toEqual([]);
  });

  it('sends what looks like headers, commands or HTML as mere text', async () => {
    const { url, mails } = await setUp();
    const text = 'Hi\n.\nQUIT\nBcc: eve@evil.example\n\n<img src=x onerror=alert(1)>\n--boundary';
    const subject = 'x <eve@evil.example>, "y" =?utf-8?q?z?= <b>';
    expect((await post(url, { body: { ...MESSAGE, subject, text } })).status).toBe(200);
    const [mail] = mails();
    if (mail === undefined) throw new Error('no mail');
    expect(mail.to).toEqual(['ada@example.org', 'bob@example.org']);
    expect(headerOf(mail, 'bcc')).toBeUndefined();
    expect(decodeHeader(headerOf(mail, 'subject') ?? '')).toBe(subject);
    expect(plainTextOf(mail).replace(/\r\n/g, '\n')).toBe(text);
    expect(mail.raw).not.toContain('text/html');
  });

  it.each([
    'Überprüfung schlägt fehl – 日本語のチェックリスト ✅ 🐙',
    '🐙'.repeat(90),
    'עברית ومرحبا',
    `${'ä'.repeat(199)}!`,
  ])('carries the subject "%s" whole', async (subject) => {
    const { url, mails } = await setUp();
    const text = `${subject}\nhttps://github.com/acme/app/issues/12?a=1&b=2`;
    expect((await post(url, { body: { ...MESSAGE, subject, text } })).status).toBe(200);
    const [mail] = mails();
    if (mail === undefined) throw new Error('no mail');
    expect(decodeHeader(headerOf(mail, 'subject') ?? '')).toBe(subject);
    expect(plainTextOf(mail).replace(/\r\n/g, '\n')).toBe(text);
  });

  it('takes marks that turn text around, and line separators, out of subjects', async () => {
    const { url, mails } = await setUp();
    const subject = 'Sync \u202efailed\u202c\u2066 on\u2028 acme\u200f/app\u061c';
    expect((await post(url, { body: { ...MESSAGE, subject } })).status).toBe(200);
    const [mail] = mails();
    if (mail === undefined) throw new Error('no mail');
    expect(decodeHeader(headerOf(mail, 'subject') ?? '')).toBe('Sync failed on acme/app');
  });

  it('lets no web page read its answers, and knows no other path', async () => {
    const { url } = await setUp();
    const answer = await post(url, { headers: { origin: 'https://evil.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(new URL('/', url))).status).toBe(404);
  });

  it('listens on this computer only, unless told otherwise', () => {
    const read = parseConfig(configOf(25));
    expect('config' in read && read.config.listen.host).toBe('127.0.0.1');
  });
});

describe('the configuration of a relay', () => {
  it.each([
    ['a short token', { token: 'short' }],
    ['a token with a line break', { token: `${TOKEN}\nx` }],
    ['a token of one letter', { token: 'a'.repeat(32) }],
    ['a word again and again', { token: 'password'.repeat(5) }],
    ['the alphabet', { token: 'abcdefghijklmnopqrstuvwxyz01234567' }],
    ['listening to the network without TLS', { listen: { host: '0.0.0.0' } }],
    ['half a confession', { listen: { host: '0.0.0.0', withoutTls: true } }],
    ['no recipient', { to: [] }],
    ['a group instead of a recipient', { to: ['friends: a@b.example, c@d.example;'] }],
    ['a name with its address', { from: 'Relay <relay@example.org>' }],
    ['an address with a line break', { from: 'relay@example.org\r\nBcc: x@y.example' }],
    [
      'a mail server elsewhere without TLS',
      { smtp: { host: 'mx.example.org', port: 25, tls: 'none' } },
    ],
    ['a setting that is not known', { bcc: ['eve@evil.example'] }],
  ])('refuses %s', (_, change) => {
    expect('mistakes' in parseConfig({ ...configOf(25), ...change })).toBe(true);
  });
});

it('a relay hears nobody for a while who came with five wrong tokens, not even with the right one', async () => {
  let now = 0;
  const sent: string[] = [];
  const app = createRelay(
    { token: TOKEN, mailsPerHour: 60 },
    {
      sendMail: async (key) => {
        sent.push(key);
        return { kind: 'sent' };
      },
      keys: { find: () => undefined, add: () => {} },
      now: () => now,
      log: () => {},
    },
  );
  const from = (remoteAddress: string, more: Post['headers'] = {}) =>
    app.request(
      MESSAGES_PATH,
      { method: 'POST', headers: headers(more), body: JSON.stringify(MESSAGE) },
      { incoming: { socket: { remoteAddress } } },
    );
  const wrong = { authorization: 'Bearer wrong' };
  for (let guess = 0; guess < 5; guess++) {
    expect((await from('192.0.2.1', wrong)).status).toBe(401);
  }
  const answer = await from('192.0.2.1');
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(sent).toEqual([]);
  expect((await from('192.0.2.2')).status).toBe(200);
  now += 1_000;
  expect((await from('192.0.2.1')).status).toBe(200);
  expect(sent).toHaveLength(2);
});

it('a relay listens to the network where its operator says in words that it may', () => {
  const withoutTls = 'others on the network can read the token and the mails';
  const listen = { host: '0.0.0.0', withoutTls };
  expect('config' in parseConfig({ ...configOf(25), listen })).toBe(true);
});

function injections(): readonly unknown[] {
  const fields = ['to', 'from', 'cc', 'bcc', 'replyTo', 'headers', 'html', 'attachments', 'smtp'];
  const breaks = ['\r\n', '\n', '\r', '\u0000', '\u0085', '\u000b'];
  return [
    ...fields.map((field) => ({ ...MESSAGE, [field]: 'eve@evil.example' })),
    ...breaks.map((end) => ({ ...MESSAGE, subject: `x${end}Bcc: eve@evil.example` })),
    { ...MESSAGE, text: 'x\r\n.\r\nRCPT TO:<eve@evil.example>' },
    { ...MESSAGE, subject: { toString: 'x' } },
    { ...MESSAGE, subject: ['x'] },
    { ...MESSAGE, text: { path: '/etc/passwd' } },
    { ...MESSAGE, text: { href: 'http://169.254.169.254/' } },
    { ...MESSAGE, version: 2 },
    { ...MESSAGE, kind: 'other' },
    { ...MESSAGE, subject: 'x'.repeat(201) },
    { ...MESSAGE, subject: '' },
    [],
    null,
    'text',
  ];
}

async function setUp(change: Partial<RelayConfig> = {}, behaviourOf?: (mail: number) => Behaviour) {
  const smtp = await startSmtp(0, behaviourOf);
  const { url } = await start(smtp.port, change);
  return { url, mails: () => smtp.mails };
}

async function startSmtp(port = 0, behaviourOf?: (mail: number) => Behaviour): Promise<MailServer> {
  const smtp = await startMailServer(port, behaviourOf);
  closing.push(smtp.close);
  return smtp;
}

async function start(smtpPort: number, change: Partial<RelayConfig> = {}) {
  const read = parseConfig({ ...configOf(smtpPort), ...change });
  if ('mistakes' in read) throw new Error(read.mistakes.join());
  const relay = await startRelay(read.config, () => {});
  closing.push(relay.close);
  return { url: `http://127.0.0.1:${relay.port}${MESSAGES_PATH}`, close: relay.close };
}

function configOf(smtpPort: number) {
  return {
    token: TOKEN,
    from: 'relay@example.org',
    to: ['ada@example.org', 'bob@example.org'],
    smtp: { host: '127.0.0.1', port: smtpPort, tls: 'none' },
    listen: { port: 0 },
  };
}

interface Post {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

function post(url: string, { body = MESSAGE, headers: more = {} }: Post): Promise<Response> {
  return fetch(url, { method: 'POST', headers: headers(more), body: JSON.stringify(body) });
}

function headers(more: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const all = {
    authorization: `Bearer ${TOKEN}`,
    'content-type': 'application/json',
    'idempotency-key': KEY,
    ...more,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function run<T>(_: string, work: () => Promise<T>): Promise<T> {
  return work();
}
