import type { KnownIssue } from '../identity/issue.ts';
import { formatIssueRef, type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import type { Choice } from './choice.ts';
import type { ItemContext, PlanContext } from './reconcile-context.ts';

/** A difference of one kind, before it is worked out what its choices write. */
export interface Found<Finding> {
  readonly finding: Finding;
  /** The item's words unless given: for an issue without an item its title. */
  readonly text?: string;
  /** What distinguishes it from others of its kind and item, beside the issue. */
  readonly detail?: string;
  readonly choices: readonly Choice[];
  /** The safe choice: one of `choices`. */
  readonly safe?: Choice;
  /** Whether the safe choice may be made automatically. */
  readonly byItself?: boolean;
  /** Issues that look alike: the choices describe theirs. */
  readonly alike?: readonly KnownIssue[];
}

/** Names an issue in a sentence. */
export type Name = (issue: IssueRef) => string;

/** All that a kind of difference decides. Nothing has a default: a new kind has to answer each. */
interface Decisions<Finding extends { readonly kind: string }> {
  readonly kind: Finding['kind'];
  /** `action`: something should be done; `info`: for information. */
  readonly level: 'action' | 'info';
  /** One short sentence: what is found and what proves it. Issues are named by `name` only: these become links. */
  readonly words: (finding: Finding, name: Name) => string;
  /** The issue that is part of its id. */
  readonly issue: (finding: Finding) => IssueRef | undefined;
  /** Whether a person has decided already, by changing something back: then it is shown but not counted. */
  readonly isSettled: (finding: Finding) => boolean;
  /** `hindered`: it is shown only for an item that misses a choice. */
  readonly shown: 'always' | 'hindered';
}

/** A kind that is looked for item by item. */
interface OfItems<Finding extends { readonly kind: string }> extends Decisions<Finding> {
  readonly find: (one: ItemContext, context: PlanContext) => readonly Found<Finding>[];
}

/** A kind of the whole checklist, or of issues without an item. */
interface OfChecklist<Finding extends { readonly kind: string }> extends Decisions<Finding> {
  readonly findInAll: (context: PlanContext) => readonly Found<Finding>[];
}

/** A difference of some kind with all that its kind says about it. */
export interface Sighting<Finding>
  extends Found<Finding>,
    Pick<Decisions<never>, 'level' | 'shown'> {
  readonly item: Item | undefined;
  readonly words: string;
  /** The issues that the words name, each once. */
  readonly links: readonly IssueRef[];
  readonly issue: IssueRef | undefined;
  readonly isSettled: boolean;
}

/** A kind of difference. */
export interface DifferenceKind<Finding> {
  /** Its sentence, with the issues that it names as seen from a repository. */
  readonly say: (finding: Finding, from: RepoRef) => Pick<Sighting<Finding>, 'words' | 'links'>;
  readonly inItem: (one: ItemContext, context: PlanContext) => readonly Sighting<Finding>[];
  readonly inAll: (context: PlanContext) => readonly Sighting<Finding>[];
}

/** Makes a kind of difference from what it decides: one line in `kinds.ts` adds it. */
export function differenceKind<Finding extends { readonly kind: string }>(
  kind: OfItems<Finding> | OfChecklist<Finding>,
): DifferenceKind<Finding> {
  const { level, shown } = kind;
  const say = (finding: Finding, from: RepoRef) => inWords(kind.words, finding, from);
  const sighted = (found: Found<Finding>, item: Item | undefined, from: RepoRef) => {
    const { finding } = found;
    const [issue, isSettled] = [kind.issue(finding), kind.isSettled(finding)];
    return { ...found, ...say(finding, from), item, level, shown, issue, isSettled };
  };
  return {
    say,
    inItem: (one, context) =>
      'find' in kind
        ? kind.find(one, context).map((found) => sighted(found, one.item, context.editing.repo))
        : [],
    inAll: (context) =>
      'findInAll' in kind
        ? kind.findInAll(context).map((found) => sighted(found, undefined, context.editing.repo))
        : [],
  };
}

/** Links nothing but what the words name. */
function inWords<Finding>(
  words: (finding: Finding, name: Name) => string,
  finding: Finding,
  from: RepoRef,
): Pick<Sighting<Finding>, 'words' | 'links'> {
  const links = new Map<string, IssueRef>();
  const name: Name = (issue) => {
    links.set(issueKey(issue), issue);
    return formatIssueRef(issue, from);
  };
  return { words: words(finding, name), links: [...links.values()] };
}
