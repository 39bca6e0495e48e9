import { readAnswers } from '../identity/answers.ts';
import { blockOf } from '../identity/asked-issues.ts';
import type { Identities, OwnIssue } from '../identity/identify.ts';
import { type ItemIdentity, identify } from '../identity/identify.ts';
import type { KnownIssue } from '../identity/issue.ts';
import { isOurs, markerOf, ourMarker, whatMarkerSays } from '../identity/marked-issues.ts';
import type { Link, NamedIssue, NamingFacts } from '../identity/naming.ts';
import type { SameTitle } from '../identity/same-title.ts';
import { believed, isTrusted, type TrustFacts } from '../identity/trust.ts';
import { holdsChecklist, type IssueRef, issueKey, sameRepo } from '../refs.ts';
import { namedIn } from '../sync/named-issues.ts';
import type { Checklist, Item } from '../text/checklist.ts';
import { referencedIssue } from '../text/referenced-issue.ts';
import type { Decision, GenerationFacts, RowReason } from './plan-generation.ts';

/** What is decided about an item of which an issue is known. */
export interface Finding {
  readonly decision: Decision;
  readonly reason: RowReason;
  /** Issues that the user may link instead. */
  readonly candidates: readonly KnownIssue[];
}

/** An issue that an item names, with all that generating shows of it. */
interface Named extends NamedIssue {
  readonly issue: KnownIssue;
}

/** Asks which item is which issue, with everything that was read for a plan. */
export function identifyForPlan(facts: GenerationFacts, items: readonly Item[]): Identities<Named> {
  const { referenced, candidates } = facts;
  const named = Object.values(referenced).filter((issue) => issue !== undefined);
  return identify(items, {
    ...trustForPlan(facts),
    ...namingForPlan(facts, { items }),
    candidates: [...named, ...candidates],
  });
}

function trustForPlan({ checklist, viewer, rights, trustedAuthors }: GenerationFacts): TrustFacts {
  return { checklist, viewer, rights, trustedAuthors };
}

/** What was read for a plan, as identity asks for it. */
export function namingForPlan(
  facts: Pick<GenerationFacts, 'checklist' | 'master' | 'referenced' | 'hosts'> & TrustFacts,
  items: Pick<Checklist, 'items'>,
): NamingFacts<Named> {
  const { checklist, master, referenced, hosts } = facts;
  return {
    checklist,
    block: blockOf(master.body, items, checklist),
    answers: readAnswers(master.body, items.items, checklist.repo),
    hosts,
    named: (issue) => believed(namedOf(referenced[issueKey(issue)]), facts),
  };
}

function namedOf(issue: KnownIssue | undefined): Named | 'unreadable' {
  if (issue === undefined) return 'unreadable';
  return { ...issue, marker: markerOf(issue), issue, names: namedIn(issue.body, issue.ref.repo) };
}

/** What follows for an item from its identity; undefined where no issue of it is known. */
export function decideByIdentity(
  item: Item,
  one: ItemIdentity<Named>,
  facts: GenerationFacts,
): Finding | undefined {
  const { own } = one;
  switch (own.kind) {
    case 'issue':
      return decideLinked(item, own.link, one, facts);
    case 'several':
      return decideSeveral(own.links, facts);
    case 'asked':
      return decideAsked(item, own.links);
    case 'issues': {
      const [{ now }] = own.links;
      return skip({ kind: 'linked', issue: now.ref, pullRequest: false });
    }
    case 'unreadable':
    case 'elsewhere':
      return ask({ kind: 'link-unreadable', issue: own.issue }, []);
    case 'unknown':
      return ask({ kind: 'two-candidates' }, []);
    case 'pulls': {
      const [{ now }] = own.links;
      const linked = skip({ kind: 'linked', issue: now.ref, pullRequest: true });
      return decideByMarker(one, facts) ?? linked;
    }
    case 'nothing':
      return decideByMarker(one, facts);
  }
}

/** What follows from issues that have the item's title. */
export function decideByTitle({ issues, certain }: SameTitle): Finding {
  const [only, second] = issues;
  if (only === undefined || second !== undefined) return ask({ kind: 'two-candidates' }, issues);
  const reason = { kind: 'same-title', issue: only.ref } as const;
  return { decision: certain ? 'link' : 'ask', reason, candidates: issues };
}

