import { countNoun } from '../count-noun.ts';
import { listInWords } from '../list-in-words.ts';
import { formatIssueRef, formatRepo, type IssueRef, type RepoRef } from '../refs.ts';
import type { SyncChange, SyncPlan, SyncRemark, TickReason } from './sync-plan.ts';

/** Short words for what is written. `from` is the checklist's repository: its issues are named without it. `issue` is what the item follows. */
export function describeChange(change: SyncChange, from?: RepoRef, issue?: IssueRef): string {
  switch (change.kind) {
    case 'tick':
      return `tick: ${describeReason(change.because, from)}`;
    case 'untick':
      return `untick: ${formatIssueRef(change.issue, from)} was reopened on ${formatDay(change.reopenedAt)}`;
    case 'add-pulls': {
      const behind = issue === undefined ? '' : ` after ${formatIssueRef(issue, from)}`;
      return `add ${listed(change.pulls, from)}${behind}`;
    }
  }
}

/** Short words for what a person should know of an item. */
export function describeRemark(remark: SyncRemark, from?: RepoRef): string {
  const name = 'issue' in remark ? formatIssueRef(remark.issue, from) : '';
  switch (remark.kind) {
    case 'not-planned':
      return `${name} was closed as not planned: left unticked`;
    case 'duplicate':
      return `${name} was closed as a duplicate: left unticked`;
    case 'tick-taken-back':
      return 'somebody unticked it: it is not ticked again';
    case 'done-before':
      return `${name} was already closed or merged when the item first linked it: left unticked`;
    case 'pull-taken-back':
      return `somebody removed ${formatIssueRef(remark.pull, from)}: it is not added again`;
    case 'pulls-elsewhere':
      return describeElsewhere(remark, from);
    case 'pulls-without-place':
      return `${listed(remark.pulls, from)} cannot be added: behind this text it would be read as something else`;
    case 'ticked-open':
      return `ticked, but ${name} is open`;
    case 'moved':
      return `${name} was transferred to ${formatIssueRef(remark.to, from)} and is followed there`;
    case 'unreadable':
      return `GitHub does not show ${name}: it was deleted, or the token may not read it`;
    case 'several-issues':
      return `links ${listed(remark.issues, from)}: keep only the one that it belongs to`;
  }
}

type Elsewhere = Extract<SyncRemark, { readonly kind: 'pulls-elsewhere' }>;

/** The repository whose pull requests do not count. */
export function repoOfPulls({ pulls: [first], issue }: Elsewhere): string {
  return formatRepo((first ?? issue).repo);
}

/** The line of the rules file with which they count. */
export function ruleForPulls({ from }: Elsewhere): string {
  const names = from.map((name) => (/^[\w-][\w./*-]*$/.test(name) ? name : JSON.stringify(name)));
  return `pull-requests-from: [${names.join(', ')}]`;
}

function describeElsewhere(remark: Elsewhere, from: RepoRef | undefined): string {
  const { pulls, issue } = remark;
  const named = `${listed(pulls, from)} ${pulls.length === 1 ? 'says that it closes' : 'say that they close'} ${formatIssueRef(issue, from)}`;
  return `${pulls.length === 1 ? 'pull request' : 'pull requests'} ${named}, but pull requests of ${repoOfPulls(remark)} do not count here: not added`;
}

/** The head of a plan: how much will be written, and how much needs the user. */
export function describeSyncPlan({ rows, question }: SyncPlan): string {
  const updates = rows.filter(({ changes }) => changes.length > 0).length;
  const asking = rows.filter(({ remarks }) => needsYou(remarks).length > 0).length;
  const asked =
    asking === 0 ? '' : `${countNoun(asking, 'item')} ${asking === 1 ? 'needs' : 'need'} attention`;
  if (updates > 0) return `${countNoun(updates, 'item')} will be updated${asked && `, ${asked}`}`;
  if (asked !== '') return `Nothing to update, but ${asked}`;
  return rows.length > 0 || question !== undefined
    ? 'Nothing to update'
    : 'Nothing to update: the checklist agrees with GitHub';
}

/** Of the remarks on an item those that only the user can settle; the others are for information. */
export function needsYou(remarks: readonly SyncRemark[]): readonly SyncRemark[] {
  return remarks.filter(({ kind }) => kind === 'unreadable' || kind === 'several-issues');
}

function describeReason(because: TickReason, from: RepoRef | undefined): string {
  switch (because.kind) {
    case 'closed': {
      const how = { completed: '', 'not-planned': ' as not planned', duplicate: ' as a duplicate' };
      return `${formatIssueRef(because.issue, from)} was closed${how[because.reason]}`;
    }
    case 'merged':
      return `${formatIssueRef(because.pull, from)} was merged`;
    case 'merged-into':
      return `${formatIssueRef(because.pull, from)} was merged into ${because.base}`;
    case 'children':
      return 'all items in it are ticked';
  }
}

/** `#1`, `#1 and #2`, `#1, #2 and #3`. */
function listed(issues: readonly IssueRef[], from: RepoRef | undefined): string {
  return listInWords(issues.map((issue) => formatIssueRef(issue, from)));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `3 Nov` of an ISO time, by GitHub's clock. */
function formatDay(time: string): string {
  const [, month, day] = /^\d{4}-(\d\d)-(\d\d)T/.exec(time) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined || day === undefined ? time : `${Number(day)} ${name}`;
}
