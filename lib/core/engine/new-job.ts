import { accountKey } from '../account.ts';
import { linkTarget } from '../plan/choose.ts';
import type { GenerationPlan, GenerationRow } from '../plan/plan-generation.ts';
import { type ChecklistRef, checklistKey, issueUrl, type RepoRef } from '../refs.ts';
import type { GenerateRow, HeaderBase, Job, JobHeader } from './job.ts';

/** Who does it: the login of the token, and which of this browser's runs for the checklist are over. */
export interface JobAccount {
  readonly login: string;
  readonly endedRuns: readonly string[];
  readonly careful: boolean;
}

/** Makes the job of a plan: its selected rows, in order. `now` in milliseconds since 1970. */
export function newJob(plan: GenerationPlan, account: JobAccount, now: number): Job<'generate'> {
  const rows = plan.rows.flatMap((row) => toJobRow(row, plan));
  return { header: generationHeader(plan, account, now), rows };
}

function generationHeader(
  plan: GenerationPlan,
  account: JobAccount,
  now: number,
): JobHeader<'generate'> {
  const { target, options, labels, missingLabels, milestone } = plan;
  const make = options.missing === 'create';
  return {
    ...freshHeader(plan.checklist, target, account, now),
    id: plan.run,
    kind: 'generate',
    options: {
      labels: make ? labels : labels.filter((label) => !missingLabels.includes(label)),
      missingLabels: make ? missingLabels : [],
      milestone: make || !plan.milestoneMissing ? milestone || undefined : undefined,
      assignees: plan.assignees,
      comment: plan.comment,
      linkStyle: plan.linkStyle,
      placeholder: plan.placeholder,
      identity: options.identity,
      careful: account.careful,
    },
    claim: 'none',
    ...(plan.doubted !== undefined && { doubted: plan.doubted }),
    ...(plan.takesOver && { takesOver: plan.takesOver }),
    planOptions: options,
  };
}

/** What every new job's header begins with. `now` in milliseconds since 1970. */
export function freshHeader(
  checklist: ChecklistRef,
  target: RepoRef,
  account: JobAccount,
  now: number,
): Omit<HeaderBase, 'id' | 'options'> {
  return {
    checklist,
    checklistKey: checklistKey(checklist),
    target,
    account: accountKey(target.host, account),
    login: account.login,
    startedAt: now,
    endedRuns: account.endedRuns,
    recheck: false,
    unverified: false,
    failures: 0,
  };
}

function toJobRow(row: GenerationRow, plan: GenerationPlan): readonly GenerateRow[] {
  if (!row.selected) return [];
  const linked = linkTarget(row);
  const shared = {
    index: row.index,
    item: row.item,
    text: row.text,
    title: row.draft?.title ?? row.text,
    body: row.draft?.body ?? '',
    linkKnown: 'issue' in row.reason || row.reason.kind === 'two-candidates',
    attempts: 0,
    relinks: 0,
  };
  if (linked !== undefined) {
    const issue = { number: linked.number, url: issueUrl(linked) };
    return [{ ...shared, phase: 'created', own: false, issue, linked }];
  }
  if (row.draft === undefined || row.decision !== 'create') return [];
  const comment = plan.comment ? ({ phase: 'planned' } as const) : undefined;
  return [{ ...shared, phase: 'planned', own: true, comment }];
}
