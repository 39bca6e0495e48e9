import { cutLines } from '../core/alerts/alert-message.ts';
import type { SendOutcome } from '../core/alerts/outbox.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { Channel, SentMessage } from './channel.ts';
import { type Answer, outcomeOf, postOnce, readAddress, reasonOf } from './post.ts';

/** Any receiver of JSON, signed after the Standard Webhooks specification 1.0.0, as `docs/webhook.md` describes it. */
export const webhook: Channel = {
  title: 'Webhook',
  sentenceName: 'The webhook',
  about:
    'Posts signed JSON to a server of yours or to a flow in n8n, Make or Power Automate, which can pass it on to Teams, Discord and others. A message whose arrival is not confirmed is shown here and never sent twice automatically.',
  fields: [
    {
      name: 'url',
      label: 'Webhook URL',
      hint: 'Whoever has it may be able to post, so web pages and exports never see it. The browser asks whether Masterlist may reach this host, and only this one.',
    },
    {
      name: 'secret',
      label: 'Signing secret',
      hint: 'whsec_ and 24 to 64 random bytes in Base64. The receiver uses the same secret to verify messages.',
    },
  ],
  saved: 'Saved. Send a test to see that a message arrives.',
  tested: 'The webhook accepted it: see whether it arrived.',
  repair: 'Correct its URL and secret in the options, then send it again.',
  // Receivers may know a repeat by its id, but need not.
  knowsRepeats: false,
  parse: ({ url = '', secret = '' }) => {
    const address = readAddress(url);
    if (address.url === undefined) {
      return refuse('webhook address', address.problem, "Enter the webhook's HTTPS URL.");
    }
    if (keyOf(secret) === undefined) return refuse('signing secret', NO_SECRET, MAKE_SECRET);
    return succeed({ url: address.url, token: secret });
  },
  send: async (ports, { url, token: secret = '' }, message) => {
    const address = webhook.parse({ url, secret });
    const key = keyOf(secret);
    if (!address.ok) return { kind: 'refused', reason: address.failure.message };
    if (key === undefined) return { kind: 'refused', reason: NO_SECRET };
    const body = bodyOf(message);
    const headers = await sign(key, message.id, Math.floor(ports.clock.now() / 1_000), body);
    return outcomeOf(await postOnce(ports, { url: address.value.url, headers, body }), judge);
  },
};

const NO_SECRET = 'it must be whsec_ followed by 24 to 64 bytes in Base64.';
const MAKE_SECRET = 'Copy it from the receiver, or make one: docs/webhook.md says how.';
const SHORTEST_KEY = 24;
const LONGEST_KEY = 64;

function keyOf(secret: string): Uint8Array<ArrayBuffer> | undefined {
  const [, encoded] =
    /^whsec_((?:[A-Za-z\d+/]{4})+(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?)$/.exec(secret) ?? [];
  if (encoded === undefined) return undefined;
  const key = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  return key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY ? key : undefined;
}

/** The specification advises to stay below 20 kB; some characters have four bytes. */
const TEXT_LIMIT = 4_000;

function bodyOf({ payload: { kind, subject, text } }: SentMessage): string {
  const whole = text.startsWith(subject) ? text : `${subject}\n${text}`;
  return JSON.stringify({
    type: `masterlist.${kind}`,
    subject: subject.toWellFormed(),
    text: cutLines(whole.toWellFormed(), TEXT_LIMIT),
  });
}

async function sign(
  key: Uint8Array<ArrayBuffer>,
  id: string,
  seconds: number,
  body: string,
): Promise<Readonly<Record<string, string>>> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const signer = await crypto.subtle.importKey('raw', key, hmac, false, ['sign']);
  const signed = new TextEncoder().encode(`${id}.${seconds}.${body}`);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', signer, signed));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${btoa(String.fromCharCode(...signature))}`,
  };
}

function judge(answer: Answer): SendOutcome {
  const { status, retryAt } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  // These say that nothing was done; other errors of a server do not.
  if (status === 429 || status === 503) {
    return { kind: 'later', ...(retryAt !== undefined && { retryAt }) };
  }
  if (status < 400 || status >= 500 || status === 408) return { kind: 'unknown' };
  return { kind: 'refused', reason: REASONS.get(status) ?? reasonOf('', answer) };
}

const UNSIGNED = 'it does not accept the signature, or expects another kind of authentication.';
const GONE = 'there is no webhook at this address.';

/** What the specification and HTTP mean by a status, in words: bodies of such answers are often pages of HTML. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [400, 'it expects another kind of message (status 400).'],
  [401, UNSIGNED],
  [403, UNSIGNED],
  [404, GONE],
  [405, GONE],
  [410, GONE],
]);

function refuse(field: string, reason: string, repair: string): Result<never> {
  return fail(failure('channel-field', { field, reason, repair }));
}
