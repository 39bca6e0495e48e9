import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SendingPorts } from '../../lib/channels/channel.ts';
import { consentFor } from '../../lib/channels/consent.ts';
import { hostPermission } from '../../lib/channels/post.ts';
import { relay } from '../../lib/channels/relay.ts';
import { escapeSlack, slack, slackBody } from '../../lib/channels/slack.ts';
import { NOW } from '../core/alerts/samples.ts';

const RELAY = { url: 'https://relay.example.org/v1/messages', token: 't'.repeat(32) };
const WEBHOOK = 'https://hooks.slack.com/services/T000/B000/XXXX';
const HOST = 'https://hooks.slack.com/';
const PAYLOAD = { kind: 'alert', subject: 'Sync failed', text: 'Sync failed\nOpen Sync.' } as const;
const MESSAGE = { id: 'KEY', payload: PAYLOAD };
const REFUSED = { code: 'channel-field' };
const JSON_TYPE = { 'content-type': 'application/json' };

afterEach(() => vi.unstubAllGlobals());

describe("a relay's address", () => {
  it.each([
    'https://relay.example.org/v1/messages',
    'https://relay.example.org:8443/x?y=1',
    'http://localhost:8025/v1/messages',
    'http://127.0.0.1:8025/v1/messages',
  ])('may be %s', (text) => {
    const { token } = RELAY;
    const value = { url: text, token };
    expect(relay.parse({ url: ` ${text} `, token })).toEqual({ ok: true, value });
  });

  it.each([
    '',
    'relay.example.org',
    'http://relay.example.org/',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://192.168.1.2/',
    'http://[::1]:8025/',
    'http://127.0.0.2:8025/',
    'https://user:secret@relay.example.org/',
    'https://user@relay.example.org/',
    'javascript:alert(1)',
    'data:text/plain,x',
    'file:///etc/passwd',
    'ftp://relay.example.org/',
    'chrome-extension://abc/x',
  ])('may not be "%s"', (text) => {
    expect(relay.parse({ ...RELAY, url: text })).toMatchObject({ failure: REFUSED });
  });

  it('asks the browser for that one host', () => {
    expect(hostPermission('https://relay.example.org:8443/x')).toBe('https://relay.example.org/*');
  });

  it('asks Firefox also whether data may be sent, and no other browser, which would refuse it', () => {
    const url = 'https://relay.example.org/x';
    const origins = ['https://relay.example.org/*'];
    expect(consentFor(url, false)).toEqual({ origins });
    const data_collection = ['websiteContent', 'personallyIdentifyingInfo'];
    expect(consentFor(url, true)).toEqual({ origins, data_collection });
  });
});

