import type { JobEvent } from '../engine/job-facts.ts';
import type { RunEntry } from './run-entry.ts';

/** What a line of the log belongs to. */
export function runKind({ cause }: Pick<JobEvent, 'cause'>): RunEntry['kind'] | undefined {
  return KINDS.find(([pattern]) => pattern.test(cause))?.[1];
}

/** Whether nobody asked for it: an alarm did. */
export function isByItself({ cause }: Pick<JobEvent, 'cause'>): boolean {
  return /^(?:poll|nightly): /.test(cause);
}

/** Whether what a run of a kind wrote is taken back line by line of its log. Generations are by their issues, the others not at all. */
export function hasInverse(kind: RunEntry['kind'] | undefined): boolean {
  return kind === 'sync' || kind === 'reconcile' || kind === 'undo' || kind === 'plain';
}

const KINDS: readonly (readonly [RegExp, RunEntry['kind']])[] = [
  [/^generate\b/, 'generate'],
  [/: sync$/, 'sync'],
  [/: reconcile$/, 'reconcile'],
  [/^mend: undo(?:-generation)?$/, 'undo'],
  [/^mend: plain$/, 'plain'],
  [/^mend: traces$/, 'traces'],
  [/^restore$/, 'restore'],
];
