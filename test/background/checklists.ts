import type { Choice } from '../../lib/core/differences/choice.ts';
import type { Chosen } from '../../lib/core/differences/chosen.ts';
import type { Difference } from '../../lib/core/differences/difference.ts';
import type { Finding } from '../../lib/core/differences/kinds.ts';
import type {
  ReconcileOutcome,
  ReconcilePreview,
} from '../../lib/core/differences/reconcile-preview.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { type ChecklistRef, issueChecklist } from '../../lib/core/refs.ts';
import { given, patiently, type useBackground } from './background-world.ts';

/** A checklist whose issues were generated: real markers, a real log. */
export interface Checklist {
  readonly name: string;
  readonly checklist: ChecklistRef;
  /** Number of the issue of an item, from 0. */
  readonly issue: (index: number) => number;
  readonly text: () => string;
  readonly edit: (change: (text: string) => string) => void;
  readonly state: (number: number) => string;
}

/** Checklists in the repositories of Ann, and what a page asks about them. */
export function useChecklists(world: ReturnType<typeof useBackground>, prefix: string) {
  let made = 0;

  async function ended(checklist: ChecklistRef, kind?: JobStatus['kind']): Promise<JobStatus> {
    return patiently(async () => {
      const job = given(await world.ask('getJob', { checklist }));
      const isOver = job?.state === 'ended' && (kind === undefined || job.kind === kind);
      if (!isOver) throw new Error(`still ${JSON.stringify(job)}`);
      return job;
    });
  }

  /** Items `Step 0` … with an issue each. */
  async function generate(count: number): Promise<Checklist> {
    made += 1;
    const repo = { host: 'github.com', owner: 'ann', name: `${prefix}${made}` };
    const name = `ann/${repo.name}`;
    world.github.addRepo(name);
    const items = Array.from({ length: count }, (_, index) => `- [ ] Step ${index}\r\n`);
    const body = `# Plan\r\n\r\n${items.join('')}\r\nThank you.\r\n`;
    const number = world.github.addIssue(name, { title: 'Plan', body, author: 'ann' });
    const checklist: ChecklistRef = issueChecklist({ repo, number });
    const query = { checklist, pageUser: 'ann', options: {} };
    const { run } = given(await world.ask('previewGeneration', query));
    given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }));
    await ended(checklist);
    const text = () => world.github.issue(name, number).body ?? '';
    const numbers = [...text().matchAll(/closes #(\d+)/g)].map(([, found]) => Number(found));
    return {
      name,
      checklist,
      issue: (index) => numbers[index] ?? 0,
      text,
      edit: (change) => void world.github.editIssue(name, number, { body: change(text()) }, 'ann'),
      state: (issue) => {
        const { state, stateReason } = world.github.issue(name, issue);
        return [state, stateReason].filter(Boolean).join(' ');
      },
    };
  }

  async function preview(checklist: ChecklistRef): Promise<ReconcilePreview> {
    return given(await world.ask('previewReconcile', { checklist, pageUser: 'ann' }));
  }

  async function apply(
    checklist: ChecklistRef,
    { id }: ReconcilePreview,
    chosen: readonly Chosen[],
  ): Promise<ReconcileOutcome> {
    const query = { checklist, pageUser: 'ann', preview: id, chosen };
    return given(await world.ask('applyReconcile', query));
  }

  return { generate, preview, apply, ended };
}

/** The one difference of a kind. */
export function difference(preview: ReconcilePreview, kind: Finding['kind']): Difference {
  const found = preview.plan.differences.filter(({ finding }) => finding.kind === kind);
  const [one] = found;
  if (one === undefined || found.length > 1) throw new Error(`${found.length} are ${kind}`);
  return one;
}

/** Chooses what is offered of the one difference of a kind. */
export function pick(
  preview: ReconcilePreview,
  kind: Finding['kind'],
  choice: Choice['kind'],
): Chosen {
  const one = difference(preview, kind);
  const place = one.choices.findIndex((each) => each.choice.kind === choice);
  if (place === -1) throw new Error(`${choice} is not offered`);
  return { kind: 'offered', difference: one.id, choice: place };
}

/** What differs, and what may be done about it. */
export function kindsOf({ plan }: ReconcilePreview): readonly Finding['kind'][] {
  return plan.differences
    .filter(({ level }) => level === 'action')
    .map(({ finding }) => finding.kind);
}
