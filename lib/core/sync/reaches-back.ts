import { ownIssues } from '../identity/identify.ts';
import { issueKey } from '../refs.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import type { NumbersQuestion } from './ask-numbers.ts';
import { readable, readPast } from './past-items.ts';
import { countComplete } from './plan-parents.ts';
import { namingOf } from './plan-sync.ts';
import type { Followed, Following, SyncFacts } from './sync-facts.ts';
import type { SyncChange, SyncPlan, SyncRemark, SyncRow } from './sync-plan.ts';

/**
 * Whether the edit history that a plan was made with is deep enough for all of its changes: it holds a version from
 * before each event. If not, an older version may show that a person took a change back: more of it is to be read.
 */
export function reachesBack(plan: SyncPlan, facts: SyncFacts): boolean {
  return unreached(plan, facts).size === 0;
}

/**
 * The items (by key) with changes that the history is not deep enough for, each with these changes and when their events
 * happened, as a text to compare. Parents are ticked by what is nested in them: one such item makes them such, too.
 */
export function unreached(plan: SyncPlan, facts: SyncFacts): ReadonlyMap<string, string> {
  if (facts.master.isWhole || facts.master.history.length === 0) return new Map();
  const oldest = Date.parse(readable(facts.master.history).at(-1)?.editedAt ?? '');
  const times = eventTimes(facts);
  const today = parseChecklist(facts.master.text, { placeholder: facts.rules.placeholder });
  const past = readPast(facts, today);
  const owns = ownIssues(today.items, namingOf(facts, today));
  const found = plan.rows.map((row) => {
    const events = row.changes.map((change) => eventsOf(change, owns[row.index]));
    const isDeep = events.every((one) =>
      one === 'children'
        ? countComplete(row.item, past) < past.versions.length
        : one.every((key) => oldest < Date.parse(times.get(key) ?? '')),
    );
    const since = events.map((one) =>
      one === 'children' ? one : one.map((key) => `${key} ${times.get(key) ?? ''}`),
    );
    const kinds = row.changes.map(({ kind }) => kind);
    const isNested = events.includes('children');
    return { key: row.item.key, isDeep, isNested, why: JSON.stringify([kinds, since]) };
  });
  const isAny = found.some(({ isDeep }) => !isDeep);
  const open = found.filter(({ isDeep, isNested }) => !isDeep || (isAny && isNested));
  return new Map(open.map(({ key, why }) => [key, why]));
}

/**
 * A plan without the changes that the history is not deep enough for. What only older versions tell of these items, and
 * what is asked about them, is taken from a plan that was made with them.
 */
export function withoutUnreached(
  plan: SyncPlan,
  items: Pick<ReadonlyMap<string, string>, 'has' | 'size'>,
  known: Pick<SyncPlan, 'rows' | 'question'>,
): SyncPlan {
  if (items.size === 0) return plan;
  const remarks = new Map(known.rows.map((row) => [row.item.key, row.remarks.filter(isByHistory)]));
  const rows = plan.rows.map((row) => {
    if (!items.has(row.item.key)) return row;
    const own = row.remarks.filter((remark) => !isByHistory(remark));
    const older = remarks.get(row.item.key) ?? [];
    return { ...row, changes: [], edits: [], remarks: [...older, ...own] };
  });
  const isSaid = ({ changes, remarks: said }: SyncRow) => changes.length + said.length > 0;
  const old = known.question?.old.filter(({ item }) => items.has(item)) ?? [];
  const question = withOld(plan.question, old);
  return { ...plan, ...(question && { question }), rows: rows.filter(isSaid) };
}

function withOld(
  question: NumbersQuestion | undefined,
  old: NumbersQuestion['old'],
): NumbersQuestion | undefined {
  if (old.length === 0) return question;
  return { ends: question?.ends ?? [], old: [...(question?.old ?? []), ...old] };
}

function isByHistory({ kind }: SyncRemark): boolean {
  return kind === 'tick-taken-back' || kind === 'pull-taken-back' || kind === 'done-before';
}

/** The issues and pull requests (by `issueKey`) to which the events of a change happened. */
function eventsOf(change: SyncChange, own: Following | undefined): readonly string[] | 'children' {
  switch (change.kind) {
    case 'untick':
      return [];
    case 'add-pulls':
      return change.pulls.map(issueKey);
    case 'tick': {
      const { because } = change;
      if (because.kind === 'children') return 'children';
      // All that the item links are done, and each may have been before the item named it.
      const all = because.kind === 'merged-into' ? [] : allOf(own);
      return [issueKey(because.kind === 'closed' ? because.issue : because.pull), ...all];
    }
  }
}

function allOf(own: Following | undefined): readonly string[] {
  if (own?.kind === 'issues') return own.links.map(({ now: { ref } }) => issueKey(ref));
  if (own?.kind !== 'pulls') return [];
  return own.links.flatMap(({ now: { merged } }) => (merged ? [issueKey(merged.ref)] : []));
}

/** When each issue was closed and each pull request merged. */
function eventTimes({ followed }: SyncFacts): ReadonlyMap<string, string> {
  const known = Object.values(followed).filter((one) => typeof one === 'object');
  return new Map(known.flatMap(timesOf));
}

function timesOf({ ref, closedAt, merged, closers, mentions }: Followed) {
  const merges = [...closers, ...mentions, ...(merged === undefined ? [] : [merged])];
  const closed = closedAt === undefined ? [] : [[issueKey(ref), closedAt] as const];
  return [...closed, ...merges.map((pull) => [issueKey(pull.ref), pull.mergedAt] as const)];
}
