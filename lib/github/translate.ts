import { type Failure, type FailureCode, failure } from '../core/failures.ts';
import { formatRepo, type RepoRef } from '../core/refs.ts';
import {
  MalformedToken,
  NotSendable,
  NotSent,
  NotYet,
  RedirectedWrite,
  type TokenKind,
  UnreadableAnswer,
} from './client.ts';
import { header, isLimit, limited, limitFailure, type Refusal } from './limits.ts';

/** What was asked when something went wrong: the same error means different things for reads and writes. */
export interface Asked {
  /** After a failed write nobody knows whether it was done, unless GitHub says so. */
  readonly access: 'read' | 'write';
  readonly repo: RepoRef | undefined;
  readonly host: string;
  readonly token: TokenKind;
}

/** Turns what Octokit throws into a failure: headers first, GitHub's words last. `now` in milliseconds. */
export function translate(error: unknown, asked: Asked, now: number = Date.now()): Failure {
  if (isGraphqlError(error)) return translateGraphql(error, asked, now);
  const refusal = isHttpError(error) ? error.response : undefined;
  if (refusal !== undefined) return translateStatus(refusal, asked, now);
  return translateSilence(error, asked);
}

interface HttpError {
  readonly status: number;
  readonly response?: Refusal;
  readonly cause?: unknown;
}

interface GraphqlError {
  readonly errors: readonly { readonly type?: string; readonly message: string }[];
  readonly headers: Refusal['headers'];
}

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

function isGraphqlError(error: unknown): error is GraphqlError {
  return error instanceof Error && error.name === 'GraphqlResponseError';
}

/** No answer that could be read: never sent, lost on the way, too late, or cut off. */
function translateSilence(error: unknown, asked: Asked): Failure {
  const cause = isHttpError(error) ? (error.cause ?? error) : error;
  if (cause instanceof NotYet) return limitFailure(asked.token, cause.until);
  if (cause instanceof NotSent) return failure('offline');
  if (cause instanceof MalformedToken) return failure('token-malformed');
  if (cause instanceof NotSendable) {
    return failure('internal', { reason: `a request was not sent: ${cause.message}` });
  }
  if (cause instanceof RedirectedWrite) return failure('not-found', about(asked));
  if (asked.access === 'write') return failure('unknown-outcome');
  if (cause instanceof UnreadableAnswer) {
    return failure('server-error', { status: 'an answer that cannot be read' });
  }
  const late = cause instanceof Error && /^(Timeout|Abort)Error$/.test(cause.name);
  if (late) return failure('server-error', { status: 'no answer in time' });
  if (isHttpError(error)) return failure('offline');
  return failure('internal', { reason: messageOf(error) });
}

function translateStatus(refusal: Refusal, asked: Asked, now: number): Failure {
  const text = messageOf(refusal.data);
  if (isLimit(refusal, text)) return limited(refusal.headers, asked.token, now);
  switch (refusal.status) {
    case 401:
      return translateUnknown(text, asked);
    case 403:
    case 451:
      return translateForbidden(refusal, text, asked);
    case 404:
      return translateMissing(refusal, asked);
    case 410:
      return /disabled/i.test(text) ? failure('issues-disabled', about(asked)) : failure('gone');
    default:
      return translateOther(refusal.status, text, asked);
  }
}

/** Only GitHub's own words say that a token is bad: a proxy, or a server that is down, may answer 401 as well. */
function translateUnknown(text: string, asked: Asked): Failure {
  if (asked.token === 'none') return failure('signed-out', about(asked));
  if (/bad credentials/i.test(text)) return failure('bad-token');
  return failure('sign-in-refused', { reason: asSentence(text) });
}

function translateOther(status: number, text: string, asked: Asked): Failure {
  if (status >= 400 && status < 500) return failure('rejected', { reason: text });
  return asked.access === 'write'
    ? failure('unknown-outcome')
    : failure('server-error', { status });
}

/** The documented order: single sign-on by its header, then what only the text tells. */
function translateForbidden(refusal: Refusal, text: string, asked: Asked): Failure {
  const sso = /required;\s*url=(\S+)/.exec(header(refusal.headers, 'x-github-sso') ?? '')?.[1];
  if (sso !== undefined)
    return failure('sso-required', {}, isOn(asked.host, sso) ? { url: sso } : {});
  const code = codeOfWords(text, asked);
  return failure(code, { ...about(asked), reason: asSentence(text) }, pageOf(code, text, asked));
}

/**
 * What GitHub's words of a refusal mean; the first that fits. Neither a header nor a code tells these apart. The words
 * are GitHub's as of 2026, in REST and GraphQL alike.
 */
