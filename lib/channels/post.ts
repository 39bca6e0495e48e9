import type { SendOutcome } from '../core/alerts/outbox.ts';

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

/** A request is given up after this time: below the 30 s at which browsers kill workers. */
const POST_TIMEOUT_MS = 12_000;

const ANSWER_LIMIT = 2_000;

/**
 * Sends JSON once: without cookies, past every cache, and without following a redirect, which would carry text and
 * token elsewhere. Never rejects.
 */
export async function postJson(
  fetch: typeof globalThis.fetch,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  now: () => number,
): Promise<Posted> {
  if (globalThis.navigator?.onLine === false) return { kind: 'offline' };
  const response = await send(fetch, url, headers, body);
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
    retryAt: parseRetryAfter(response.headers.get('retry-after'), now()),
  };
}

/** Seconds or a date (RFC 9110, 10.2.3) as milliseconds since 1970; undefined when there is none. */
function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const at = /^\d{1,9}$/.test(value) ? now + Number(value) * 1_000 : Date.parse(value);
  return Number.isFinite(at) ? Math.max(at, now) : undefined;
}

async function send(
  fetch: typeof globalThis.fetch,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
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
