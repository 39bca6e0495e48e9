import type { JobStatus, RunPurpose } from './job-status.ts';

/** By how many linked items a run has changed its checklist so far; of changes that go both ways only a fresh reading knows. */
export function linksWritten({ words, counts }: Pick<JobStatus, 'words' | 'counts'>): number {
  return LINKS_PER_ITEM[words.purpose] * counts.linked;
}

const LINKS_PER_ITEM: Readonly<Record<RunPurpose, -1 | 0 | 1>> = {
  generate: 1,
  resolve: 0,
  undo: 0,
  'undo-generation': -1,
  unlink: -1,
  traces: 0,
};
