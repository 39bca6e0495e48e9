import {
  type ChecklistRef,
  holdsChecklist,
  type IssueRef,
  issueKey,
  type RepoRef,
  sameIssue,
} from '../refs.ts';
import type { Bareness, Item, Reference, WrittenName } from './checklist.ts';

/** The issue that a reference names in a checklist of a repository: a bare number means that repository. */
export function referencedIssue(reference: WrittenName, repo: RepoRef): IssueRef {
  const { host = repo.host, owner = repo.owner, name = repo.name, number } = reference;
  return { repo: { host, owner, name }, number };
}

/** The references by which an item links an issue: as its own, or among its pull requests. Mentions are none. */
export function linksTo(
  { references }: Pick<Item, 'references'>,
  issue: IssueRef,
  repo: RepoRef,
): readonly Reference[] {
  return references.filter(
    (one) => one.role !== 'mention' && sameIssue(referencedIssue(one, repo), issue),
  );
}

/** The reference by which an item links an issue as its own, and not among its pull requests. */
export function ownLinkTo(
  item: Pick<Item, 'references'>,
  issue: IssueRef,
  repo: RepoRef,
): Reference | undefined {
  return linksTo(item, issue, repo).find(({ role }) => role === 'link');
}

/** Whether an item names an issue as its own by nothing but numbers at its end. */
export function isBareLink(
  item: Pick<Item, 'references'>,
  issue: IssueRef,
  repo: RepoRef,
): boolean {
  const references = linksTo(item, issue, repo);
  return references.length > 0 && references.every(({ bare }) => bare !== undefined);
}

/** What one item links, as its text (and the hidden block) write it; each issue once. */
export interface WrittenLinks {
  /** Where an item's own issue is written. */
  readonly links: readonly IssueRef[];
  /** Those of them, by `issueKey`, of which only their place at the end says that they are its own. */
  readonly bare: ReadonlyMap<string, { readonly issue: IssueRef; readonly place: Bareness }>;
  /** In the bracket behind, where merged pull requests are written. */
  readonly behind: readonly IssueRef[];
  /** The issue that the hidden block gives to the item. */
  readonly mapped: IssueRef | undefined;
  /** Issues that the hidden block may give to the item, or to another with the same words. */
  readonly maybe: readonly IssueRef[];
  /** Where an item's own issue is written, on another host of GitHub: it cannot be asked about. */
  readonly elsewhere: readonly IssueRef[];
}

/** What else tells what an item's references are. */
export interface LinkReading {
  /** Whether people said that the item is only about a number; `isBare` where only its place says that it is the item's own. */
  readonly isAbout?: (issue: IssueRef, isBare: boolean) => boolean;
  /** Where GitHub is, beside the checklist's host: on any other an address is text. */
  readonly hosts?: readonly string[];
  /** What the hidden block may give to the item. */
  readonly maybe?: readonly IssueRef[];
}

/** What an item links. Discussions and the checklist's own issue are no links. */
export function writtenLinks(
  item: Pick<Item, 'references'>,
  checklist: ChecklistRef,
  mapped: IssueRef | undefined,
  { isAbout = () => false, hosts = [], maybe = [] }: LinkReading = {},
): WrittenLinks {
  const inRole = (wanted: Reference['role']) =>
    item.references
      .filter(({ role, urlKind }) => role === wanted && urlKind !== 'discussions')
      .map((reference) => ({ ...reference, issue: referencedIssue(reference, checklist.repo) }))
      .filter(({ issue, bare }) => !isAbout(issue, bare !== undefined));
  const isHere = ({ repo }: IssueRef) => repo.host === checklist.repo.host;
  const isFollowable = (issue: IssueRef) => isHere(issue) && !holdsChecklist(issue, checklist);
  const issuesOf = (references: ReturnType<typeof inRole>) =>
    distinctIssues(references.map(({ issue }) => issue));
  const own = inRole('link');
  const links = issuesOf(own).filter(isFollowable);
  const sure = new Set(own.filter(({ bare }) => !bare).map(({ issue }) => issueKey(issue)));
  const bare = own.flatMap(({ issue, bare: place }) =>
    place && isFollowable(issue) && !sure.has(issueKey(issue))
      ? [[issueKey(issue), { issue, place }] as const]
      : [],
  );
  return {
    links,
    bare: new Map(bare),
    behind: issuesOf(inRole('after-link')).filter(isFollowable),
    mapped: mapped !== undefined && isFollowable(mapped) ? mapped : undefined,
    maybe: maybe.filter(isFollowable),
    elsewhere: issuesOf(own).filter((issue) => !isHere(issue) && hosts.includes(issue.repo.host)),
  };
}

/** All issues that an item links, each once. */
export function allLinks({ links, behind, mapped, maybe }: WrittenLinks): readonly IssueRef[] {
  return distinctIssues([...links, ...(mapped === undefined ? maybe : [mapped]), ...behind]);
}

/** Each issue once, in order. */
export function distinctIssues(issues: readonly IssueRef[]): readonly IssueRef[] {
  return [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()];
}