/** What follows from an issue that this browser created for what stood where the item is. It is no other item's by now. */
export function decideRenamed(
  item: Item,
  { renamed }: GenerationFacts,
  { linked, marked }: Identities<Named>,
): Finding | undefined {
  const issue = renamed?.[item.key];
  if (issue === undefined || linked.has(issueKey(issue))) return undefined;
  // GitHub's list may not show it yet. One whose marker was undone or removed is nobody's.
  const known = marked.known.get(issueKey(issue));
  if (known !== undefined && known.marker === undefined) return undefined;
  return ask({ kind: 'renamed', issue }, known === undefined ? [] : [known.issue]);
}

/** References in passing that a person should look at. */
export function mentionsToReview(item: Item, facts: GenerationFacts): readonly IssueRef[] {
  const { checklist } = facts;
  return item.references
    .map((reference) => ({ reference, issue: referencedIssue(reference, checklist.repo) }))
    .filter(
      ({ reference: { role, urlKind }, issue }) =>
        role === 'mention' || urlKind === 'discussions' || holdsChecklist(issue, checklist),
    )
    .map(({ issue }) => issue)
    .filter((issue) => isWorthReview(issue, facts));
}

/** A number that GitHub does not know in the checklist's own repository is an example in a text, such as "Closes #123". */
function isWorthReview(issue: IssueRef, facts: GenerationFacts): boolean {
  const exists = facts.referenced[issueKey(issue)] !== undefined;
  return (
    exists || holdsChecklist(issue, facts.checklist) || !sameRepo(issue.repo, facts.checklist.repo)
  );
}

function decideLinked(
  item: Item,
  { now }: Link<Named>,
  { isOwner, doubles }: ItemIdentity<Named>,
  facts: GenerationFacts,
): Finding {
  const { ref: issue } = now;
  const marker = ourMarker(now);
  if (marker !== undefined && !isOurs(marker, facts)) {
    return ask({ kind: 'other-checklist', issue }, []);
  }
  if (!isOwner) return ask({ kind: 'linked-twice', issue }, [now.issue]);
  // Somebody should close one of them.
  const isNamed = marker !== undefined && whatMarkerSays(marker, item, {}) !== 'nothing';
  if (isNamed && doubles.length > 0) {
    return ask({ kind: 'two-candidates' }, [now.issue, ...doubles]);
  }
  return skip({ kind: 'linked', issue, pullRequest: false });
}

/** Whose issue an item's is, as the question about its numbers needs it. */
export function askedOf({ own }: ItemIdentity<Named>): OwnIssue<Named & KnownIssue> | undefined {
  if (own.kind !== 'asked') return undefined;
  const links = own.links.map(({ asked, now }) => ({ asked, now: { ...now.issue, ...now } }));
  return { kind: 'asked', links };
}

function decideAsked(item: Item, links: readonly Link<Named>[]): Finding | undefined {
  const [first] = links;
  if (first === undefined || item.struck) return undefined;
  const candidates = links.map(({ now }) => now.issue);
  return ask({ kind: 'whose', issue: first.now.ref }, candidates);
}

function decideSeveral(links: readonly Link<Named>[], facts: GenerationFacts): Finding {
  const foreign = links.filter(({ now }) => {
    const marker = ourMarker(now);
    return marker !== undefined && !isOurs(marker, facts);
  });
  const [first] = foreign;
  // A line that was pasted with all of its links.
  if (first !== undefined && foreign.length === links.length) {
    return ask({ kind: 'other-checklist', issue: first.now.ref }, []);
  }
  return ask(
    { kind: 'two-candidates' },
    links.map(({ now }) => now.issue),
  );
}

function decideByMarker(
  { marked, moved, taken }: ItemIdentity,
  facts: GenerationFacts,
): Finding | undefined {
  const issues = marked.map(({ issue }) => issue);
  const [only, second] = issues;
  if (only === undefined) {
    const [first] = taken;
    if (first === undefined || moved) return undefined;
    const candidates = taken.map(({ issue }) => issue);
    return ask({ kind: 'linked-twice', issue: first.issue.ref }, candidates);
  }
  const trusted = issues.filter((issue) => isTrusted(issue, facts));
  const [safe] = trusted;
  if (safe === undefined && second === undefined)
    return ask({ kind: 'untrusted-marker', issue: only.ref, author: only.author }, issues);
  if (safe === undefined || trusted.length > 1) return ask({ kind: 'two-candidates' }, issues);
  if (moved) return ask({ kind: 'moved', issue: safe.ref }, issues);
  return { decision: 'link', reason: { kind: 'marked', issue: safe.ref }, candidates: issues };
}

function ask(reason: RowReason, candidates: readonly KnownIssue[]): Finding {
  return { decision: 'ask', reason, candidates };
}

function skip(reason: RowReason): Finding {
  return { decision: 'skip', reason, candidates: [] };
}