describe('sending to a relay', () => {
  it('posts JSON with token and key, and carries no cookie, no referrer and no redirect', async () => {
    const fetch = answering('{"status":"sent"}', { headers: JSON_TYPE });
    expect(await toRelay(fetch)).toEqual({ kind: 'sent' });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe(RELAY.url);
    expect(init).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      headers: { authorization: `Bearer ${RELAY.token}`, 'idempotency-key': 'KEY' },
    });
    expect(JSON.parse(String(init?.body))).toEqual({ version: 1, ...PAYLOAD });
  });

  it.each([
    [429, 'later'],
    [503, 'later'],
    [500, 'unknown'],
    [502, 'unknown'],
    [504, 'unknown'],
    [408, 'unknown'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [413, 'refused'],
    [302, 'refused'],
    [308, 'refused'],
  ])('takes the status %i as "%s"', async (status, kind) => {
    expect((await toRelay(answering('', { status }))).kind).toBe(kind);
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    [new Date(NOW + 60_000).toUTCString(), 60_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('waits as Retry-After: %s says', async (value, wait) => {
    const fetch = answering('', { status: 503, headers: { 'retry-after': value } });
    expect(await toRelay(fetch)).toEqual({ kind: 'later', retryAt: NOW + wait });
  });

  it('tells the reason of a refusal as one clean line', async () => {
    const body = JSON.stringify({ message: `The token\r\nis wrong.${'x'.repeat(999)}` });
    const outcome = await toRelay(answering(body, { status: 401, headers: JSON_TYPE }));
    expect(outcome).toMatchObject({ kind: 'refused' });
    const reason = outcome.kind === 'refused' ? outcome.reason : '';
    expect(reason).toMatch(/^The token is wrong\./);
    expect(reason.length).toBeLessThanOrEqual(200);
  });

  it('does not believe a web site that answers 200 to everything', async () => {
    const page = answering('<html>Welcome</html>', { headers: { 'content-type': 'text/html' } });
    const other = answering('{"ok":true}', { headers: JSON_TYPE });
    for (const fetch of [page, other]) {
      expect(await toRelay(fetch)).toEqual({
        kind: 'refused',
        reason: 'there is no relay at this address',
      });
    }
  });

  it('takes an answer that broke off as unknown', async () => {
    expect(await toRelay(answering('{"stat', { headers: JSON_TYPE }))).toEqual({ kind: 'unknown' });
    const broken = new ReadableStream({ start: (stream) => stream.error(new Error('reset')) });
    expect(await toRelay(answering(broken, { headers: JSON_TYPE }))).toEqual({ kind: 'unknown' });
  });

  it('takes silence as unknown, and an offline browser as not sent', async () => {
    const dead = vi.fn<typeof fetch>(async () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await toRelay(dead)).toEqual({ kind: 'unknown' });
    vi.stubGlobal('navigator', { onLine: false });
    const unused = vi.fn<typeof fetch>();
    expect(await toRelay(unused)).toEqual({ kind: 'offline' });
    expect(unused).not.toHaveBeenCalled();
  });

  it('sends nothing to an address or with a token that may not be used', async () => {
    const unused = vi.fn<typeof fetch>();
    const http = { ...RELAY, url: 'http://relay.example.org/' };
    const split = { ...RELAY, token: 'a\r\nX-Evil: 1' };
    for (const address of [http, split]) {
      const outcome = await relay.send(portsOf(unused), address, MESSAGE);
      expect(outcome.kind).toBe('refused');
    }
    expect(unused).not.toHaveBeenCalled();
  });

  it('cuts what is longer than a relay must take', async () => {
    const fetch = answering('{"status":"sent"}', { headers: JSON_TYPE });
    const payload = { ...PAYLOAD, subject: 's'.repeat(999), text: 'line\n'.repeat(9_999) };
    await relay.send(portsOf(fetch), RELAY, { ...MESSAGE, payload });
    const body = JSON.parse(String(fetch.mock.calls[0]?.[1]?.body));
    expect(body.subject.length).toBeLessThanOrEqual(200);
    expect(body.text.length).toBeLessThanOrEqual(20_000);
    expect(body.text.endsWith('line\n…')).toBe(true);
  });
});

describe("Slack's address", () => {
  it.each([WEBHOOK, 'https://hooks.slack-gov.com/services/T000/B000/XXXX'])('may be %s', (text) => {
    expect(slack.parse({ url: text })).toEqual({ ok: true, value: { url: text } });
  });

  it.each([
    'http://hooks.slack.com/services/T/B/X',
    'https://hooks.slack.com.evil.example/services/T/B/X',
    'https://evil.example/services/T/B/X',
    'https://hooks.slack.com:444/services/T/B/X',
    'https://user:pass@hooks.slack.com/services/T/B/X',
    'https://hooks.slack.com/',
    'https://hooks.slack.com/services/../x',
    'nonsense',
  ])('may not be %s', (text) => {
    expect(slack.parse({ url: text })).toMatchObject({ failure: REFUSED });
  });
});

describe('sending to Slack', () => {
  it.each([
    [200, 'ok', 'sent'],
    [200, '<html>', 'unknown'],
    [429, '', 'later'],
    [500, 'rollup_error', 'unknown'],
    [503, '', 'unknown'],
    [400, 'invalid_payload', 'refused'],
    [403, 'action_prohibited', 'refused'],
    [404, 'channel_not_found', 'refused'],
    [410, 'channel_is_archived', 'refused'],
    [302, '', 'refused'],
  ])('takes %i %s as "%s"', async (status, text, kind) => {
    const outcome = await toSlack(answering(text, { status }));
    expect(outcome.kind).toBe(kind);
  });

  it('says in words why a webhook is refused, and what it does not know as Slack says it', async () => {
    const reasonOf = async (text: string) => toSlack(answering(text, { status: 404 }));
    expect(await reasonOf('no_service')).toMatchObject({
      reason: expect.stringContaining('webhook does not exist'),
    });
    expect(await reasonOf('channel_is_archived')).toMatchObject({
      reason: expect.stringContaining('channel is archived'),
    });
    expect(await reasonOf('toString')).toMatchObject({ reason: 'toString' });
    expect(await reasonOf('')).toMatchObject({ reason: 'status 404' });
  });

  it('takes silence after the message as unknown', async () => {
    const { send, seen } = slackHost((_, url) =>
      url === WEBHOOK ? Promise.reject(new TypeError('reset')) : new Response(''),
    );
    expect(await toSlack(send)).toEqual({ kind: 'unknown' });
    expect(seen).toEqual([`stream ${HOST}`, `stream ${WEBHOOK}`]);
  });

  it('sends nothing of the message, and tries again later, where Slack cannot be reached', async () => {
    for (const error of [new TypeError('no such host'), new DOMException('', 'TimeoutError')]) {
      const { send, seen } = slackHost(() => Promise.reject(error));
      expect(await toSlack(send)).toEqual({ kind: 'later' });
      expect(seen.filter((line) => line.includes(WEBHOOK))).toEqual([]);
    }
  });

  it.each([
    ['over HTTP/1.1, where browsers refuse streams', () => Promise.reject(new TypeError())],
    ['where it wants a length', () => new Response('', { status: 411 })],
  ])('sends it whole, once, %s', async (_, refuse) => {
    const { send, seen } = slackHost((isStream) => (isStream ? refuse() : new Response('ok')));
    expect(await toSlack(send)).toEqual({ kind: 'sent' });
    expect(seen.filter((line) => line.includes(WEBHOOK))).toEqual([`whole ${WEBHOOK}`]);
  });

  it('lets nobody mention, format or link by a title', () => {
    const evil = '<!channel> <@U123> <https://evil.example|GitHub> & @here @channel &lt;!here&gt;';
    expect(escapeSlack(evil)).toBe(
      '&lt;!channel&gt; &lt;@\u2060U123&gt; &lt;https://evil.example|GitHub&gt; &amp; @\u2060here @\u2060channel &amp;lt;!here&amp;gt;',
    );
    expect(slackBody(PAYLOAD)).toMatchObject({ mrkdwn: false, link_names: false, parse: 'none' });
  });

  it('leaves no control sequence in any text', () => {
    const hostile = fc.stringMatching(/^[<>&!@#|a-z;\n]{0,80}$/);
    fc.assert(
      fc.property(hostile, (text) => {
        const sent = String(slackBody({ kind: 'alert', subject: 'x', text }).text);
        expect(sent).not.toMatch(/[<>]|@\w|&(?!(amp|lt|gt);)/);
      }),
    );
  });

  it('says the subject once, and cuts what is too long at a line', () => {
    expect(slackBody(PAYLOAD).text).toBe('Sync failed\nOpen Sync.');
    const long = slackBody({ ...PAYLOAD, text: 'a line of text\n'.repeat(9_999) }).text;
    expect(String(long).length).toBeLessThan(4_000);
    expect(String(long).endsWith('text\n…')).toBe(true);
  });
});

type Body = ConstructorParameters<typeof Response>[0];

function answering(body: Body, init: ResponseInit = {}) {
  return vi.fn<typeof fetch>(async () => new Response(body, init));
}

/** Slack's host; it remembers what came as a stream. */
function slackHost(answer: (isStream: boolean, url: string) => Response | Promise<Response>) {
  const seen: string[] = [];
  const send: typeof fetch = async (input, init) => {
    const isStream = init?.body instanceof ReadableStream;
    seen.push(`${isStream ? 'stream' : 'whole'} ${input}`);
    return answer(isStream, String(input));
  };
  return { send, seen };
}

function toRelay(fetch: typeof globalThis.fetch) {
  return relay.send(portsOf(fetch), RELAY, MESSAGE);
}

function toSlack(fetch: typeof globalThis.fetch) {
  return slack.send(portsOf(fetch), { url: WEBHOOK }, MESSAGE);
}

function portsOf(fetch: typeof globalThis.fetch): SendingPorts {
  return { fetch, clock: { now: () => NOW } };
}
