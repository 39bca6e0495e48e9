import { RUN_NAMES } from '../runs/describe-run.ts';
import type { FailureCount } from './event-folds.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A time to close for people: `40 min`, `5 h`, `3.5 days`, `12 days`. Takes milliseconds; `none yet` for undefined. */
export function describeCloseTime(ms: number | undefined): string {
  if (ms === undefined) return 'none yet';
  if (ms < HOUR_MS) return `${Math.max(1, Math.round(ms / MINUTE_MS))} min`;
  if (ms < 2 * DAY_MS) return `${Math.round(ms / HOUR_MS)} h`;
  const days = ms / DAY_MS;
  return `${days < 10 ? Math.round(days * 10) / 10 : Math.round(days)} days`;
}

/** `12 of 30 (40 %)`; without issues `none`. Rounded down: one short of all is not 100 %. */
export function describeShare(closed: number, total: number): string {
  if (total === 0) return 'none';
  return `${closed} of ${total} (${Math.floor((closed / total) * 100)} %)`;
}

/** What failed, and where: `Sync: bad token`. */
export function nameFailure({ kind, code }: Pick<FailureCount, 'kind' | 'code'>): string {
  return `${RUN_NAMES[kind]}: ${code.replaceAll('-', ' ')}`;
}
