import type { Account } from '../account.ts';
import type { ReconcileRecord } from '../differences/reconcile-record.ts';
import { type JobStatus, lacksAccess } from '../engine/job-status.ts';
import { isOfLock, isOfToken, needsRights } from '../failures.ts';
import { needsYou } from '../sync/describe-sync.ts';
import type { SyncRow } from '../sync/sync-plan.ts';
import type { ReleasedChecklist, SyncRecord, TrackedChecklist } from '../sync/tracked.ts';
import { hasLasted } from '../sync/tracked-view.ts';
import type { Alert, AlertCause, AlertedAccount, AlertedChecklist } from './alert.ts';

/** Everything that alerts follow from, as this browser has it stored. */
export interface AlertFacts {
  readonly checklists: readonly {
    readonly tracked: TrackedChecklist;
    readonly sync: SyncRecord | undefined;
    readonly reconcile: ReconcileRecord | undefined;
  }[];
  readonly released: readonly ReleasedChecklist[];
  /** `expiresAt` is ISO; undefined where the token does not expire or GitHub does not say. */
  readonly accounts: readonly (AlertedAccount & Pick<Account, 'id' | 'expiresAt' | 'lock'>)[];
  /** Open runs and those that ended lately, each with the title of its checklist. */
  readonly jobs: readonly { readonly status: JobStatus; readonly title: string }[];
  /** Messages of the alerts that nobody may have got (`isStuck`). */
  readonly stuckMessages: number;
  /** Until when GitHub wants to be left alone by one of the accounts, in milliseconds since 1970. No alert: it passes. */
  readonly limitedUntil?: number | undefined;
}

/** All alerts of now (milliseconds since 1970), recalculated from what is stored: a resolved one is not among them. */
export function listAlerts(facts: AlertFacts, now: number): readonly Alert[] {
  const alerts = [
    ...facts.accounts.flatMap((account) => alertsOfAccount(account, now)),
    ...facts.checklists.flatMap((each) => alertsOfChecklist(each, now)),
    ...facts.released.flatMap((each) => alertsOfReleased(each, now)),
    ...facts.jobs.flatMap((each) => alertsOfJob(each, now)),
  ];
  const told = new Set(alerts.flatMap(({ cause }) => deadTokenHost(cause) ?? []));
  return alerts.filter((alert) => !told.has(tokenWaitedFor(alert) ?? ''));
}

/** The host whose token an alert is about, where GitHub refuses it. */
function deadTokenHost(cause: AlertCause): string | undefined {
  return cause.kind === 'decision' && cause.about === 'token-dead' ? cause.account.host : undefined;
}

/** The host whose token is all that a run waits for. */
function tokenWaitedFor({ cause, checklist }: Alert): string | undefined {
  if (cause.kind !== 'decision' || cause.about !== 'run' || cause.count > 0) return undefined;
  const isOfIt = cause.failure !== undefined && isOfToken(cause.failure.code);
  return isOfIt ? checklist?.ref.repo.host : undefined;
}

const DAY_MS = 24 * 3_600_000;

/** A token's end is told of so long before. */
const EXPIRY_NOTICE_MS = 7 * DAY_MS;
/** An ended run, and a checklist that was let go, are told of for so long. */
const FRESH_MS = DAY_MS;

function alertsOfAccount(
  { host, login, expiresAt }: AlertFacts['accounts'][number],
  now: number,
): readonly Alert[] {
  const left = expiresAt === undefined ? Number.NaN : Date.parse(expiresAt) - now;
  if (!(left > 0 && left <= EXPIRY_NOTICE_MS)) return [];
  const days = Math.floor(left / DAY_MS);
  const account = { host, login };
  return [
    { cause: { kind: 'decision', about: 'token-expiring', account, days }, checklist: undefined },
  ];
}

