import type { Timing } from '../settings/settings.ts';
import type { EffectOf, MasterOutcome, OwnPerformed, Performed } from './effect.ts';
import { applyChange, type Job, type JobChange, type JobHeader, type JobKind } from './job.ts';
import { recordFailure } from './job-failures.ts';
import type { RowResolution } from './job-status.ts';
import type { Succeeded } from './kind.ts';
import { recordOf } from './kinds/registry.ts';
import { textOf } from './kinds/texts.ts';

/** The records as they are after a request. Pure; `now` in milliseconds since 1970. */
export function record<K extends JobKind>(
  job: Job<K>,
  performed: Performed<K>,
  now: number,
  timing: Timing,
): JobChange<K> {
  const change = recordResult(job, performed, now, timing);
  if (performed.kind !== 'change') return change;
  // What is made is logged with this very record; what is not known is compared again when the row is done again.
  const sent = performed.unknown.length === 0 ? undefined : performed.unknown;
  const { index } = performed.effect;
  const rows = change.rows?.map((row) => (row.index === index ? { ...row, sent } : row));
  return { ...change, ...(rows && { rows }) };
}

/** The job as it is when it ends. */
export function recordEnd<K extends JobKind>(
  job: Job<K>,
  { outcome, failure: problem }: EffectOf<'end'>,
  now: number,
): JobChange<K> {
  const { end } = recordOf(job);
  const rows = job.rows.flatMap((row) => {
    const ended = end(row);
    return ended === row ? [] : [ended];
  });
  return { header: { ...job.header, endedAt: now, outcome, failure: problem }, rows };
}

/**
 * Does what the user chose for rows that need her. A job that had ended continues when there is something to do: then
 * the header has no `endedAt` any more. Rows that need nobody stay as they are.
 */
export function resolve<K extends JobKind>(
  job: Job<K>,
  indexes: readonly number[],
  resolution: RowResolution,
): JobChange<K> {
  const kind = recordOf(job);
  const rows = job.rows
    .filter(({ index }) => indexes.includes(index))
    .map((row) => kind.resolve(row, resolution, job.header));
  const open = rows.some(({ phase }) => phase !== 'skipped');
  return open ? { rows, header: reopen(job.header, kind.reopen) } : { rows };
}

function reopen<K extends JobKind>(
  header: JobHeader<K>,
  reopenKind: (header: JobHeader<K>) => JobHeader<K>,
): JobHeader<K> {
  if (header.endedAt === undefined) return { ...header, recheck: true };
  return {
    ...reopenKind(header),
    endedAt: undefined,
    outcome: undefined,
    failure: undefined,
    hold: undefined,
    masterLost: undefined,
    notBefore: undefined,
    failures: 0,
    writesLost: 0,
    recheck: true,
  };
}

function recordResult<K extends JobKind>(
  job: Job<K>,
  performed: Performed<K>,
  now: number,
  timing: Timing,
): JobChange<K> {
  const { result, effect, startedAt } = performed;
  if (!result.ok) return recordFailure(job, effect, result.failure, now, timing);
  const reached: Job<K> = { ...job, header: answered(job.header, performed) };
  return {
    header: reached.header,
    ...(performed.kind === 'master'
      ? performed.result.ok &&
        recordMaster(reached, performed.effect, performed.result.value, now, startedAt)
      : isSucceeded(performed) && recordOf(job).answer(reached, performed, timing)),
  };
}

// A read says nothing about writes: of these an outage may go on.
function answered<K extends JobKind>(header: JobHeader<K>, performed: Performed<K>): JobHeader<K> {
  const writesLost = isConfirmedWrite(performed) ? 0 : (header.writesLost ?? 0);
  const lacksRight = header.hold?.since !== undefined && !provesRight(performed);
  return {
    ...header,
    failures: writesLost,
    writesLost,
    notBefore: undefined,
    hold: lacksRight ? header.hold : undefined,
  };
}

function provesRight({ effect }: Performed): boolean {
  return effect.kind === 'rights' || (effect.kind === 'master' && effect.purpose !== 'check');
}

function isConfirmedWrite(performed: Performed): boolean {
  switch (performed.kind) {
    case 'master':
      return performed.result.ok && performed.result.value.wrote;
    case 'rights':
    case 'look-up':
    case 'look-up-comment':
      return false;
    default:
      return true;
  }
}

function isSucceeded(performed: OwnPerformed): performed is Succeeded {
  return performed.result.ok;
}

function recordMaster<K extends JobKind>(
  job: Job<K>,
  { purpose }: EffectOf<'master'>,
  outcome: MasterOutcome<K>,
  now: number,
  startedAt: number,
): JobChange<K> {
  const seen = applyChange(job, { rows: outcome.observed });
  const { rows } = applyChange(seen, { rows: textOf(job).written(seen, purpose, outcome) });
  const changed = rows.filter((row, position) => row !== job.rows[position]);
  const header = {
    ...recordOf(job).seen(job.header, purpose, outcome, startedAt),
    checkedAt: now,
    recheck: false,
    unverified: outcome.wrote,
    masterNotBefore: undefined,
    masterWait: undefined,
    // A claim is older than its pause.
    writableAt: outcome.wrote && purpose !== 'claim' ? startedAt : job.header.writableAt,
    notice: outcome.notice ?? job.header.notice,
  };
  return { header, rows: changed };
}
