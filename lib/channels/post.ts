import type { SendOutcome } from '../core/alerts/outbox.ts';
import { cleanLine, cutTitle } from '../core/plan/title.ts';
import { canStream, STREAM_REFUSALS, streamed } from '../core/stream-body.ts';
import type { SendingPorts } from './channel.ts';

/** A POST of JSON. */
export interface JsonRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as text: some channels sign it. */
  readonly body: string;
}

/** What came of a POST. */
export type Posted =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly contentType: string;
      /** At most `ANSWER_LIMIT` characters; undefined when it broke off. */
      readonly text: string | undefined;
      /** Milliseconds since 1970, where `Retry-After` names a time. */
      readonly retryAt: number | undefined;
    }
  /** Another address was named instead of an answer; it is not followed. */
  | { readonly kind: 'redirect' }
  /** The browser is offline: nothing was sent. */
  | { readonly kind: 'offline' }
  /** The host was asked first, and does not answer: nothing of the message was sent. */
  | { readonly kind: 'unreachable' }
  /** No answer, or none in time: nobody knows whether it was done. */
  | { readonly kind: 'silence' };

/** An answer to a POST. */
export type Answer = Extract<Posted, { kind: 'answer' }>;

type Fetch = typeof globalThis.fetch;

/** A request is given up after this time: below the 30 s at which browsers kill workers. */
const POST_TIMEOUT_MS = 12_000;

const ANSWER_LIMIT = 2_000;

/**
 * Sends JSON once: without cookies, past every cache, and without following a redirect, which would carry text and
 * token elsewhere. Never rejects.
 */
export async function postJson(
  { fetch, clock }: SendingPorts,
  request: JsonRequest,
): Promise<Posted> {
  if (globalThis.navigator?.onLine === false) return { kind: 'offline' };
  const response = await send(fetch, request);
  if (response === undefined) return { kind: 'silence' };
  const isRedirect = response.status >= 300 && response.status < 400;
  // Browsers hide a redirect that is not followed behind status 0.
  if (isRedirect || response.type === 'opaqueredirect') return { kind: 'redirect' };
  return {
    kind: 'answer',
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    text: await response.text().then(
      (text) => text.slice(0, ANSWER_LIMIT),
      () => undefined,
    ),
    retryAt: parseRetryAfter(response.headers.get('retry-after'), clock.now()),
  };
}

/** Seconds or a date (RFC 9110, 10.2.3) as milliseconds since 1970; undefined when there is none. */
function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const at = /^\d{1,9}$/.test(value) ? now + Number(value) * 1_000 : Date.parse(value);
  return Number.isFinite(at) ? Math.max(at, now) : undefined;
}

async function send(
  fetch: Fetch,
  { url, headers, body }: JsonRequest,
): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(POST_TIMEOUT_MS),
    });
  } catch {
    return undefined;
  }
}

/** A host that does not answer a question in this time is not given the message. */
const ASK_TIMEOUT_MS = 5_000;

/**
 * Sends JSON so that the browser does not repeat it, for receivers that know no idempotency key. Its host is
 * asked an empty question first: whether it takes streamed bodies, which browsers never repeat, and whether it can be
 * reached at all; if not, nothing of the message was sent. Over HTTP/1.1, and in browsers without streams (Firefox), the
 * browser may still repeat it when a connection dies at the wrong moment. Never rejects.
 */
export async function postOnce(ports: SendingPorts, request: JsonRequest): Promise<Posted> {
  const whole = () => postJson(ports, request);
  if (!canStream() || globalThis.navigator?.onLine === false) return whole();
  const way = await findWay(ports.fetch, new URL('/', request.url).href);
  if (way === undefined) return { kind: 'unreachable' };
  if (way === 'whole') return whole();
  const posted = await postJson({ ...ports, fetch: streaming(ports.fetch) }, request);
  // It says that it did not read the message: nothing was posted.
  const isRefused = posted.kind === 'answer' && STREAM_REFUSALS.has(posted.status);
  return isRefused ? whole() : posted;
}

/** How the host takes bodies; undefined when it cannot be reached. */
async function findWay(fetch: Fetch, host: string): Promise<'stream' | 'whole' | undefined> {
  const status = await ask(streaming(fetch), host);
  if (status === 'late') return undefined;
  // Where it fails it may be the stream's fault or the network's: the whole body tells which.
  if (status !== 'failed' && !STREAM_REFUSALS.has(status)) return 'stream';
  return typeof (await ask(fetch, host)) === 'number' ? 'whole' : undefined;
}

/** Asks nothing in particular; any answer will do. */
async function ask(fetch: Fetch, host: string): Promise<number | 'failed' | 'late'> {
  try {
    const { status } = await fetch(host, {
      method: 'POST',
      body: '{}',
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    return status;
  } catch (error) {
    return error instanceof TypeError ? 'failed' : 'late';
  }
}

function streaming(fetch: Fetch): Fetch {
  return (input, init = {}) => fetch(input, streamed(init));
}

/** The words of an answer as one line, for the reason of a refusal; its status where there are none. */
export function reasonOf(words: string, { status }: Answer): string {
  const line = cleanLine(words);
  return line === '' ? `status ${status}` : cutTitle(line, REASON_LIMIT).title;
}

const REASON_LIMIT = 200;

/** What became of a message, by what came of its POST; `ofAnswer` judges an answer. */
export function outcomeOf(posted: Posted, ofAnswer: (answer: Answer) => SendOutcome): SendOutcome {
  switch (posted.kind) {
    case 'offline':
      return { kind: 'offline' };
    case 'unreachable':
      return { kind: 'later' };
    case 'silence':
      return { kind: 'unknown' };
    case 'redirect':
      return { kind: 'refused', reason: 'the address leads to another one' };
    case 'answer':
      return ofAnswer(posted);
  }
}

/**
 * Reads an address that messages are sent to: https, or http on this computer itself. Addresses with a name or a
 * password in them are refused: they would be seen where addresses are shown. Answers the address, or in words what is
 * the matter with it.
 */
export function readAddress(
  text: string,
): { readonly url: string } | { readonly url: undefined; readonly problem: string } {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const problem = url === undefined ? 'it is not an address.' : problemOf(url);
  if (url === undefined || problem !== undefined) return { url: undefined, problem: problem ?? '' };
  url.hash = '';
  return { url: url.href };
}

function problemOf(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'it contains a name or a password.';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return 'it is not https.';
  if (THIS_COMPUTER.includes(url.hostname)) return undefined;
  return /^(\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname)
    ? 'this computer must be written as localhost or 127.0.0.1.'
    : 'without https, others could read the messages.';
}

/** The names that the manifest's permissions and policy have for it. */
const THIS_COMPUTER: readonly string[] = ['localhost', '127.0.0.1'];

/** The permission that an address needs, for the browser to ask: exactly this host (Firefox knows no ports in patterns). */
export function hostPermission(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}
