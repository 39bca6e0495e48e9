import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { webhook } from '../../lib/channels/webhook.ts';
import { NOW } from '../core/alerts/samples.ts';

const KEY = Buffer.from('0123456789abcdef0123456789abcdef');
const SECRET = `whsec_${KEY.toString('base64')}`;
const URL_OF = 'https://hooks.example.com/flow?key=1';
const PAYLOAD = {
  kind: 'alert',
  subject: 'Sync failed: acme/app#12',
  text: 'Sync failed: acme/app#12\n"Größe 🐙" cannot be read.',
} as const;
const MESSAGE = { id: '01K0G5T7Q4V0W8Z3N6M2R9X1YB', payload: PAYLOAD };

describe("a webhook's address and secret", () => {
  it.each([URL_OF, 'http://127.0.0.1:8025/', 'http://localhost/hook'])('may be %s', (url) => {
    const value = { url, token: SECRET };
    expect(webhook.parse({ url, secret: SECRET })).toEqual({ ok: true, value });
  });

  it.each(['', 'hooks.example.com', 'http://hooks.example.com/', 'https://me:pw@example.com/'])(
    'may not be "%s"',
    (url) => {
      const message = expect.stringContaining('This webhook address cannot be used: ');
      expect(webhook.parse({ url, secret: SECRET })).toMatchObject({ failure: { message } });
    },
  );

  it.each([24, 25, 26, 32, 64])('takes a secret of %i bytes', (length) => {
    const secret = `whsec_${Buffer.alloc(length, 7).toString('base64')}`;
    expect(webhook.parse({ url: URL_OF, secret }).ok).toBe(true);
  });

  it.each([
    '',
    KEY.toString('base64'),
    `whsec_${KEY.toString('base64').slice(0, -1)}`,
    `whsec_${KEY.toString('hex')}!`,
    `whsec_${Buffer.alloc(23).toString('base64')}`,
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    `whsk_${KEY.toString('base64')}`,
  ])('refuses the secret "%s"', (secret) => {
    const message = expect.stringContaining('This signing secret cannot be used: ');
    expect(webhook.parse({ url: URL_OF, secret })).toMatchObject({ failure: { message } });
  });
});

describe('sending to a webhook', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it('posts JSON whose signature the receiver computes itself', async () => {
    const { url, received } = await listen(204);
    expect(await send(url)).toEqual({ kind: 'sent' });
    const [one, ...others] = received;
    if (one === undefined) throw new Error('nothing was received');
    expect(others).toEqual([]);
    const { 'webhook-id': id, 'webhook-timestamp': seconds } = one.headers;
    expect([id, seconds]).toEqual([MESSAGE.id, String(Math.floor(NOW / 1_000))]);
    const mac = createHmac('sha256', KEY).update(`${id}.${seconds}.${one.body}`).digest('base64');
    expect(one.headers['webhook-signature']).toBe(`v1,${mac}`);
    expect(one.headers['content-type']).toBe('application/json');
    expect(one.headers.cookie).toBeUndefined();
    expect(JSON.parse(one.body)).toEqual({
      type: 'masterlist.alert',
      subject: PAYLOAD.subject,
      text: PAYLOAD.text,
    });
  });

  it('says the subject first in the text, once', async () => {
    const { url, received } = await listen(200);
    const payload = { kind: 'digest', subject: 'Weekly summary', text: '2 items ticked' } as const;
    await send(url, { ...MESSAGE, payload });
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      type: 'masterlist.digest',
      text: 'Weekly summary\n2 items ticked',
    });
  });

  it.each([
    [200, 'sent'],
    [202, 'sent'],
    [429, 'later'],
    [503, 'later'],
    [302, 'refused'],
    [400, 'refused'],
    [401, 'refused'],
    [410, 'refused'],
    [422, 'refused'],
    [408, 'unknown'],
    [500, 'unknown'],
    [504, 'unknown'],
  ])('takes the status %i as "%s"', async (status, kind) => {
    const { url } = await listen(status);
    expect((await send(url)).kind).toBe(kind);
  });

  it('says in words why it is refused, and repeats nothing of the answer', async () => {
    const { url } = await listen(404);
    const reason = 'there is no webhook at this address.';
    expect(await send(url)).toEqual({ kind: 'refused', reason });
    const other = await listen(422);
    expect(await send(other.url)).toEqual({ kind: 'refused', reason: 'status 422' });
  });

  it('does not know what became of a message when the receiver hangs up, and sends no second one', async () => {
    const { url, received } = await listen('hang up');
    expect(await send(url)).toEqual({ kind: 'unknown' });
    expect(received).toHaveLength(1);
    expect(webhook.knowsRepeats).toBe(false);
  });

  it('sends nothing with an address or a secret that may not be used', async () => {
    const { url, received } = await listen(200);
    for (const address of [
      { url, token: 'whsec_short' },
      { url },
      { url: 'http://192.168.1.2/', token: SECRET },
    ]) {
      const outcome = await webhook.send(PORTS, address, MESSAGE);
      expect(outcome.kind).toBe('refused');
    }
    expect(received).toEqual([]);
  });

  /** A receiver on this computer. What `postOnce` asks its host first is no message. */
  async function listen(answer: number | 'hang up') {
    const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
    server = createServer(async (request, response) => {
      const body = Buffer.concat(await Array.fromAsync(request)).toString();
      const isMessage = request.url === '/hook';
      if (isMessage) received.push({ headers: request.headers, body });
      if (isMessage && answer === 'hang up') request.socket.destroy();
      else response.writeHead(isMessage && answer !== 'hang up' ? answer : 404).end();
    });
    const listening = server;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const { port } = listening.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/hook`, received };
  }
});

const PORTS = { fetch, clock: { now: () => NOW } };

function send(url: string, message: Parameters<typeof webhook.send>[2] = MESSAGE) {
  return webhook.send(PORTS, { url, token: SECRET }, message);
}
