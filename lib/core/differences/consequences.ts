import { formatIssueRef, type IssueRef, issueKey } from '../refs.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { type Item, locatorOf } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import type { Choice, Consequence, Finding, IssueWrite } from './difference.ts';
import { previewEdits } from './preview-edits.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';
import { linkEdits, mapEdit, unlinkEdits } from './write-links.ts';

/**
 * What a choice writes, on both sides; nothing when it can write nothing: the text has a form that is not ours to change.
 * `one` is missing for issues without an item.
 */
export function consequenceOf(
  choice: Choice,
  finding: Finding,
  one: ItemContext | undefined,
  context: ReconcileContext,
): Consequence | undefined {
  const wanted = one === undefined ? [] : editsOfChoice(choice, finding, one, context);
  if (wanted === undefined) return undefined;
  const edits = wanted.map(located);
  const issues = writesOf(choice, finding, one);
  const line = one && previewEdits(one, edits, context);
  const mute = choice.kind === 'leave' || choice.kind === 'link-to' || issues.length > 0;
  if (!mute && line === undefined) return undefined;
  return {
    choice,
    edits,
    issues,
    line,
    issueLines: issues.map((write) => issueLine(write, finding, one, context)),
  };
}

/** An edit as it is kept: it finds its item by the locator alone. */
export function located(edit: Edit): Edit {
  return 'item' in edit ? { ...edit, item: locatorOf(edit.item) } : edit;
}

/** Choices that put another issue in the place of what stands there take that away. */
function replacedBy(finding: Finding): readonly IssueRef[] {
  switch (finding.kind) {
    case 'several-issues':
      return finding.candidates;
    case 'issue-gone':
    case 'issue-shared':
    case 'issue-moved':
      return [finding.issue];
    default:
      return [];
  }
}

function editsOfChoice(
  choice: Choice,
  finding: Finding,
  one: ItemContext,
  context: ReconcileContext,
): readonly Edit[] | undefined {
  const { item } = one;
  switch (choice.kind) {
    case 'tick':
    case 'untick':
      return [{ kind: choice.kind, item }];
    case 'add-pulls':
      return [{ kind: 'append-pull-requests', item, pulls: choice.pulls }];
    case 'remove-pull':
      return [removePull(choice.pull, one, context)];
    case 'rename-item':
      return renameEdits(one, choice.text, context);
    case 'link':
      return linkEdits(one, choice.issue, replacedBy(finding), context);
    case 'relink':
      return linkEdits(one, choice.to, [choice.from], context);
    case 'remove-link':
      return unlinkEdits(one, choice.issue, context);
    case 'create-issue': {
      const [standing] = replacedBy(finding);
      return standing === undefined ? [] : unlinkEdits(one, standing, context);
    }
    case 'write-block':
      return one.link && [mapEdit([[item, one.link.asked]], context)];
    case 'link-to':
    case 'close-issue':
    case 'reopen-issue':
    case 'retitle-issue':
    case 'leave':
      return [];
  }
}

/** In the bracket that we write; else in whatever form it stands. */
function removePull(pull: IssueRef, one: ItemContext, context: ReconcileContext): Edit {
  const { item } = one;
  const ours: Edit = { kind: 'remove-pull-requests', item, pulls: [pull] };
  if (previewEdits(one, [ours], context) !== undefined) return ours;
  return { kind: 'drop-link', item, issue: pull };
}

/** With other words the item, and what is nested in it, has other keys in the hidden block. */
function renameEdits(one: ItemContext, text: string, context: ReconcileContext): readonly Edit[] {
  const retext: Edit = { kind: 'retext', item: one.item, text };
  const { map, editing, facts, checklist } = context;
  if (map.size === 0) return [retext];
  const { markdown } = applyEdits(facts.master.text, [retext], editing);
  const { placeholder } = facts.rules;
  const after = parseChecklist(markdown, { placeholder }).items;
  const moved = checklist.items.flatMap((item): [Item, Item, IssueRef][] => {
    const issue = map.get(item.key);
    const now = after[item.index];
    return issue === undefined || now === undefined || now.key === item.key
      ? []
      : [[item, now, issue]];
  });
  if (moved.length === 0) return [retext];
  const gone = moved.map(([item]) => [item, undefined] as const);
  return [
    retext,
    mapEdit([...gone, ...moved.map(([, now, issue]) => [now, issue] as const)], context),
  ];
}

function writesOf(
  choice: Choice,
  finding: Finding,
  one: ItemContext | undefined,
): readonly IssueWrite[] {
  switch (choice.kind) {
    case 'close-issue': {
      const { issue, reason } = choice;
      return [{ kind: 'state', issue, state: 'closed', reason }];
    }
    case 'reopen-issue':
      return [{ kind: 'state', issue: choice.issue, state: 'open', reason: 'reopened' }];
    case 'retitle-issue':
      return [{ kind: 'title', issue: choice.issue, title: choice.title }];
    case 'create-issue':
      return [{ kind: 'create' }];
    case 'relink':
      // One issue of two for an item stays; the other is the double now.
      return finding.kind === 'doubled' && one?.link?.now.state === 'open'
        ? [{ kind: 'state', issue: one.link.now.ref, state: 'closed', reason: 'duplicate' }]
        : [];
    default:
      return [];
  }
}

const REASONS = {
  completed: 'closed as completed',
  not_planned: 'closed as not planned',
  duplicate: 'closed as a duplicate',
  reopened: 'open',
} as const;

function issueLine(
  write: IssueWrite,
  finding: Finding,
  one: ItemContext | undefined,
  context: ReconcileContext,
): Consequence['issueLines'][number] {
  if (write.kind === 'create')
    return { before: 'no issue', after: `a new issue: ${one?.title.title ?? ''}` };
  const name = formatIssueRef(write.issue, context.editing.repo);
  if (write.kind === 'title')
    return { before: `${name} ${titleNow(finding, one)}`, after: `${name} ${write.title}` };
  const after = REASONS[write.reason ?? (write.state === 'open' ? 'reopened' : 'completed')];
  return { before: `${name} ${stateNow(write.issue, one, context)}`, after: `${name} ${after}` };
}

function titleNow(finding: Finding, one: ItemContext | undefined): string {
  return 'title' in finding ? finding.title : (one?.link?.now.title ?? '');
}

function stateNow(
  issue: IssueRef,
  one: ItemContext | undefined,
  { identities }: ReconcileContext,
): string {
  const key = issueKey(issue);
  const now = one?.link?.now;
  if (now !== undefined && issueKey(now.ref) === key) {
    if (now.state === 'open') return 'open';
    const reasons = {
      completed: 'completed',
      'not-planned': 'not_planned',
      duplicate: 'duplicate',
    };
    return REASONS[reasons[now.reason ?? 'completed'] as keyof typeof REASONS];
  }
  return identities.marked.known.get(key)?.issue.state ?? 'open';
}
