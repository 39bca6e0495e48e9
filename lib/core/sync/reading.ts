import { type Link, linksOf, type NamingFacts, ownIssue } from '../identity/identify.ts';
import type { MatchHow, ReadCounts } from '../log/event.ts';
import { formatIssueRef, type IssueRef, sameIssue } from '../refs.ts';
import type { Checklist, Item } from '../text/checklist.ts';
import { namingOf } from './plan-sync.ts';
import type { Followed, SyncFacts } from './sync-facts.ts';

/** An item's match as remembered. */
export interface Match {
  readonly how: MatchHow;
  /** As written in the checklist's repository: a rename of that changes nothing. Missing where several are named. */
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

/** What was read of a text, and which items match otherwise than before; of a first reading none. Items of whose links GitHub was not asked stay as they were. */
export function readingOf(
  facts: SyncFacts,
  { items, lookalikes }: Checklist,
  before: Reading | undefined,
): { readonly reading: Reading; readonly changes: readonly MatchChange[] } {
  const { repo } = facts.checklist;
  const naming = namingOf(facts);
  const byItem: Record<string, Match> = {};
  const changes: MatchChange[] = [];
  for (const item of items) {
    const earlier = before?.byItem[item.key];
    const found = matchOf(item, naming);
    const issue = found && found !== 'unknown' ? found.issue : undefined;
    const match =
      found === undefined || found === 'unknown'
        ? found && earlier
        : { how: found.how, ...(issue && { issue: formatIssueRef(issue, repo) }) };
    if (match !== undefined) byItem[item.key] = match;
    if (before === undefined || isSame(match, earlier)) continue;
    changes.push({ item, how: match?.how, issue });
  }
  const lines = lookalikes.inCode + lookalikes.inComments;
  const matches = countMatches(Object.values(byItem));
  return { reading: { items: items.length, lookalikes: lines, matches, byItem }, changes };
}

/** Whether a reading counts otherwise than the one before: that is worth an entry of the log. */
export function countsDiffer(before: ReadCounts | undefined, now: ReadCounts): boolean {
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
  item: Item,
  naming: NamingFacts<Followed>,
): { readonly how: MatchHow; readonly issue?: IssueRef } | 'unknown' | undefined {
  const own = ownIssue(item, naming);
  switch (own.kind) {
    case 'unknown':
      return 'unknown';
    case 'nothing':
    case 'pulls':
      return undefined;
    case 'several':
      return { how: 'asked' };
    case 'unreadable':
      return { how: 'asked', issue: own.issue };
    case 'elsewhere':
      return { how: 'link', issue: own.issue };
    case 'issue':
      return { how: howOf(item, own.link, naming), issue: own.link.asked };
  }
}

function howOf(
  item: Item,
  { asked, now }: Link<Followed>,
  naming: NamingFacts<Followed>,
): MatchHow {
  const { links, mapped } = linksOf(item, naming);
  if (links.some((link) => sameIssue(link, asked)))
    return links.length > 1 && now.marker?.item === item.key ? 'marker' : 'link';
  return mapped !== undefined && sameIssue(mapped, asked) ? 'block' : 'bracket';
}

function isSame(a: Match | undefined, b: Match | undefined): boolean {
  return a?.how === b?.how && a?.issue === b?.issue;
}
