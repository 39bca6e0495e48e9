import type { JobEvent } from '../engine/job-facts.ts';
import type { Cause } from '../log/cause.ts';
import type { RunEntry } from './run-entry.ts';

/** What the run of a log entry was for; undefined for what is no run of its own. */
export function runKind({ cause }: Pick<JobEvent, 'cause'>): RunEntry['kind'] | undefined {
  return KINDS[cause.what];
}

/** Whether a run of a kind is reverted entry by entry of its log. Generations are by their issues, the others not at all. */
export function hasInverse(kind: RunEntry['kind'] | undefined): boolean {
  return kind !== undefined && INVERSE[kind];
}

const KINDS: Readonly<Record<Cause['what'], RunEntry['kind'] | undefined>> = {
  generate: 'generate',
  'undo-generation': 'undo',
  sync: 'sync',
  resolve: 'resolve',
  undo: 'undo',
  unlink: 'unlink',
  traces: 'traces',
  restore: 'restore',
  summary: undefined,
  release: undefined,
  verify: undefined,
};

const INVERSE: Readonly<Record<RunEntry['kind'], boolean>> = {
  generate: false,
  sync: true,
  resolve: true,
  undo: true,
  unlink: true,
  traces: false,
  restore: false,
};
