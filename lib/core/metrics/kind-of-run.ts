import type { JobEvent } from '../engine/job-facts.ts';
import type { RunEntry } from '../runs/run-entry.ts';
import { runKind } from '../runs/run-kind.ts';

/** What a run is for. */
export type RunKind = RunEntry['kind'];

/**
 * Gives what the run of a line of the log is for, undefined for lines of no run. Causes are few: each is looked at
 * once.
 */
export function kindReader(): (event: Pick<JobEvent, 'cause'>) => RunKind | undefined {
  const known = new Map<string, RunKind | undefined>();
  return (event) => {
    const { cause } = event;
    if (!known.has(cause)) known.set(cause, runKind(event));
    return known.get(cause);
  };
}
