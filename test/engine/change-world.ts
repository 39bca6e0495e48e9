import type { IssueChange } from '../../lib/core/engine/change.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import type { ChangeDraft, NewChange } from '../../lib/core/engine/new-change.ts';
import { FRESH_PACE } from '../../lib/core/engine/pace.ts';
import { summarizeJob } from '../../lib/core/engine/summarize-job.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { checklistKey, type IssueRef } from '../../lib/core/refs.ts';
import { formatMarker } from '../../lib/core/text/marker.ts';
import { startJob } from '../../lib/engine/start-job.ts';
import { changeJob, itemOf, row } from '../core/engine/build-jobs.ts';
import { createWorld, MASTER, runId, type World, type WorldOptions } from './world.ts';

/** The text of the checklists that are changed. */
export const CHANGE_TEXT = [
  '# Release plan',
  '',
  '- [ ] Alpha (#101)',
  '- [ ] Beta (#102)',
  '- [x] Gamma (#103)\t',
  '- [ ] Delta (#105)',
  '- [ ] Epsilon',
  '',
  'The end.  ',
].join('\r\n');

const MARKED_BODY = `Do it.\r\n\r\n${marker('v1')}\r\n`;

/** A world whose checklist has issues 101 to 106, with a marker and a comment of ours in 104. */
export function createChangeWorld(options: WorldOptions = {}): World {
  const world = createWorld({ text: CHANGE_TEXT, ...options });
  const { github, clock } = world;
  const createdAt = clock.now() - 86_400_000;
  for (const number of [101, 102, 105, 106]) github.addIssue({ number, createdAt });
  github.addIssue({ number: 103, state: 'closed', stateReason: 'duplicate', createdAt });
  github.addIssue({ number: 104, body: MARKED_BODY, createdAt });
  const comment = `This issue tracks an item of the checklist in #12.\n\n<!-- masterlist:comment run=${runId(7)} item=k -->`;
  github.comment(104, 'ada', comment);
  github.comment(104, 'eve', 'I am on it');
  return world;
}

/** Rows that use every part of a change run. */
export function allRows(text = CHANGE_TEXT): readonly ChangeDraft[] {
  const item = (start: string) => itemOf(text, start);
  const relink = { from: ref(105), to: ref(106), style: 'parenthesis' } as const;
  return [
    row('close-issue', { changes: [close(101)], map: [['k', ref(101)]] }, item('Alpha')),
    row('tick', { edits: [{ kind: 'tick', item: item('Beta') }] }, item('Beta')),
    row(
      'retitle-issue',
      { changes: [{ issue: ref(102), title: { from: 'Issue 102', to: 'Beta' } }] },
      item('Beta'),
    ),
    row(
      'reopen-issue',
      {
        changes: [{ issue: ref(103), state: { to: 'open', reason: 'reopened' } }],
        edits: [{ kind: 'untick', item: item('Gamma') }],
      },
      item('Gamma'),
    ),
    row('traces', { changes: [{ issue: ref(104), marker: 'none', comments: 'delete' }] }),
    row(
      'relink',
      {
        changes: [
          { issue: ref(105), state: { to: 'closed', reason: 'duplicate' } },
          { issue: ref(106), title: { from: 'Issue 106', to: 'Delta' } },
        ],
        edits: [{ kind: 'relink', item: item('Delta'), ...relink }],
      },
      item('Delta'),
    ),
    row(
      'rename-item',
      { edits: [{ kind: 'retext', item: item('Epsilon'), text: 'Zeta' }] },
      item('Epsilon'),
    ),
  ];
}

/** The text once they are done. */
export const TEXT_AFTER = `${CHANGE_TEXT.replace('[ ] Beta', '[x] Beta')
  .replace('[x] Gamma', '[ ] Gamma')
  .replace('#105', '#106')
  .replace('Epsilon', 'Zeta')}\r\n<!-- masterlist:map k=101 -->`;

/** Closes an issue as not planned. */
export function close(number: number, more: Partial<IssueChange> = {}): IssueChange {
  return { issue: ref(number), state: { to: 'closed', reason: 'not_planned' }, ...more };
}

/** An issue of the world's repository. */
export function ref(number: number): IssueRef {
  return { repo: MASTER.repo, number };
}

/** Our marker of the world's checklist. */
export function marker(state: 'v1' | 'undone'): string {
  return formatMarker({ state, checklist: MASTER, item: 'k', text: 't', run: runId(7) });
}

/** Puts a change run into the journal. */
export async function startChangeRun(
  world: World,
  rows: readonly ChangeDraft[],
  more: Partial<NewChange> = {},
): Promise<string> {
  const about = { id: runId(1), checklist: MASTER, ...more };
  const job = changeJob(rows, about, world.ports.clock.now());
  const started = await startJob(world.ports, job);
  if (!started.ok) throw new Error(started.failure.code);
  return job.header.id;
}

/** The log of the world's checklist. */
export function logOf(world: World): Promise<readonly LogEvent[]> {
  return world.store.listEvents(checklistKey(MASTER));
}

/** A job as the views show it. */
export async function statusOf(world: World, id = runId(1)): Promise<JobStatus> {
  const job = await world.store.loadJob(id);
  if (job === undefined) throw new Error('no such job');
  const pace = (await world.store.loadPace(job.header.account)) ?? FRESH_PACE;
  return summarizeJob(job, job.control, pace, world.clock.now(), world.ports.timing);
}
