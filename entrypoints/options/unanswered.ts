import { type Failure, fail, failure, type Result } from '../../lib/core/failures.ts';

/** The answer of a background that was updated or stopped under the page. */
export function unanswered(): Result<never> {
  return fail(failure('internal', { reason: 'the background does not answer.' }));
}

/** The answer where the browser's own storage refuses. */
export function refusedByStorage(error: unknown): {
  readonly ok: false;
  readonly failure: Failure;
} {
  const reason = error instanceof Error ? error.message : String(error);
  return fail(failure('internal', { reason: `the browser could not save: ${reason}` }));
}
