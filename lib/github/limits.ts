import { type Failure, type FailureCode, failure } from '../core/failures.ts';
import type { TokenKind } from './client.ts';

/** An answer of GitHub that is not what was asked for. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Primary and secondary limits, under any status; "was submitted too quickly" is one too (cli/cli#4801). */
export function isLimit({ status, headers }: Refusal, text: string): boolean {
  if (/submitted too quickly/i.test(text)) return true;
  if (status === 429) return true;
  if (status !== 403 && status !== 200) return false;
  if (header(headers, 'retry-after') !== undefined) return true;
  if (header(headers, 'x-ratelimit-remaining') === '0' && status === 403) return true;
  return /rate limit|abuse detection/i.test(text);
}

/** `retry-after` first, else the end of the primary limit's hour; no time when GitHub names none. */
export function limited(headers: Refusal['headers'], token: TokenKind, now: number): Failure {
  const wait = retryAfterMs(headers, now) ?? resetMs(headers, now);
  return limitFailure(token, wait === undefined ? undefined : now + wait);
}

/** The failure of a limit that ends at `retryAt`, in milliseconds since 1970. */
export function limitFailure(token: TokenKind, retryAt: number | undefined): Failure {
  const code = token === 'none' ? 'rate-limited-without-token' : 'rate-limited';
  return failure(code, {}, retryAt === undefined ? {} : { retryAt });
}

/** Whether it is a limit of the account: `sign-in-refused` is one of the network, and of some tokens. */
export function isLimitCode(code: FailureCode): boolean {
  return code === 'rate-limited' || code === 'rate-limited-without-token';
}

function retryAfterMs(headers: Refusal['headers'], now: number): number | undefined {
  const value = header(headers, 'retry-after');
  if (value === undefined) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? Math.max(wait, 0) : undefined;
}

/** The reset is told in GitHub's time: measured against its own clock, so that ours may be wrong. */
function resetMs(headers: Refusal['headers'], now: number): number | undefined {
  if (header(headers, 'x-ratelimit-remaining') !== '0') return undefined;
  const reset = Number(header(headers, 'x-ratelimit-reset')) * 1_000;
  const clock = Date.parse(header(headers, 'date') ?? '');
  if (!Number.isFinite(reset)) return undefined;
  return Math.max(reset - (Number.isFinite(clock) ? clock : now), 0);
}

/** One header's value, as text. */
export function header(headers: Refusal['headers'], name: string): string | undefined {
  const value = headers[name];
  return value === undefined ? undefined : String(value);
}
