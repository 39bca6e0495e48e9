import type { AlertMessage } from '../core/alerts/alert-message.ts';
import { cutLines } from '../core/alerts/cut-lines.ts';
import type { SendOutcome } from '../core/alerts/outbox.ts';
import { fail, failure, type Result, succeed } from '../core/failure.ts';
import { cleanLine, cutTitle } from '../core/plan/title.ts';
import { type Answer, outcomeOf, postJson } from './post.ts';

/** A relay that turns messages into e-mails, as `docs/relay-api.md` describes it. */
export interface RelayAddress {
  /** As `parseRelayUrl` gives it. */
  readonly url: string;
  readonly token: string;
}

/** The version of the interface that messages name. */
const VERSION = 1;
/** What a relay must take; counted in UTF-16 units. */
const SUBJECT_LIMIT = 200;
const TEXT_LIMIT = 20_000;
const REASON_LIMIT = 200;

/**
 * Reads the address of a relay: https, or http on this computer itself. Addresses with a name or a password in them are
 * refused: they would be seen where addresses are shown. Fails with `relay-address`.
 */
export function parseRelayUrl(text: string): Result<string> {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url === undefined) return refuse('it is not an address.');
  if (url.username !== '' || url.password !== '') return refuse('it holds a name or a password.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refuse('without https everybody on the way could read the token.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('it is not https.');
  url.hash = '';
  return succeed(url.href);
}

/** The permission to ask the browser for: exactly this host (Firefox knows no ports in patterns). */
export function hostPermission(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}

/** Sends a message to a relay once. `key` stays the same for one message: the relay delivers it once. */
export async function sendToRelay(
  fetch: typeof globalThis.fetch,
  relay: RelayAddress,
  message: { readonly key: string; readonly payload: AlertMessage },
  now: () => number,
): Promise<SendOutcome> {
  // What is stored may be older than the rules.
  const url = parseRelayUrl(relay.url);
  if (!url.ok) return { kind: 'refused', reason: url.failure.message };
  // Such a token cannot be sent as a header at all.
  if (!/^[\x21-\x7e]+$/.test(relay.token)) return { kind: 'refused', reason: 'bad token' };
  const { kind } = message.payload;
  const headers = { authorization: `Bearer ${relay.token}`, 'idempotency-key': message.key };
  const subject = cutTitle(cleanLine(message.payload.subject), SUBJECT_LIMIT).title;
  const text = cutLines(message.payload.text.toWellFormed(), TEXT_LIMIT);
  const body = { version: VERSION, kind, subject, text };
  return outcomeOf(await postJson(fetch, url.value, headers, body, now), outcomeOfAnswer);
}

function outcomeOfAnswer(answer: Answer): SendOutcome {
  const { status, retryAt } = answer;
  if (status >= 200 && status < 300) return outcomeOfSuccess(answer);
  // These say that nothing was sent; other errors of a server do not.
  if (status === 429 || status === 503) {
    return { kind: 'later', ...(retryAt !== undefined && { retryAt }) };
  }
  if (status >= 500 || status === 408) return { kind: 'unknown' };
  return { kind: 'refused', reason: reasonOf(answer) };
}

function outcomeOfSuccess({ contentType, text }: Answer): SendOutcome {
  // Any web site answers 200; nobody should believe that it sends mails.
  if (!/^application\/json\b/i.test(contentType)) {
    return { kind: 'refused', reason: 'there is no relay at this address' };
  }
  const answer = parseObject(text ?? '');
  // Cut off on the way: the key makes asking again harmless.
  if (answer === undefined) return { kind: 'unknown' };
  if (answer.status === 'sent') return { kind: 'sent' };
  return { kind: 'refused', reason: 'there is no relay at this address' };
}

function reasonOf({ status, text }: Answer): string {
  const answer = parseObject(text ?? '');
  const message = typeof answer?.message === 'string' ? cleanLine(answer.message) : '';
  return message === '' ? `status ${status}` : cutTitle(message, REASON_LIMIT).title;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function refuse(reason: string): Result<never> {
  return fail(failure('relay-address', { reason }));
}
