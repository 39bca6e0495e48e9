import type { GenerationFacts } from '../plan/plan-generation.ts';
import { type ChecklistRef, type IssueRef, issueKey, sameIssue, sameRepo } from '../refs.ts';
import type { Item, Reference } from '../text/checklist.ts';
import { referencedIssue } from '../text/referenced-issue.ts';
import type { KnownIssue } from './issue.ts';

/** What an item's own text says about its issue, after GitHub was asked what each number is. */
export interface ItemLinks {
  /** Issues that stand where an item's own issue stands. More than one is for the user to decide. */
  readonly issues: readonly KnownIssue[];
  /** Pull requests that stand there. */
  readonly pulls: readonly KnownIssue[];
  /** References that stand there but that GitHub does not show. */
  readonly unreadable: readonly IssueRef[];
  /** References in passing that a person should look at. */
  readonly mentions: readonly IssueRef[];
}

/** The issues and pull requests to ask GitHub for before planning: all that the items' texts and the hidden map name, each once. */
export function issuesToAsk(
  items: readonly Item[],
  checklist: ChecklistRef,
  map: ReadonlyMap<string, IssueRef> = new Map(),
): readonly IssueRef[] {
  const asked = new Map<string, IssueRef>();
  const ask = (issue: IssueRef): void => {
    if (issue.repo.host === checklist.repo.host) asked.set(issueKey(issue), issue);
  };
  for (const item of items) {
    for (const reference of item.references)
      if (reference.urlKind !== 'discussions') ask(referencedIssue(reference, checklist.repo));
    const mapped = map.get(item.key);
    if (mapped !== undefined) ask(mapped);
  }
  asked.delete(issueKey(checklist));
  return [...asked.values()];
}

/** Sorts an item's references into its own issue, pull requests and mentions. `mapped` is what the hidden map says. */
export function itemLinks(item: Item, facts: GenerationFacts, mapped?: IssueRef): ItemLinks {
  if (item.references.length === 0 && mapped === undefined) return NO_LINKS;
  const named = item.references.map((reference) => ({
    issue: referencedIssue(reference, facts.checklist.repo),
    role: roleOf(reference, facts.checklist),
  }));
  const links = named.filter(({ role }) => role === 'link').map(({ issue }) => issue);
  const behind = named.filter(({ role }) => role === 'after-link').map(({ issue }) => issue);
  const mentions = named.filter(({ role }) => role === 'mention').map(({ issue }) => issue);
  const own = resolve(links.length === 0 && mapped !== undefined ? [mapped] : links, facts);
  const after = resolve(behind, facts);
  const onlyPulls = own.issues.length === 0 && own.unreadable.length === 0;
  return {
    issues: onlyPulls ? after.issues : own.issues,
    pulls: [...own.pulls, ...after.pulls],
    unreadable: own.unreadable,
    mentions: mentions.filter((issue) => isWorthReview(issue, facts)),
  };
}

const NO_LINKS: ItemLinks = { issues: [], pulls: [], unreadable: [], mentions: [] };

/** The master itself cannot be an item's issue, and a discussion never is one. */
function roleOf(reference: Reference, checklist: ChecklistRef): Reference['role'] {
  const isMaster = sameIssue(referencedIssue(reference, checklist.repo), checklist);
  return isMaster || reference.urlKind === 'discussions' ? 'mention' : reference.role;
}

function resolve(refs: readonly IssueRef[], facts: GenerationFacts): Omit<ItemLinks, 'mentions'> {
  const found = new Map<string, KnownIssue>();
  const unreadable: IssueRef[] = [];
  for (const ref of refs) {
    const known = facts.referenced[issueKey(ref)];
    if (known === undefined) unreadable.push(ref);
    else found.set(issueKey(known.ref), known);
  }
  const known = [...found.values()];
  return {
    issues: known.filter(({ kind }) => kind === 'issue'),
    pulls: known.filter(({ kind }) => kind === 'pull-request'),
    unreadable,
  };
}

/** A number that GitHub does not know in the checklist's own repository is an example in a text, such as "Closes #123". */
function isWorthReview(issue: IssueRef, facts: GenerationFacts): boolean {
  const exists = facts.referenced[issueKey(issue)] !== undefined;
  return exists || sameIssue(issue, facts.checklist) || !sameRepo(issue.repo, facts.checklist.repo);
}
