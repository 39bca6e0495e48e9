import { type ChecklistRef, type IssueRef, issueKey, sameIssue } from '../refs.ts';
import type { Checklist, Item } from '../text/checklist.ts';
import { referencedIssue } from '../text/referenced-issue.ts';

/** What one item links, as its text (and the hidden map) write it. */
export interface WrittenLinks {
  /** Where an item's own issue stands. */
  readonly links: readonly IssueRef[];
  /** In the bracket behind, where merged pull requests stand. */
  readonly behind: readonly IssueRef[];
  /** The issue that the hidden map gives to the item. */
  readonly mapped: IssueRef | undefined;
}

/** Per item the issues and pull requests to ask GitHub about, each once: those that it links, those behind the link, and what the hidden map says. */
export function linksOfItems(
  { items }: Pick<Checklist, 'items'>,
  checklist: ChecklistRef,
  map: ReadonlyMap<string, IssueRef> = new Map(),
): readonly (readonly IssueRef[])[] {
  return items.map((item) => {
    const { links, behind, mapped } = writtenLinks(item, checklist, map.get(item.key));
    return distinctIssues([...links, ...behind, ...(mapped === undefined ? [] : [mapped])]);
  });
}

/** What an item links. Other hosts, discussions and the master itself are no links. */
export function writtenLinks(
  item: Item,
  checklist: ChecklistRef,
  mapped: IssueRef | undefined,
): WrittenLinks {
  const inRole = (wanted: Item['references'][number]['role']) =>
    item.references
      .filter(({ role, urlKind }) => role === wanted && urlKind !== 'discussions')
      .map((reference) => referencedIssue(reference, checklist.repo))
      .filter((issue) => isFollowable(issue, checklist));
  return {
    links: distinctIssues(inRole('link')),
    behind: distinctIssues(inRole('after-link')),
    mapped: mapped !== undefined && isFollowable(mapped, checklist) ? mapped : undefined,
  };
}

function isFollowable(issue: IssueRef, checklist: ChecklistRef): boolean {
  return issue.repo.host === checklist.repo.host && !sameIssue(issue, checklist);
}

function distinctIssues(issues: readonly IssueRef[]): readonly IssueRef[] {
  return [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()];
}
