import type { Failure } from '../core/failures.ts';
import { utcDay } from '../core/metrics/calendar.ts';
import { distance } from '../core/sync/poll-cursor.ts';
import type { PollPorts } from './poll-ports.ts';

/** Why a checklist could not be refreshed. */
export interface Trouble {
  readonly failure: Failure;
  /** Found out in this poll; else of an earlier one, after which GitHub is left alone for a time. */
  readonly isNew: boolean;
}

/** What one poll, of one slice or several, has found out so far. */
export interface Round {
  /** When it began, if an earlier slice did. */
  readonly since: number | undefined;
  readonly startedAt: number;
  /** By account: nothing more is asked of it. */
  readonly stopped: Map<string, Failure>;
  /** By checklist. */
  readonly troubles: Map<string, Trouble>;
  /** Released or moved. */
  readonly gone: Set<string>;
  readonly counts: { polls: number; unchanged: number };
}

/** Where the record of a round that is not done stands among the cursors. */
const ROUND = 'round';

/** Begins a round, or goes on with one that an earlier slice could not finish. */
export async function newRound({ syncs, clock, everyMs }: PollPorts): Promise<Round> {
  const begun = (await syncs.loadCursor(ROUND))?.checkedAt;
  const now = clock.now();
  const since = begun !== undefined && distance(now, begun) < everyMs ? begun : undefined;
  return {
    since,
    startedAt: since ?? now,
    stopped: new Map(),
    troubles: new Map(),
    gone: new Set(),
    counts: { polls: 0, unchanged: 0 },
  };
}

/** Ends a slice. A round that is not done is remembered, so that the next slice does not ask again what this one asked. */
export async function leave(
  { syncs, clock }: PollPorts,
  { counts, since, startedAt }: Round,
  end: 'done' | 'more',
): Promise<'done' | 'more'> {
  if (counts.polls > 0) await syncs.count(utcDay(clock.now()), counts);
  if (end === 'more' || since !== undefined) {
    const checkedAt = end === 'more' ? startedAt : undefined;
    const none = { since: '', etag: undefined, handled: {}, failures: 0 };
    await syncs.saveCursor(ROUND, { ...none, checkedAt, notBefore: undefined, failure: undefined });
  }
  return end;
}