const WORDS: readonly (readonly [words: RegExp, code: FailureCode])[] = [
  [/\bSAML\b/i, 'sso-required'],
  [/\bIP allow list\b/i, 'ip-not-allowed'],
  [/account (is|was|has been) suspended/i, 'suspended'],
  [/token's lifetime/i, 'token-lifetime'],
  [/forbids access via .*\(classic\)/i, 'classic-token-forbidden'],
  [/forbids access via/i, 'token-kind-forbidden'],
  [/OAuth App access restrictions/i, 'app-not-approved'],
  [/email address must be verified/i, 'email-unverified'],
  [/required scopes/i, 'scopes-missing'],
  [/\barchived\b/i, 'archived'],
  [/\bissues? (is|are|has been|have been) disabled/i, 'issues-disabled'],
  [/access blocked|\brepository\b.*\b(disabled|locked)\b/i, 'repository-blocked'],
  [/limited the ability/i, 'interactions-limited'],
  [/\blocked\b/i, 'locked'],
  [/login attempts/i, 'sign-in-refused'],
  [/must have \w+ (rights|access)|correct permissions to execute/i, 'role-missing'],
];

function codeOfWords(text: string, { access }: Asked): FailureCode {
  // An organization may be called "archived".
  const words = text.replace(/`[^`]*`|(?<!\w)'[^']*'(?!\w)/g, '');
  const found = WORDS.find(([pattern]) => pattern.test(words));
  if (found !== undefined) return found[1];
  if (!/not accessible by (personal access token|integration)/i.test(words)) return 'forbidden';
  return access === 'write' ? 'read-only-token' : 'token-cannot-read';
}

/** The page where it is resolved: the one that GitHub names, where it is its own, else where such things are set. */
function pageOf(code: FailureCode, text: string, { host }: Asked): { url?: string } {
  const named = /https:\/\/[^\s"'<>)]+/.exec(text)?.[0].replace(/[.,;]+$/, '');
  switch (code) {
    case 'token-lifetime':
    case 'app-not-approved':
      return named !== undefined && isOn(host, named) ? { url: named } : {};
    case 'sso-required':
    case 'scopes-missing':
      return { url: `https://${host}/settings/tokens` };
    case 'email-unverified':
      return { url: `https://${host}/settings/emails` };
    default:
      return {};
  }
}

function isOn(host: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host: named, username } = new URL(url);
  return protocol === 'https:' && named === host && username === '';
}

function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** 404 is also what GitHub says to a token that may not know that something exists. */
function translateMissing(refusal: Refusal, asked: Asked): Failure {
  if (asked.access === 'write' && lacksScope(refusal.headers)) {
    return failure('read-only-token', about(asked));
  }
  return failure(asked.token === 'fine-grained' ? 'approval-pending' : 'not-found', about(asked));
}

/** Whether a classic token has none of the scopes that GitHub would have accepted. */
function lacksScope(headers: Refusal['headers']): boolean {
  const accepted = listOf(header(headers, 'x-accepted-oauth-scopes'));
  const has = listOf(header(headers, 'x-oauth-scopes'));
  const asksNothing = header(headers, 'x-oauth-scopes') === undefined || accepted.length === 0;
  return !asksNothing && !accepted.some((scope) => has.includes(scope));
}

function translateGraphql(error: GraphqlError, asked: Asked, now: number): Failure {
  const text = error.errors.map((each) => each.message).join(' ');
  const types = error.errors.map((each) => each.type);
  const refusal = { status: 200, headers: error.headers, data: { message: text } };
  if (types.includes('RATE_LIMITED') || isLimit(refusal, text)) {
    return limited(error.headers, asked.token, now);
  }
  if (types.includes('NOT_FOUND')) return translateMissing(refusal, asked);
  if (types.includes('FORBIDDEN') || types.includes('INSUFFICIENT_SCOPES')) {
    return translateForbidden(refusal, shorten(text), asked);
  }
  if (types.includes('UNPROCESSABLE')) return failure('rejected', { reason: shorten(text) });
  if (asked.access === 'write') return failure('unknown-outcome');
  return failure('server-error', { status: shorten(text) });
}

function listOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** GitHub's own words, with the details of a 422. */
function messageOf(data: unknown): string {
  if (data instanceof Error) return shorten(data.message);
  if (typeof data !== 'object' || data === null || !('message' in data)) return 'no reason given';
  const details = 'errors' in data && Array.isArray(data.errors) ? data.errors.map(detailOf) : [];
  return shorten([String(data.message), ...details].join('; '));
}

function detailOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('message' in error && typeof error.message === 'string') return error.message;
  const field = 'field' in error ? String(error.field) : 'request';
  return `${field} ${'code' in error ? String(error.code).replaceAll('_', ' ') : 'is invalid'}`;
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

function about(asked: Asked): Record<string, string> {
  return {
    host: asked.host,
    repo: asked.repo === undefined ? 'the repository' : formatRepo(asked.repo),
  };
}
