import type { MendDraft } from '../engine/job-mend.ts';
import type { IssueChange, RowMend } from '../engine/mend.ts';
import { parseMap, readMap } from '../identity/identity-map.ts';
import { issueKey } from '../refs.ts';
import type { ItemLocator } from '../text/checklist.ts';
import { changedEntries } from './changed-entries.ts';
import type { Chosen } from './chosen.ts';
import type { Consequence, Difference, ReconcilePlan } from './difference.ts';
import type { ReconcileFacts } from './reconcile-facts.ts';
import { type FoundDifferences, type ResolvedChoice, resolveChosen } from './resolve-chosen.ts';

/** What choices come to. */
export interface MendWish {
  /** What a mending does. New words come last: other edits find their item by the old ones. */
  readonly rows: readonly MendDraft[];
  /** Items for which an issue is to be created. */
  readonly creates: readonly ItemLocator[];
  /** Differences that are not to be shown again. */
  readonly keep: readonly Difference[];
  /** Choices that are not possible any more, or contradict an earlier one. */
  readonly changed: number;
}

/**
 * What the user's choices write. `approved` is the plan that she saw, `fresh` what was found just now: a choice counts
 * only where the same difference still stands there and the choice still writes the same.
 */
export function mendOf(
  fresh: FoundDifferences,
  approved: ReconcilePlan,
  chosen: readonly Chosen[],
): MendWish {
  const resolved: ResolvedChoice[] = [];
  const claimed = new Set<string>();
  for (const one of chosen) {
    const choice = resolveChosen(fresh, approved, one);
    const claims = choice && claimsOf(choice, fresh.facts);
    if (choice === undefined || claims?.some((claim) => claimed.has(claim))) continue;
    for (const claim of claims ?? []) claimed.add(claim);
    resolved.push(choice);
  }
  const writing = resolved.filter(({ consequence }) => consequence.choice.kind !== 'leave');
  return {
    rows: inOrder(writing.flatMap((one) => rowOf(one, fresh.facts))),
    creates: writing.flatMap(({ item, consequence: { issues } }) =>
      item !== undefined && issues.some(({ kind }) => kind === 'create') ? [item] : [],
    ),
    keep: resolved.flatMap(({ difference, consequence }) =>
      difference !== undefined && consequence.choice.kind === 'leave' ? [difference] : [],
    ),
    changed: chosen.length - resolved.length,
  };
}

/** What a choice decides. No two choices may decide the same. */
function claimsOf(
  { difference, item, consequence }: ResolvedChoice,
  facts: ReconcileFacts,
): readonly string[] {
  const key = item?.key ?? '';
  return [
    ...(difference === undefined ? [] : [`difference ${difference.id}`]),
    ...claimsOfChoice(consequence.choice, key),
    ...entriesOf(consequence, facts).map(([entry]) => `entry ${entry}`),
    ...consequence.issues.flatMap((write) =>
      write.kind === 'create' ? [] : [`${write.kind} ${issueKey(write.issue)}`],
    ),
  ];
}

function claimsOfChoice(choice: Consequence['choice'], key: string): readonly string[] {
  switch (choice.kind) {
    case 'tick':
    case 'untick':
      return [`box ${key}`];
    case 'add-pulls':
      return choice.pulls.map((pull) => `number ${issueKey(pull)} ${key}`);
    case 'remove-pull':
      return [`number ${issueKey(choice.pull)} ${key}`];
    case 'link':
      // An issue is one item's.
      return [`link ${key}`, `issue ${issueKey(choice.issue)}`];
    case 'relink':
    case 'remove-link':
    case 'create-issue':
    case 'write-block':
      return [`link ${key}`];
    case 'rename-item':
      return [`words ${key}`];
    case 'close-issue':
    case 'reopen-issue':
    case 'retitle-issue':
    case 'link-to':
    case 'leave':
      return [];
  }
}

function rowOf(
  { item, text, difference, consequence }: ResolvedChoice,
  facts: ReconcileFacts,
): readonly MendDraft[] {
  const mend: RowMend = {
    choice: consequence.choice.kind,
    changes: changesOf(consequence, difference),
    edits: consequence.edits.filter(({ kind }) => kind !== 'comment'),
    map: entriesOf(consequence, facts),
  };
  const { changes, edits, map } = mend;
  return changes.length + edits.length + map.length === 0 ? [] : [{ item, text, mend }];
}

/** The writes to issues, as changes that may be sent again. The user chose them just now: nobody is asked once more. */
function changesOf(
  { issues }: Consequence,
  difference: Difference | undefined,
): readonly IssueChange[] {
  const finding = difference?.finding;
  return issues.flatMap((write): readonly IssueChange[] => {
    if (write.kind === 'create') return [];
    const { issue } = write;
    if (write.kind === 'title') {
      const from = finding !== undefined && 'title' in finding ? finding.title : '';
      return [{ issue, title: { from, to: write.title } }];
    }
    const { state: to, reason } = write;
    return [{ issue, state: { to, ...(reason !== undefined && { reason }) } }];
  });
}

/** What a choice changes of the hidden block as it stands. */
function entriesOf({ edits }: Consequence, { master, checklist }: ReconcileFacts): RowMend['map'] {
  const { repo } = checklist;
  const before = readMap(master.text, repo);
  const entries = edits.flatMap((edit) =>
    edit.kind === 'comment' ? changedEntries(before, parseMap(edit.content, repo)) : [],
  );
  return [...new Map(entries)];
}

function inOrder(rows: readonly MendDraft[]): readonly MendDraft[] {
  const renames = ({ mend }: MendDraft) => mend.choice === 'rename-item';
  return [...rows.filter((row) => !renames(row)), ...rows.filter(renames)];
}
