import { ownIssue } from '../identity/identify.ts';
import { issueKey } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { readable, readPast } from './past-items.ts';
import { countComplete } from './plan-parents.ts';
import { namingOf } from './plan-sync.ts';
import type { Followed, SyncFacts } from './sync-facts.ts';
import type { SyncChange, SyncPlan } from './sync-plan.ts';

/**
 * Whether the edit history that a plan was made with is deep enough for all of its changes: it holds a version from
 * before each event. If not, an older version may show that a person took a change back: more of it is to be read.
 */
export function reachesBack(plan: SyncPlan, facts: SyncFacts): boolean {
  if (facts.master.isWhole || facts.master.history.length === 0) return true;
  const oldest = Date.parse(readable(facts.master.history).at(-1)?.editedAt ?? '');
  const times = eventTimes(facts);
  const today = parseChecklist(facts.master.text, { placeholder: facts.rules.placeholder });
  const past = readPast(facts, today);
  return plan.rows.every(({ item, index, changes }) =>
    changes.every((change) => {
      const events = eventsOf(change, today.items[index], facts);
      if (events === 'children') return countComplete(item, past) < past.versions.length;
      return events.every((key) => oldest < Date.parse(times.get(key) ?? ''));
    }),
  );
}

/** The issues and pull requests (by `issueKey`) to which the events of a change happened. */
function eventsOf(
  change: SyncChange,
  item: Item | undefined,
  facts: SyncFacts,
): readonly string[] | 'children' {
  switch (change.kind) {
    case 'untick':
      return [];
    case 'add-pulls':
      return change.pulls.map(issueKey);
    case 'tick': {
      const { because } = change;
      if (because.kind === 'children') return 'children';
      if (because.kind === 'closed') return [issueKey(because.issue)];
      // All that the item links were merged, and each may have been before the item named it.
      const others = because.kind === 'merged' && item !== undefined ? mergesOf(item, facts) : [];
      return [issueKey(because.pull), ...others];
    }
  }
}

function mergesOf(item: Item, facts: SyncFacts): readonly string[] {
  const own = ownIssue(item, namingOf(facts));
  if (own.kind !== 'pulls') return [];
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
