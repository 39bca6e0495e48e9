import { type OwnIssue, ownIssues } from '../identity/identify.ts';
import type { NamingFacts } from '../identity/naming.ts';
import type { LogEvent, Logged, LoggedRow, MatchHow, ReadCounts } from '../log/event.ts';
import { formatIssueRef, type IssueRef } from '../refs.ts';
import type { Checklist, Item } from '../text/checklist.ts';

/** An item's match as remembered. */
export interface Match {
  readonly how: MatchHow;
  /** As written in the checklist's repository: a rename of that changes nothing. Several where a person has to choose. */
  readonly issue?: string;
}

/** What was read of a checklist: small, and remembered to tell a change. */
export interface Reading extends ReadCounts {
  /** By the key of the item; items without a match are missing. */
  readonly byItem: Readonly<Record<string, Match>>;
}

/** An item whose match is not what it was. `how` is undefined where it has none any more. */
export interface MatchChange {
  readonly item: Item;
  readonly how: MatchHow | undefined;
  readonly issue: IssueRef | undefined;
}

/** A reading, and what changed since the one before. */
export interface FoundReading {
  readonly reading: Reading;
  readonly changes: readonly MatchChange[];
}

/**
 * What was read of a text, and which items match otherwise than before; of a first reading none. Items of whose links
 * GitHub was not asked stay as they were, and an item that was only renamed has its match from before.
 */
export function readingOf(
  naming: NamingFacts,
  { items, lookalikes }: Checklist,
  before: Reading | undefined,
): FoundReading {
  const { repo } = naming.checklist;
  const gone = goneMatches(items, before);
  const byItem: Record<string, Match> = {};
  const changes: MatchChange[] = [];
  const own = ownIssues(items, naming);
  for (const [index, item] of items.entries()) {
    const found = matchOf(own[index]);
    const issues = found && found !== 'unknown' ? found.issues : [];
    const written = issues.map((one) => formatIssueRef(one, repo)).join(' ');
    const earlier = before?.byItem[item.key] ?? (written === '' ? undefined : gone.get(written));
    const match =
      found === undefined || found === 'unknown'
        ? found && earlier
        : { how: found.how, issue: written };
    if (match !== undefined) byItem[item.key] = match;
    if (before === undefined || isSame(match, earlier)) continue;
    const [issue, ...more] = issues;
    changes.push({ item, how: match?.how, issue: more.length === 0 ? issue : undefined });
  }
  const lines = lookalikes.inCode + lookalikes.inComments + lookalikes.nearMisses.length;
  const matches = countMatches(Object.values(byItem));
  return { reading: { items: items.length, lookalikes: lines, matches, byItem }, changes };
}

/** Matches of items that are not there any more, by their issue: an item that was renamed has another key. */
function goneMatches(
  items: readonly Item[],
  before: Reading | undefined,
): ReadonlyMap<string, Match> {
  const keys = new Set(items.map(({ key }) => key));
  return new Map(
    Object.entries(before?.byItem ?? {}).flatMap(([key, match]) =>
      match.issue === undefined || keys.has(key) ? [] : [[match.issue, match] as const],
    ),
  );
}

/** One event where the counts changed, and one with all items that match otherwise. `about` belongs to no run: nothing was written. */
export function readingEvents(
  about: Logged,
  before: Reading | undefined,
  { reading, changes }: FoundReading,
): readonly LogEvent[] {
  const { items, lookalikes, matches } = reading;
  const read = { items, lookalikes, matches };
  return [
    ...(countsDiffer(before, reading) ? [{ ...about, kind: 'read', read } as const] : []),
    ...(changes.length === 0
      ? []
      : [{ ...about, kind: 'match', rows: changes.map(loggedMatch) } as const]),
  ];
}

function loggedMatch({ item, how, issue }: MatchChange): LoggedRow {
  const what = `match-${how ?? 'none'}` as const;
  return { item: item.key, text: item.text, what, ...(issue !== undefined && { issue }) };
}

function countsDiffer(before: ReadCounts | undefined, now: ReadCounts): boolean {
  return before === undefined || countsKey(before) !== countsKey(now);
}

function countsKey({ items, lookalikes, matches }: ReadCounts): string {
  return JSON.stringify([items, lookalikes, Object.entries(matches).sort()]);
}

function countMatches(matches: readonly Match[]): ReadCounts['matches'] {
  const counts: Partial<Record<MatchHow, number>> = {};
  for (const { how } of matches) counts[how] = (counts[how] ?? 0) + 1;
  return counts;
}

function matchOf(
  own: OwnIssue = { kind: 'nothing' },
): { readonly how: MatchHow; readonly issues: readonly IssueRef[] } | 'unknown' | undefined {
  switch (own.kind) {
    case 'unknown':
      return 'unknown';
    case 'nothing':
    case 'pulls':
      return undefined;
    case 'issues':
      return { how: 'link', issues: own.links.map(({ asked }) => asked) };
    case 'asked':
    case 'several':
      return { how: 'asked', issues: own.links.map(({ asked }) => asked) };
    case 'unreadable':
      return { how: 'asked', issues: [own.issue] };
    case 'elsewhere':
      return { how: 'link', issues: [own.issue] };
    case 'issue':
      return { how: own.by, issues: [own.link.asked] };
  }
}

function isSame(a: Match | undefined, b: Match | undefined): boolean {
  return a?.how === b?.how && a?.issue === b?.issue;
}
