import { linkTarget } from '../plan/choose.ts';
import type { GenerationPlan, GenerationRow } from '../plan/plan-generation.ts';
import { type ChecklistRef, checklistKey, issueUrl } from '../refs.ts';
import type { Job, JobHeader, JobRow, OpenJobHeader } from './job.ts';

/** Who does it: the login of the token, and which of this browser's runs for the checklist are over. */
export interface JobAccount {
  readonly login: string;
  readonly endedRuns: readonly string[];
  readonly careful: boolean;
}

/** Makes the job of a plan: its selected rows, in order. `now` in milliseconds since 1970. */
export function newJob(plan: GenerationPlan, account: JobAccount, now: number): Job {
  const rows = plan.rows.flatMap((row) => toJobRow(row, plan));
  return { header: generationHeader(plan, account, now), rows };
}

/** Whether an undo of its run would look at this row. */
export function isUndoable(row: JobRow): boolean {
  return row.own && row.issue !== undefined && row.phase !== 'skipped';
}

/** What is kept outside the journal about a job to which something is sent at `now`. */
export function openHeader(job: Job, now: number): OpenJobHeader {
  const { header, rows } = job;
  const { id, kind, checklist, target, login, startedAt, endedRuns } = header;
  const { planOptions, serverStartedAt } = header;
  return {
    id,
    kind,
    checklist,
    target,
    login,
    startedAt,
    lastWriteAt: now,
    rows: rows.length,
    endedRuns,
    ...(planOptions === undefined ? {} : { planOptions }),
    ...(serverStartedAt === undefined ? {} : { serverStartedAt }),
  };
}

function generationHeader(plan: GenerationPlan, account: JobAccount, now: number): JobHeader {
  const { target, options, labels, missingLabels, milestone } = plan;
  const make = options.missing === 'create';
  return {
    ...freshHeader(plan.checklist, target, account, now),
    id: plan.run,
    kind: 'generate',
    run: plan.run,
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
    planOptions: options,
  };
}

/** What every new job's header begins with. `now` in milliseconds since 1970. */
export function freshHeader(
  checklist: ChecklistRef,
  target: JobHeader['target'],
  account: JobAccount,
  now: number,
): Omit<JobHeader, 'id' | 'kind' | 'run' | 'options'> {
  return {
    checklist,
    checklistKey: checklistKey(checklist),
    target,
    account: `${target.host}/${account.login}`.toLowerCase(),
    login: account.login,
    startedAt: now,
    claim: 'none',
    endedRuns: account.endedRuns,
    recheck: false,
    unverified: false,
    failures: 0,
  };
}

function toJobRow(row: GenerationRow, plan: GenerationPlan): readonly JobRow[] {
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
