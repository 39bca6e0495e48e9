import { FAILURE_SENTENCES } from './failure-sentences.ts';

/** Every way in which something can go wrong. */
export type FailureCode = keyof typeof FAILURE_SENTENCES;

/**
 * A failure as data: it crosses messages, jobs and the log, where error classes would not survive. `message` and
 * `action` are complete sentences for people.
 */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly action: string;
  /** When trying again makes sense (rate limits), in milliseconds since 1970. */
  readonly retryAt?: number;
  /** A page where it can be mended (single sign-on, a moved issue). */
  readonly url?: string;
}

/** An answer: a value, or the failure that stood in its way. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** Builds the failure of a code; `details` fill the `{placeholders}` of its sentences. */
export function failure(
  code: FailureCode,
  details: Readonly<Record<string, string | number>> = {},
  more: { readonly retryAt?: number; readonly url?: string } = {},
): Failure {
  const [message, action] = FAILURE_SENTENCES[code];
  return { code, message: fill(message, details), action: fill(action, details), ...more };
}

/** The failure of work that threw what nobody foresaw. */
export function unforeseen(error: unknown): Failure {
  return failure('internal', { reason: error instanceof Error ? error.message : 'unknown' });
}

/** Wraps a value as a success. */
export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a failure as an answer. */
export function fail(problem: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: problem };
}

function fill(sentence: string, details: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? `(${name})`));
}
