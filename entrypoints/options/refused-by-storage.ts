import { type Failure, fail, internalFailure, unforeseen } from '../../lib/core/failures.ts';

/** The answer where the browser's own storage refuses. */
export function refusedByStorage(error: unknown): {
  readonly ok: false;
  readonly failure: Failure;
} {
  const foreseen = unforeseen(error);
  if (foreseen.code !== 'internal') return fail(foreseen);
  const reason = error instanceof Error ? error.message : String(error);
  return fail(internalFailure(`the browser could not save: ${reason}`));
}
