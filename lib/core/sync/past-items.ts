import type { BodyVersion } from '../engine/job-facts.ts';
import { type IssueRef, issueKey, type RepoRef, sameIssue } from '../refs.ts';
import {
  type Checklist,
  type Item,
  type ItemLocator,
  locatorOf,
  type Reference,
} from '../text/checklist.ts';
import { itemFinder } from '../text/find-item.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { linksTo, ownLinkTo, referencedIssue } from '../text/referenced-issue.ts';
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
  /**
   * Whether the item named an issue or pull request, in whatever form, before something happened to that (ISO time).
   * Where GitHub shows no version from before it, nothing tells: then it did not. As long as older versions are still
   * to be read it may have: a plan that rests on this is made again with them (`reachesBack`).
   */
  namedBefore(at: string | undefined, item: Item, issue: IssueRef): boolean;
  /**
   * Whether the item stood in a version from before a time (ISO) without any number of its own, and named no issue but
   * this one since. A version in between that GitHub does not show, or without the item, may have named another.
   */
  stoodWithout(item: Item, issue: IssueRef, at: string): boolean;
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

/** The items of the versions that GitHub shows, newest first. */
export function itemsThen({
  master,
  checklist,
  rules,
}: Pick<SyncFacts, 'master' | 'checklist' | 'rules'>): readonly (readonly Item[])[] {
  return readable(master.history).map(
    (version) => parsed(version, rules.placeholder, checklist.repo).items,
  );
}

/** Reads the edit history for looking items up in it. `today` is the text that stands. */
export function readPast(facts: SyncFacts, today: Checklist): PastItems {
  const { master, checklist, rules, followed } = facts;
  const { repo } = checklist;
  const findToday = finder(today, repo);
  const versionOf = (version: ReadableVersion): PastVersion => {
    const read = () => parsed(version, rules.placeholder, repo);
    return {
      editedAt: version.editedAt,
      items: () => read().items,
      find: (item, issue) => findThen(read(), item, issue, findToday, repo),
    };
  };
  const shownVersion = (version: BodyVersion) =>
    isReadable(version) ? versionOf(version) : undefined;
  const versions = readable(master.history).map(versionOf);
  // A text that was never edited has no versions: it is as it was written.
  const first = { id: '', editedAt: master.createdAt, editor: '', text: master.text };
  const shown = master.history.length > 0 ? versions : [versionOf(first)];
  /** Where an issue is today: it may have been transferred, or its repository renamed. */
  const nowOf = (issue: IssueRef): IssueRef => {
    const now = followed[issueKey(issue)];
    return typeof now === 'object' ? now.ref : issue;
  };
  return {
    versions,
    namedBefore(at, item, issue) {
      if (!master.isWhole && !versions.some(({ editedAt }) => isBefore(editedAt, at))) return true;
      const isIt = (written: IssueRef) => sameIssue(nowOf(written), nowOf(issue));
      const links = [issue];
      return shown.some((version) => {
        const found = findByAny(version, item, links);
        // What somebody replaced was another issue, unless GitHub says that it is this one.
        links.push(...formerLink(found, links, repo).filter(isIt));
        const names = ({ references }: Item) =>
          references.some((one) => isIt(referencedIssue(one, repo)));
        return isBefore(version.editedAt, at) && found.some(names);
      });
    },
    stoodWithout(item, issue, at) {
      const isIt = (one: Reference) => sameIssue(nowOf(referencedIssue(one, repo)), nowOf(issue));
      const today = item.references.map((one) => issueKey(referencedIssue(one, repo)));
      for (const version of master.history.map(shownVersion)) {
        const found = version?.find(locatorOf(item), issue) ?? [];
        const all = found.flatMap(({ references }) => references);
        const named = all.some(isIt);
        const others = all.filter((one) => one.role !== 'mention' && !isIt(one));
        // Beside the issue stand its pull requests.
        const isOther = (one: Reference) =>
          !named || (one.role === 'link' && !today.includes(issueKey(referencedIssue(one, repo))));
        if (version === undefined || found.length === 0 || others.some(isOther)) return false;
        if (!named && isBefore(version.editedAt, at)) return true;
      }
      return false;
    },
    wasSince(at, item, issue, so) {
      const links = issue === undefined ? [] : [issue];
      return versions.slice(0, countSince(versions, at)).some((version) => {
        const found = findByAny(version, item, links);
        links.push(...formerLink(found, links, repo));
        return found.length > 0 && found.every(so);
      });
    },
  };
}

/**
 * Tells whether a text (its hash) was that of one item alone around the time when a run began (milliseconds since 1970,
 * by the clock of a browser). Versions that GitHub does not show tell nothing.
 */
