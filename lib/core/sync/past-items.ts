import { type Checklist, type Item, type ItemLocator, parseChecklist } from '../checklist.ts';
import type { BodyVersion } from '../job/job-facts.ts';
import { itemFinder } from '../markdown/find-item.ts';
import { issueOf } from '../markdown/issue-of.ts';
import { type IssueRef, type RepoRef, sameIssue } from '../refs.ts';
import type { SyncFacts } from './sync-facts.ts';

/** What items were in earlier versions of the text. */
export interface PastItems {
  /**
   * Whether an item was so when something happened (ISO time), or in any version since; in any version at all when the
   * time is not known. `issue` is what it links today: that tells equal lines apart and finds renamed ones.
   */
  wasSince(
    at: string | undefined,
    item: ItemLocator,
    issue: IssueRef | undefined,
    so: (past: Item) => boolean,
  ): boolean;
  /** The versions that GitHub shows, newest first. */
  readonly versions: readonly PastVersion[];
}

/** One version of the text. Parsed when it is looked at. */
export interface PastVersion {
  readonly editedAt: string;
  items(): readonly Item[];
  /** What the item may have been then: one, none, or several that cannot be told apart. */
  find(item: ItemLocator, issue?: IssueRef): readonly Item[];
}

/** Reads the edit history for looking items up in it. `today` is the text that stands. */
export function readPast({ master, checklist, rules }: SyncFacts, today: Checklist): PastItems {
  const texts = new Map<string, Omit<PastVersion, 'editedAt'>>();
  const findToday = finder(today, checklist.repo);
  const read = (text: string): Omit<PastVersion, 'editedAt'> => {
    const known =
      texts.get(text) ?? readVersion(text, rules.placeholder, findToday, checklist.repo);
    texts.set(text, known);
    return known;
  };
  const versions = readable(master.history).map(({ editedAt, text }) => ({
    editedAt,
    items: () => read(text).items(),
    find: (item: ItemLocator, issue?: IssueRef) => read(text).find(item, issue),
  }));
  return {
    versions,
    wasSince: (at, item, issue, so) =>
      versions.slice(0, countSince(versions, at)).some((version) => {
        const found = version.find(item, issue);
        return found.length > 0 && found.every(so);
      }),
  };
}

/** The versions whose text GitHub shows. */
export function readable(
  history: readonly BodyVersion[],
): readonly (BodyVersion & { readonly text: string })[] {
  return history.filter((version) => version.text !== undefined) as (BodyVersion & {
    readonly text: string;
  })[];
}

/**
 * How many of the newest versions stood at a time or came later: down to the newest one from before it. Times have
 * whole seconds: a version of the same second counts as later.
 */
function countSince(
  versions: readonly Pick<BodyVersion, 'editedAt'>[],
  at: string | undefined,
): number {
  if (at === undefined) return versions.length;
  const before = versions.findIndex(({ editedAt }) => Date.parse(editedAt) < Date.parse(at));
  return before === -1 ? versions.length : before + 1;
}

/** Finds items as edits do; else those that link the same issue and are gone today: it, or its group, was renamed since. */
function readVersion(
  text: string,
  placeholder: string,
  findToday: Finder,
  repo: RepoRef,
): Omit<PastVersion, 'editedAt'> {
  const checklist = parseChecklist(text, { placeholder });
  const { items } = checklist;
  const find = finder(checklist, repo);
  return {
    items: () => items,
    find(item, issue) {
      const found = find(item, issue);
      if (found !== undefined) return [found];
      if (issue === undefined) return [];
      return items.filter((one) => linksIssue(one, issue, repo) && findToday(one) === undefined);
    },
  };
}

type Finder = (item: ItemLocator, issue?: IssueRef) => Item | undefined;

function finder(checklist: Checklist, repo: RepoRef): Finder {
  const find = itemFinder(checklist, repo);
  return (item, issue) => {
    const found = find(
      issue === undefined
        ? { kind: 'tick', item }
        : { kind: 'link', item, issue, style: 'parenthesis' },
    );
    return typeof found === 'string' ? undefined : found;
  };
}

function linksIssue({ references }: Item, issue: IssueRef, repo: RepoRef): boolean {
  return references.some((one) => one.role === 'link' && sameIssue(issueOf(one, repo), issue));
}
