import { createSecureServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { localCertificate } from '../local-github/certificate.ts';

/** The address of a webhook as Slack gives it; its path is the secret. */
export const WEBHOOK = 'https://hooks.slack.com/services/T00000000/B00000000/SecretOfTheWebhook';

/** What came of a POST, as Slack answers it in plain text. */
export interface SlackAnswer {
  readonly status: number;
  readonly text: string;
}

/** Slack's incoming webhooks on loopback; `localCertificate` is what the test browsers trust. */
export interface Slack {
  readonly port: number;
  /** Bodies that were taken, in order; refused ones too. */
  readonly posts: readonly { readonly path: string; readonly body: unknown }[];
  /** What the next messages are answered with; `hang up` takes them and never says so. Slack's own `ok` at first. */
  answer: SlackAnswer | 'hang up';
  close(): Promise<void>;
}

/** Starts one on a free port. */
export async function startSlack(): Promise<Slack> {
  const { key, cert } = await localCertificate();
  const posts: { path: string; body: unknown }[] = [];
  // HTTP/2, as Slack speaks: over it browsers never repeat what is sent as a stream.
  const server = createSecureServer({ key, cert }, async (request, response) => {
    const body = await text(request);
    // Whether it is there at all.
    if (request.url === '/') return response.writeHead(404).end();
    posts.push({ path: request.url, body: JSON.parse(body) });
    const { answer } = slack;
    if (answer === 'hang up') return request.stream.session?.destroy();
    response.writeHead(answer.status, { 'content-type': 'text/html' }).end(answer.text);
  });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const slack: Slack = {
    port: (server.address() as AddressInfo).port,
    posts,
    answer: { status: 200, text: 'ok' },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
  return slack;
}
