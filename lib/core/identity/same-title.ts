import type { Title, TitleFront } from '../plan/title.ts';
import { issueKey } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import type { Finding } from './identity.ts';
import type { IdentityStrategy, KnownIssue } from './issue.ts';

/**
 * Finds issues of nobody that have an item's title, per item. By default an open one makes the row a question and a
 * closed one counts for nothing. With the strategy `title` the only open one is the item's issue, and a closed one
 * makes a question.
 */
export function findSameTitles(
  items: readonly Item[],
  titles: readonly Title[],
  fronts: readonly TitleFront[],
  free: readonly KnownIssue[],
  strategy: IdentityStrategy,
): readonly (Finding | undefined)[] {
  const prefixes = [...new Set(fronts.map(({ prefix }) => fold(prefix)))];
  const byTitle = Map.groupBy(free, ({ title }) => bareTitle(title, prefixes));
  if (byTitle.size === 0) return [];
  const found = items.map(
    (_, index) => byTitle.get(bareTitle(titles[index]?.title ?? '', prefixes)) ?? [],
  );
  const claims = countClaims(found);
  return found.map((issues) => decide(issues, claims, strategy));
}

function decide(
  issues: readonly KnownIssue[],
  claims: ReadonlyMap<string, number>,
  strategy: IdentityStrategy,
): Finding | undefined {
  const open = issues.filter(({ state }) => state === 'open');
  const counted = open.length === 0 && strategy === 'title' ? issues : open;
  const [only, second] = counted;
  if (only === undefined) return undefined;
  if (second !== undefined)
    return { decision: 'ask', reason: { kind: 'two-candidates' }, candidates: counted };
  const unique = claims.get(issueKey(only.ref)) === 1;
  const links = strategy === 'title' && only.state === 'open' && unique;
  return {
    decision: links ? 'link' : 'ask',
    reason: { kind: 'same-title', issue: only.ref },
    candidates: counted,
  };
}

function countClaims(found: readonly (readonly KnownIssue[])[]): ReadonlyMap<string, number> {
  const claims = new Map<string, number>();
  for (const { ref } of found.flat()) {
    const key = issueKey(ref);
    claims.set(key, (claims.get(key) ?? 0) + 1);
  }
  return claims;
}

/** A title without the prefixes and numbers that another run may have put in front, and without Markdown's signs. */
export function bareTitle(title: string, prefixes: readonly string[]): string {
  const folded = fold(title);
  const prefix = prefixes.find((one) => one !== '' && folded.startsWith(one)) ?? '';
  return folded
    .slice(prefix.length)
    .replace(/^\s*t-\d{1,6}\b[\s:]*/, '')
    .trim();
}

/** As titles are compared: lower case, without Markdown's signs and the stop at the end. */
export function fold(text: string): string {
  const plain = /[^ -~]/.test(text) ? text.normalize('NFKC') : text;
  return plain
    .toLowerCase()
    .replace(/[`*_]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^\s|[\s.:;,]+$/g, '');
}