function alertsOfChecklist(
  { tracked, sync, reconcile }: AlertFacts['checklists'][number],
  now: number,
): readonly Alert[] {
  const failed = sync === undefined ? [] : causesOfFailure(sync, tracked, now);
  const rows = sync?.rows ?? [];
  const undecided = countRows(rows, (row) => needsYou(row.remarks).length > 0);
  const overridden = countRows(rows, isOverridden);
  const left = countDifferences(reconcile, undecided > 0);
  const isSeen = reconcile?.checkedAt !== reconcile?.nightlyAt;
  const causes: readonly AlertCause[] = [
    ...failed,
    ...counted(undecided, (count) => ({ kind: 'decision', about: 'items', count })),
    ...counted(left, (count) => ({ kind: 'differences', count, isSeen })),
    ...counted(overridden, (count) => ({ kind: 'overridden', count })),
  ];
  return causes.map((cause) => ({ cause, checklist: named(tracked) }));
}

function causesOfFailure(
  sync: SyncRecord,
  tracked: TrackedChecklist,
  now: number,
): readonly AlertCause[] {
  const { failure } = sync;
  if (failure === undefined || isOfLock(failure.code) || !hasLasted(sync, now)) return [];
  const account = { host: tracked.checklist.repo.host, login: tracked.login };
  if (isOfToken(failure.code)) {
    return [{ kind: 'decision', about: 'token-dead', account, failure }];
  }
  if (needsRights(failure.code)) return [{ kind: 'decision', about: 'rights', failure }];
  return [{ kind: 'sync-failed', failure }];
}

function isOverridden({ remarks }: SyncRow): boolean {
  return remarks.some(({ kind }) => kind === 'tick-taken-back' || kind === 'pull-taken-back');
}

// What sync asks already is not counted again as a difference.
function countDifferences(record: ReconcileRecord | undefined, isAsked: boolean): number {
  if (record === undefined) return 0;
  const { left, kinds } = record;
  const asked = (kinds['several-issues'] ?? 0) + (kinds['issue-gone'] ?? 0);
  return isAsked ? Math.max(0, left - asked) : left;
}

function alertsOfReleased({ tracked, at, gone }: ReleasedChecklist, now: number): readonly Alert[] {
  if (gone === undefined || !isFresh(at, now)) return [];
  return [{ cause: { kind: 'sync-failed', failure: gone }, checklist: named(tracked) }];
}

function alertsOfJob({ status, title }: AlertFacts['jobs'][number], now: number): readonly Alert[] {
  const checklist = { ref: status.checklist, title };
  // Rows that wait for the user end no run, but a run may end without them.
  const cause = askingCause(status) ?? endedCause(status, now);
  return cause === undefined ? [] : [{ cause, checklist }];
}

function askingCause(status: JobStatus): AlertCause | undefined {
  const { id, problems, failure } = status;
  const isLocked = failure !== undefined && isOfLock(failure.code);
  const isHeld = lacksAccess(status) && !isLocked;
  if (problems.length === 0 && !isHeld) return undefined;
  return {
    kind: 'decision',
    about: 'run',
    job: id,
    of: status.words.purpose,
    count: problems.length,
    failure: isHeld ? failure : undefined,
  };
}

function endedCause(status: JobStatus, now: number): AlertCause | undefined {
  if (status.endedAt === undefined || !isFresh(status.endedAt, now)) return undefined;
  return {
    kind: 'job-ended',
    job: status.id,
    of: status.words.purpose,
    outcome: status.outcome ?? 'done',
    result: status.words.result,
    failure: status.failure,
  };
}

function counted(count: number, cause: (count: number) => AlertCause): readonly AlertCause[] {
  return count > 0 ? [cause(count)] : [];
}

function countRows(rows: readonly SyncRow[], is: (row: SyncRow) => boolean): number {
  return rows.filter(is).length;
}

function isFresh(at: number, now: number): boolean {
  return Math.abs(now - at) < FRESH_MS;
}

function named({ checklist, title }: TrackedChecklist): AlertedChecklist {
  return { ref: checklist, title };
}
