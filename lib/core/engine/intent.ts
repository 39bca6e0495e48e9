import type { Request } from './effect.ts';
import { changeRow, type Job, type JobChange, type JobKind } from './job.ts';
import { recordOf } from './kinds/registry.ts';

/** What is saved before a request: the intent of a write that must not happen twice. */
export function begin<K extends JobKind>(job: Job<K>, request: Request, now: number): JobChange<K> {
  if (!('index' in request)) return {};
  return changeRow(job, request.index, (row) => recordOf(job).begin(row, request, now));
}

/** Takes an intent back whose request was not sent, or provably not applied. */
export function withdraw<K extends JobKind>(job: Job<K>, request: Request): JobChange<K> {
  if (!('index' in request)) return {};
  return changeRow(job, request.index, (row) => recordOf(job).withdraw(row, request));
}

/** What a killed worker left behind: an intent without an answer is an unknown outcome. */
export function adopt<K extends JobKind>(job: Job<K>): JobChange<K> {
  const { park } = recordOf(job);
  const rows = job.rows.flatMap((row) => {
    const parked = park(row);
    return parked === row ? [] : [parked];
  });
  return rows.length === 0 ? {} : { rows };
}
