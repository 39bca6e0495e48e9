import type { ChangeRow, GenerateHeader, GenerateRow, Job } from '../../../lib/core/engine/job.ts';
import { newChange } from '../../../lib/core/engine/new-change.ts';
import { freshHeader } from '../../../lib/core/engine/new-job.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';

export const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
export const CHECKLIST = issueChecklist({ repo: REPO, number: 12 });
export const RUN = '01K0000000000000000000000A';
export const NOW = Date.parse('2026-11-20T12:00:00Z');

const ACCOUNT = { login: 'ada', endedRuns: [], careful: false };

/** A generation with a claim, unless told otherwise. */
export function generation(
  rows: readonly Partial<GenerateRow>[],
  header: Partial<GenerateHeader> = {},
): Job<'generate'> {
  const writing = { linkStyle: 'closes', placeholder: '', identity: 'links' } as const;
  const settings = { labels: [], missingLabels: [], milestone: undefined, assignees: [] };
  return {
    header: {
      ...freshHeader(CHECKLIST, REPO, ACCOUNT, NOW - 1_000),
      id: RUN,
      kind: 'generate',
      claim: 'held',
      checkedAt: NOW,
      options: { ...writing, ...settings, comment: false, careful: false },
      ...header,
    },
    rows: rows.map((row, index) => ({
      index,
      item: { key: `k${index}`, textHash: 't', groupHash: 'g', ordinal: 0 },
      text: `Step ${index}`,
      title: `Step ${index}`,
      body: '',
      phase: 'planned',
      own: true,
      linkKnown: false,
      attempts: 0,
      relinks: 0,
      ...row,
    })),
  };
}

/** A change of an item's box alone, for each phase. */
export function ticking(phases: readonly ChangeRow['phase'][]): Job<'change'> {
  const rows = phases.map((_, index) => {
    const item = { key: `k${index}`, textHash: 't', groupHash: 'g', ordinal: 0 };
    const edits = [{ kind: 'tick', item }] as const;
    return { item, text: 'One', change: { choice: 'tick', changes: [], edits, map: [] } } as const;
  });
  const change = { id: RUN, checklist: CHECKLIST, cause: 'resolve', rows, creates: [] } as const;
  const writing = { linkStyle: 'closes', placeholder: '', identity: 'links' } as const;
  const job = newChange({ ...change, ...writing }, ACCOUNT, NOW - 1_000);
  return {
    ...job,
    rows: job.rows.map((row, index) => ({ ...row, phase: phases[index] ?? row.phase })),
  };
}
