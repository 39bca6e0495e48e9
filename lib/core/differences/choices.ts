import { entryName } from '../identity/identity-map.ts';
import { formatIssueRef, type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import { applyEdits } from '../text/apply-edits.ts';
import type { Item } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import type { Choice, Consequence, IssueWrite, LineChange } from './choice.ts';
import { linkEdits, located, mapEdit, previewEdits, unlinkEdits } from './item-edits.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';

/** All that a choice decides. Nothing has a default: a new choice has to answer each. */
interface ChoiceRules {
  /** They name the write. `among` are all choices of the difference. */
  readonly words: (among: readonly Choice[]) => string;
  /** Of the checklist; nothing when the text has a form that is not ours to change. */
  readonly edits: (one: ItemContext, context: ReconcileContext) => readonly Edit[] | undefined;
  readonly writes: readonly IssueWrite[];
  /**
   * What it decides about an item, by the item's key: no two choices may decide the same. One link of the item is
   * `link KEY of ISSUE`, and part of all that `link KEY` decides.
   */
  readonly claims: (key: string) => readonly string[];
  /** Whether it is offered though it writes nothing at once. */
  readonly isMute: boolean;
  /** Whether sync writes the same: a nightly run leaves it to sync. */
  readonly isOfSync: boolean;
}

/**
 * What a choice writes, on both sides; nothing when it can write nothing: the text has a form that is not ours to change.
 * `one` is missing for issues without an item.
 */
export function consequenceOf(
  choice: Choice,
  among: readonly Choice[],
  one: ItemContext | undefined,
  context: ReconcileContext,
): Consequence | undefined {
  const rules = rulesOf(choice, context.editing.repo);
  const wanted = one === undefined ? [] : rules.edits(one, context);
  if (wanted === undefined) return undefined;
  const edits = wanted.map(located);
  const issues = rules.writes;
  const line = one && previewEdits(one, edits, context);
  if (!rules.isMute && issues.length === 0 && line === undefined) return undefined;
  const issueLines = issues.map((write) => issueLine(write, one, context));
  return { choice, words: rules.words(among), edits, issues, line, issueLines };
}

/** What a choice decides. Its words name issues as seen from a repository. */
export function rulesOf(choice: Choice, from: RepoRef): ChoiceRules {
  const name = (issue: IssueRef) => formatIssueRef(issue, from);
  switch (choice.kind) {
    case 'tick':
    case 'untick':
      return {
        ...TEXT_ONLY,
        words: () => (choice.kind === 'tick' ? 'Tick this box' : 'Untick this box'),
        edits: ({ item }) => [{ kind: choice.kind, item }],
        claims: (key) => [`box ${key}`],
        isOfSync: true,
      };
    case 'add-pulls': {
      const { pulls } = choice;
      return {
        ...TEXT_ONLY,
        words: () => `Add ${pulls.map(name).join(', ')}`,
        edits: ({ item }) => [{ kind: 'append-pull-requests', item, pulls }],
        claims: (key) => pulls.map((pull) => `number ${issueKey(pull)} ${key}`),
        isOfSync: true,
      };
    }
    case 'remove-pull': {
      const { pull } = choice;
      return {
        ...TEXT_ONLY,
        words: () => `Remove ${name(pull)}`,
        edits: (one, context) => [removePull(pull, one, context)],
        claims: (key) => [`number ${issueKey(pull)} ${key}`],
        isOfSync: false,
      };
    }
    case 'rename-item':
      return {
        ...TEXT_ONLY,
        words: () => 'Rename the item',
        edits: (one, context) => renameEdits(one, choice.text, context),
        claims: (key) => [`words ${key}`],
        isOfSync: false,
      };
    case 'link': {
      const { issue, instead } = choice;
      return {
        ...TEXT_ONLY,
        words: () => `Link to ${name(issue)}`,
        edits: (one, context) => linkEdits(one, issue, instead, context),
        // An issue is one item's.
        claims: (key) => [`link ${key}`, `issue ${issueKey(issue)}`],
        isOfSync: false,
      };
    }
    case 'relink': {
      const { from: old, to, closes } = choice;
      return {
        ...TEXT_ONLY,
        words: () => `Link to ${name(to)}`,
        edits: (one, context) => linkEdits(one, to, [old], context),
        writes: closes === undefined ? [] : [closing(closes, 'duplicate')],
        claims: ofOneLink(old),
        isOfSync: false,
      };
    }
    case 'remove-link':
      return {
        ...TEXT_ONLY,
        words: () => 'Remove the link',
        edits: (one, context) => unlinkEdits(one, choice.issue, context),
        claims: ofOneLink(choice.issue),
        isOfSync: false,
      };
    case 'write-block':
      return {
        ...TEXT_ONLY,
        words: () => 'Write the hidden block',
        edits: ({ item, link }, context) => link && [mapEdit([[item, link.asked]], context)],
        claims: ofLink,
        isOfSync: false,
      };
    case 'create-issue': {
      const { instead } = choice;
      return {
        words: () => 'Create the issue',
        edits: (one, context) => (instead === undefined ? [] : unlinkEdits(one, instead, context)),
        writes: [{ kind: 'create' }],
        claims: ofLink,
        isMute: false,
        isOfSync: false,
      };
    }
    case 'close-issue': {
      const { issue, reason } = choice;
      return {
        ...ISSUE_ONLY,
        words: (among) =>
          reason === 'duplicate' ? closeDouble(issue, among, name) : `Close ${name(issue)}`,
        writes: [closing(issue, reason)],
      };
    }
    case 'reopen-issue': {
      const { issue } = choice;
      return {
        ...ISSUE_ONLY,
        words: () => `Reopen ${name(issue)}`,
        writes: [{ kind: 'state', issue, state: 'open', reason: 'reopened' }],
      };
    }
    case 'retitle-issue': {
      const { issue, from: old, title } = choice;
      return {
        ...ISSUE_ONLY,
        words: () => `Retitle ${name(issue)}`,
        writes: [{ kind: 'title', issue, from: old, title }],
      };
    }
    case 'link-to':
      return { ...NOTHING, words: () => 'Link to…' };
    case 'leave':
      return { ...NOTHING, words: () => "Leave as is, don't show again" };
  }
}

/** What choices have in common that change only the text. */
const TEXT_ONLY = { writes: [], isMute: false };

/** What choices have in common that change only an issue: which write excludes which, its claim on the issue says. */
const ISSUE_ONLY = { edits: () => [], claims: () => [], isMute: false, isOfSync: false };

/** What choices have in common that write nothing. */
const NOTHING = { ...ISSUE_ONLY, writes: [], isMute: true };

function ofLink(key: string): readonly string[] {
  return [`link ${key}`];
}

function ofOneLink(issue: IssueRef): (key: string) => readonly string[] {
  return (key) => [`link ${key} of ${issueKey(issue)}`];
}

/** What a claim is a part of; itself where it is of nothing. */
export function wholeOf(claim: string): string {
  return claim.replace(/^(link \S+) of \S+$/, '$1');
}

function closing(issue: IssueRef, reason: 'completed' | 'not_planned' | 'duplicate'): IssueWrite {
  return { kind: 'state', issue, state: 'closed', reason };
}

/** It is named only where there are several. */
function closeDouble(
  issue: IssueRef,
  among: readonly Choice[],
  name: (issue: IssueRef) => string,
): string {
  const doubles = among.filter((one) => one.kind === 'close-issue' && one.reason === 'duplicate');
  return doubles.length > 1 ? `Close the double ${name(issue)}` : 'Close the double';
}

/** In the bracket that we write; else in whatever form it is written. */
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
    mapEdit(
      [...gone, ...moved.map(([, now, issue]) => [{ key: entryName(now) }, issue] as const)],
      context,
    ),
  ];
}

const REASONS = {
  completed: 'closed as completed',
  not_planned: 'closed as not planned',
  duplicate: 'closed as a duplicate',
  reopened: 'open',
} as const;

function issueLine(
  write: IssueWrite,
  one: ItemContext | undefined,
  context: ReconcileContext,
): LineChange {
  if (write.kind === 'create')
    return { before: 'no issue', after: `a new issue: ${one?.title.title ?? ''}` };
  const name = formatIssueRef(write.issue, context.editing.repo);
  if (write.kind === 'title')
    return { before: `${name} ${write.from}`, after: `${name} ${write.title}` };
  const after = REASONS[write.reason ?? (write.state === 'open' ? 'reopened' : 'completed')];
  return { before: `${name} ${stateNow(write.issue, one, context)}`, after: `${name} ${after}` };
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
