import { unlinkEdits } from '../differences/item-edits.ts';
import {
  type ItemContext,
  type ReconcileContext,
  readContext,
} from '../differences/reconcile-context.ts';
import type { ReconcileFacts } from '../differences/reconcile-facts.ts';
import type { IssueChange } from '../engine/change.ts';
import type { ChangeDraft } from '../engine/new-change.ts';
import { isOurs } from '../identity/marked-issues.ts';
import { type IssueRef, issueKey } from '../refs.ts';
import type { Followed } from '../sync/sync-facts.ts';
import { type Checklist, locatorOf } from '../text/checklist.ts';
import { allLinks } from '../text/referenced-issue.ts';

/** What a fresh read says. */
export interface FreshFacts {
  readonly facts: ReconcileFacts;
  /** The master's text as parsed with the rules' placeholder. */
  readonly items: Checklist;
}

/** What turns items into plain ones, and how many of them cannot be. */
export interface TurnBack {
  readonly rows: readonly ChangeDraft[];
  readonly skipped: number;
}

/**
 * Closes the open issues of the items with these keys as not planned and takes their links away. Skipped are items that
 * are gone or have no open issue, whose issue another item links that is not chosen, and whose link is in a form that is
 * not ours to take away. Numbers of pull requests stay: what is merged stays merged.
 */
export function turnBackRows({ facts, items }: FreshFacts, keys: readonly string[]): TurnBack {
  const context = readContext(facts, items);
  const wanted = new Set(keys);
  const chosen = context.items.filter(({ item }) => wanted.has(item.key));
  const others = new Set(
    context.items
      .filter(({ item }) => !wanted.has(item.key))
      .flatMap((one) => issuesOf(one, context).map(issueKey)),
  );
  const rows = chosen.flatMap((one) => rowOf(one, others, context));
  return { rows, skipped: wanted.size - rows.length };
}

function rowOf(
  one: ItemContext,
  others: ReadonlySet<string>,
  context: ReconcileContext,
): readonly ChangeDraft[] {
  const { item, link } = one;
  if (link?.now.state !== 'open' || others.has(issueKey(link.now.ref))) return [];
  const unlinks = addressesOf(one, link.now.ref, context).map((address) =>
    unlinkEdits(one, address, context),
  );
  if (unlinks.includes(undefined)) return [];
  const edits = unlinks.flatMap((each) => each ?? []);
  const isMapped = edits.some(({ kind }) => kind === 'comment');
  return [
    {
      item: locatorOf(item),
      text: item.text,
      change: {
        choice: 'plain',
        changes: [closing(link.now, context)],
        edits: edits.filter(({ kind }) => kind !== 'comment'),
        map: isMapped ? [[item.key, undefined]] : [],
      },
    },
  ];
}

function closing({ ref, marker }: Followed, { facts }: ReconcileContext): IssueChange {
  const isMarked = marker !== undefined && marker.state !== 'undone' && isOurs(marker, facts);
  return {
    issue: ref,
    state: { to: 'closed', reason: 'not_planned' },
    ...(isMarked && { marker: 'undone' }),
  };
}

/** Under which addresses an item names an issue: it may have been transferred. */
function addressesOf(one: ItemContext, issue: IssueRef, context: ReconcileContext) {
  return allLinks(one.written).filter(
    (ref) => issueKey(standsAt(ref, context)) === issueKey(issue),
  );
}

/** All issues that an item links, where they stand now. */
function issuesOf(one: ItemContext, context: ReconcileContext): readonly IssueRef[] {
  return allLinks(one.written).map((ref) => standsAt(ref, context));
}

function standsAt(ref: IssueRef, { facts }: ReconcileContext): IssueRef {
  const now = facts.followed[issueKey(ref)];
  return typeof now === 'object' ? now.ref : ref;
}
