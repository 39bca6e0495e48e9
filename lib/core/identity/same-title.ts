import { issueKey } from '../refs.ts';
import type { IdentityStrategy, KnownIssue } from './issue.ts';

/** Issues that have an item's title. */
export interface SameTitle {
  readonly issues: readonly KnownIssue[];
  /** The strategy `title` takes the one of them for the item's issue; else a person has to say so. */
  readonly certain: boolean;
}

/**
 * Finds issues of nobody that have one of the titles of an item, per item: the first of them that an open issue has, else
 * the first that any has. By default an open one is a question and a closed one counts for nothing. With the strategy `title` the only open one is
 * the item's issue, and a closed one is a question. `prefixes` are those that another run may have put in front.
 */
export function findSameTitles(
  titles: readonly (readonly string[])[],
  prefixes: readonly string[],
  free: readonly KnownIssue[],
  strategy: IdentityStrategy,
): readonly (SameTitle | undefined)[] {
  const folded = [...new Set(prefixes.map(fold))];
  const byTitle = Map.groupBy(free, ({ title }) => bareTitle(title, folded));
  if (byTitle.size === 0) return [];
  const found = titles.map((all) => {
    const lists = all.map((title) => byTitle.get(bareTitle(title, folded)) ?? []);
    const open = lists.find((issues) => issues.some(({ state }) => state === 'open'));
    return open ?? lists.find((issues) => issues.length > 0) ?? [];
  });
  const claims = countClaims(found);
  return found.map((issues) => decide(issues, claims, strategy));
}

function decide(
  issues: readonly KnownIssue[],
  claims: ReadonlyMap<string, number>,
  strategy: IdentityStrategy,
): SameTitle | undefined {
  const open = issues.filter(({ state }) => state === 'open');
  const counted = open.length === 0 && strategy === 'title' ? issues : open;
  const [only, second] = counted;
  if (only === undefined) return undefined;
  const isOnly = second === undefined && claims.get(issueKey(only.ref)) === 1;
  return { issues: counted, certain: strategy === 'title' && isOnly && only.state === 'open' };
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
