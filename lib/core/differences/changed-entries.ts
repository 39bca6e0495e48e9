import { type IssueRef, issueKey } from '../refs.ts';

/** Entries of the hidden block that one map has otherwise than another; undefined: it has none. */
export function changedEntries(
  before: ReadonlyMap<string, IssueRef>,
  after: ReadonlyMap<string, IssueRef>,
): readonly (readonly [item: string, issue: IssueRef | undefined])[] {
  const gone = [...before.keys()].filter((key) => !after.has(key));
  const put = [...after].filter(([key, issue]) => {
    const known = before.get(key);
    return known === undefined || issueKey(known) !== issueKey(issue);
  });
  return [...gone.map((key) => [key, undefined] as const), ...put];
}