export function aloneReader({
  master,
  checklist,
  rules,
}: Pick<SyncFacts, 'master' | 'checklist' | 'rules'>): (textHash: string, at: number) => boolean {
  const { history, createdAt, text, isWhole } = master;
  const first = { id: '', editedAt: createdAt, editor: '', text };
  const versions: readonly BodyVersion[] = history.length > 0 ? history : [first];
  const times = versions.map(({ editedAt }) => Date.parse(editedAt));
  const countIn = (version: ReadableVersion, textHash: string) =>
    parsed(version, rules.placeholder, checklist.repo).items.filter(
      (item) => item.textHash === textHash,
    ).length;
  return (textHash, at) => {
    const stood = times.findIndex((time) => time <= at - CLOCK_SLACK);
    const until = stood === -1 && isWhole ? versions.length : stood + 1;
    const from = times.findIndex((time) => time <= at + CLOCK_SLACK);
    const then = from === -1 ? [] : versions.slice(from, until);
    const shown = readable(then);
    return (
      then.length > 0 &&
      shown.length === then.length &&
      shown.every((version) => countIn(version, textHash) === 1)
    );
  };
}

/** A browser's clock and GitHub's may differ by this much (milliseconds). */
const CLOCK_SLACK = 10 * 60_000;

function findByAny(
  version: PastVersion,
  item: ItemLocator,
  links: readonly IssueRef[],
): readonly Item[] {
  if (links.length === 0) return version.find(item);
  for (const link of links) {
    const found = version.find(item, link);
    if (found.length > 0) return found;
  }
  return [];
}

/** The link that an item had before another took its place: of a transferred issue that is one by which older versions knew it. */
function formerLink(
  found: readonly Item[],
  links: readonly IssueRef[],
  repo: RepoRef,
): readonly IssueRef[] {
  const [only, ...more] = found;
  if (only === undefined || more.length > 0 || links.length === 0) return [];
  const written = only.references.filter(({ role }) => role === 'link');
  const [first, ...others] = written.map((reference) => referencedIssue(reference, repo));
  if (first === undefined || others.some((ref) => !sameIssue(ref, first))) return [];
  return links.some((link) => sameIssue(link, first)) ? [] : [first];
}

/** Times have whole seconds: what came in the same second did not come before. */
function isBefore(time: string, at: string | undefined): boolean {
  return at !== undefined && Date.parse(time) < Date.parse(at);
}

/** A version whose text GitHub shows. */
type ReadableVersion = BodyVersion & { readonly text: string };

/** The versions whose text GitHub shows. */
export function readable(history: readonly BodyVersion[]): readonly ReadableVersion[] {
  return history.filter(isReadable);
}

function isReadable(version: BodyVersion): version is ReadableVersion {
  return version.text !== undefined;
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

/** A version as parsed. */
interface Parsed {
  readonly placeholder: string;
  readonly items: readonly Item[];
  readonly find: Finder;
}

/** Several plans in a row look at the same versions. */
const PARSED = new WeakMap<BodyVersion, Parsed>();

function parsed(version: ReadableVersion, placeholder: string, repo: RepoRef): Parsed {
  const known = PARSED.get(version);
  if (known?.placeholder === placeholder) return known;
  const checklist = parseChecklist(version.text, { placeholder });
  const read = { placeholder, items: checklist.items, find: finder(checklist, repo) };
  PARSED.set(version, read);
  return read;
}

/**
 * Finds items as edits do; else those that link the same issue and are gone today: it, or its group, was renamed since.
 * Those that name it behind another link count only where none links it as its own.
 */
function findThen(
  { items, find }: Parsed,
  item: ItemLocator,
  issue: IssueRef | undefined,
  findToday: Finder,
  repo: RepoRef,
): readonly Item[] {
  const found = find(item, issue);
  if (found !== undefined) return [found];
  if (issue === undefined) return [];
  const gone = items.filter(
    (one) => linksTo(one, issue, repo).length > 0 && findToday(one) === undefined,
  );
  const owners = gone.filter((one) => ownLinkTo(one, issue, repo) !== undefined);
  return owners.length > 0 ? owners : gone;
}

type Finder = (item: ItemLocator, issue?: IssueRef) => Item | undefined;

function finder(checklist: Checklist, repo: RepoRef): Finder {
  const find = itemFinder(checklist, repo);
  const inPlace = (item: ItemLocator) => {
    const found = find({ kind: 'tick', item });
    return typeof found === 'string' ? undefined : found;
  };
  return (item, issue) => {
    const { link: _, ...place } = item;
    const linking = issue && inPlace({ ...place, link: { ...issue.repo, number: issue.number } });
    return linking ?? inPlace(place);
  };
}
