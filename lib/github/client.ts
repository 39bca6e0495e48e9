import { Octokit } from '@octokit/rest';
import { isSendable } from '../core/account.ts';
import { apiUrl, graphqlUrl } from '../core/refs.ts';
import type { Gate } from './gate.ts';
import { streamBodies } from './stream-bodies.ts';

/** REST version that every request names (GitHub supports it until 2028-03-10). */
const API_VERSION = '2022-11-28';

/** What a client is made of. */
export interface ClientOptions {
  readonly host: string;
  /** Undefined: public data only, 60 requests an hour. */
  readonly token: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** After this many milliseconds a request is given up. */
  readonly timeoutMs: number;
  /** Remembers which origins take streamed bodies, so that no browser repeats a write by itself; undefined: bodies go out whole. */
  readonly streams?: Map<string, boolean> | undefined;
  /** Of the account, shared by all who ask under it; undefined: every request is sent. */
  readonly gate?: Gate | undefined;
}

/** One host as one account sees it. */
export interface Client {
  readonly host: string;
  readonly token: TokenKind;
  readonly octokit: Octokit;
  readonly gate: Gate | undefined;
}

/** What kind of token a client holds; GitHub refuses them in different words. */
export type TokenKind = 'none' | 'classic' | 'fine-grained';

/** Builds a client for one host. No library retries anything: a repeated POST is a second issue. */
export function createClient(options: ClientOptions): Client {
  const octokit = new Octokit({
    ...(options.token !== undefined && { auth: options.token }),
    baseUrl: apiUrl(options.host),
    userAgent: 'masterlist',
    log: SILENT,
    request: { fetch: guardedFetch(options) },
  });
  octokit.hook.before('request', (request) => {
    request.headers['x-github-api-version'] = API_VERSION;
  });
  octokit.hook.after('request', (response) => {
    if (response.status !== 204 && !isJson(response.data)) throw new UnreadableAnswer();
  });
  const { host, token, gate } = options;
  return { host, token: tokenKind(token), octokit, gate };
}

/** Tells the kind of a token by its prefix, which GitHub gives to all tokens since 2021. */
function tokenKind(token: string | undefined): TokenKind {
  if (token === undefined) return 'none';
  return token.startsWith('github_pat_') ? 'fine-grained' : 'classic';
}

/** GitHub answered with success, but the answer is cut off or not JSON: the request may well have been done. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

/** GitHub answered a write with a redirect; the write was not done. */
export class RedirectedWrite extends Error {
  override readonly name = 'RedirectedWrite';
}

/** The browser is offline: the request was never sent. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/** GitHub asked this account to wait: the request was never sent. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  /** Milliseconds since 1970. */
  readonly until: number;

  constructor(until: number) {
    super();
    this.until = until;
  }
}

/** The token cannot be sent: it contains a character that no token has. */
export class MalformedToken extends Error {
  override readonly name = 'MalformedToken';
}

/** A request of ours that no browser would send: our own fault, not the network's. Its message names no secret. */
export class NotSendable extends Error {
  override readonly name = 'NotSendable';
}

const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

/**
 * A fetch that asks the API's own origin only, past every cache and without cookies, each request under its own clock, and
 * none while GitHub asks the account to wait.
 * Writes follow no redirect: a followed POST would become a GET and look like success.
 */
function guardedFetch(options: ClientOptions): typeof globalThis.fetch {
  const { origin } = new URL(apiUrl(options.host));
  const send =
    options.streams === undefined
      ? options.fetch
      : streamBodies(options.fetch, graphqlUrl(options.host), options.streams);
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    // A Link header names the next page; the token must not follow it elsewhere.
    if (url.origin !== origin) throw new NotSendable(`it would have gone to ${url.origin}.`);
    checkHeaders(options.token, init.headers);
    const reads = (init.method ?? 'GET') === 'GET';
    if (!reads && globalThis.navigator?.onLine === false) throw new NotSent();
    const closed = await options.gate?.closedUntil();
    if (closed !== undefined) throw new NotYet(closed);
    const response = await send(url.href, {
      ...init,
      cache: 'no-store',
      credentials: 'omit',
      redirect: reads ? 'follow' : 'manual',
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    if (!reads && isRedirect(response)) throw new RedirectedWrite();
    if (response.redirected && new URL(response.url).origin !== origin) {
      throw new Error('Refused an answer from another address');
    }
    return response;
  };
}

/** A header that cannot be sent makes `fetch` fail like a network that is down, and some browsers quote it. */
function checkHeaders(token: string | undefined, headers: RequestInit['headers']): void {
  if (token !== undefined && !isSendable(token)) throw new MalformedToken();
  try {
    new Headers(headers);
  } catch {
    throw new NotSendable('one of its headers cannot be sent.');
  }
}

/** Browsers hide a redirect that is not followed behind status 0. */
function isRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(response.status);
}

/** Octokit hands cut-off JSON and HTML pages on as text, with a success status. */
function isJson(data: unknown): boolean {
  return typeof data === 'object' && data !== null && !(data instanceof ArrayBuffer);
}
