import type { RowChange } from '../../../lib/core/engine/change.ts';
import type { ChangeRow, GenerateHeader, GenerateRow, Job } from '../../../lib/core/engine/job.ts';
import {
  type ChangeDraft,
  type NewChange,
  newChange,
} from '../../../lib/core/engine/new-change.ts';
import { freshHeader } from '../../../lib/core/engine/new-job.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import type { Item, ItemLocator } from '../../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';

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
      writableAt: NOW,
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

/** A change run of these rows; what is given replaces the sample. */
export function changeJob(
  rows: readonly ChangeDraft[],
  more: Partial<NewChange> = {},
  now: number = NOW,
): Job<'change'> {
  const about = { id: RUN, checklist: CHECKLIST, cause: 'resolve', rows, creates: [] } as const;
  const writing = { linkStyle: 'parenthesis', placeholder: '', identity: 'links' } as const;
  return newChange({ ...about, ...writing, ...more }, ACCOUNT, now);
}

/** One row of a change run. */
export function row(
  choice: RowChange['choice'],
  change: Partial<RowChange>,
  item?: ItemLocator & Partial<Pick<Item, 'text'>>,
  text: string = item?.text ?? choice,
): ChangeDraft {
  return { item, text, change: { changes: [], edits: [], map: [], ...change, choice } };
}

/** The item of a text whose words begin so. */
export function itemOf(text: string, start: string): Item {
  const item = parseChecklist(text).items.find((one) => one.text.startsWith(start));
  if (item === undefined) throw new Error(`no item ${start}`);
  return item;
}

/** A change of an item's box alone, for each phase. */
export function ticking(phases: readonly ChangeRow['phase'][]): Job<'change'> {
  const rows = phases.map((_, index) => {
    const item = { key: `k${index}`, textHash: 't', groupHash: 'g', ordinal: 0 };
    return row('tick', { edits: [{ kind: 'tick', item }] }, item, 'One');
  });
  const job = changeJob(rows, { linkStyle: 'closes' }, NOW - 1_000);
  return {
    ...job,
    rows: job.rows.map((one, index) => ({ ...one, phase: phases[index] ?? one.phase })),
  };
}
