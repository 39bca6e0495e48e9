import type { JobEvent, LoggedRow } from '../engine/job-facts.ts';

/** What was done about a difference: the choice that was made, and for which item ('' where it has none). */
export type Settled = Pick<LoggedRow, 'item' | 'what'>;

/**
 * What a line of a reconcile's log settled. A choice that changes only issues has no rows; what it did shows by the
 * change. Two lines of a run may tell of one.
 */
export function settledBy({ kind, rows, item = '', change }: JobEvent): readonly Settled[] {
  if (kind === 'write-master') return rows ?? [];
  if (kind !== 'change-issue') return [];
  const state = change?.state?.to;
  return [
    ...(state === 'closed' ? [{ item, what: 'close-issue' } as const] : []),
    ...(state === 'open' ? [{ item, what: 'reopen-issue' } as const] : []),
    ...(change?.title === undefined ? [] : [{ item, what: 'retitle-issue' } as const]),
  ];
}
