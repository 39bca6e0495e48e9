import { linksOf, ownIssues } from '../identity/identify.ts';
import { type IssueRef, issueKey, sameIssue } from '../refs.ts';
import { namingOf } from '../sync/plan-sync.ts';
import type { FollowedByKey, FollowedLink, SyncFacts } from '../sync/sync-facts.ts';
import type { Checklist } from '../text/checklist.ts';
import { distinctIssues, type WrittenLinks } from '../text/referenced-issue.ts';
import type { NamedPull } from './reconcile-facts.ts';

/** Where items' own issues stand, to be asked first: what stands behind an issue is mostly proven by it. */
export function ownLinks(facts: SyncFacts, items: Checklist): readonly IssueRef[] {
  return writtenOf(facts, items).flatMap(({ links, mapped, maybe }) => [
    ...links,
    ...(mapped === undefined ? maybe : [mapped]),
  ]);
}

/**
 * What is to be asked beside them: numbers in the bracket behind, where the item's issue may be one of them, or where
 * one could be an old address of the issue's pull request.
 */
export function linksBehind(facts: SyncFacts, items: Checklist): readonly IssueRef[] {
  const followed = followedLinks(facts, items);
  return writtenOf(facts, items).flatMap((written, index) => {
    const link = followed[index];
    if (link === 'unknown') return written.behind;
    const proven = pullsOf(link);
    return written.behind.filter((ref) =>
      proven.some((pull) => pull.number === ref.number && !sameIssue(pull, ref)),
    );
  });
}

/** Numbers behind an item's issue that are not those of pull requests which closed it. */
export function pullsToAsk(facts: SyncFacts, items: Checklist): readonly IssueRef[] {
  const followed = followedLinks(facts, items);
  const asked = writtenOf(facts, items).flatMap((written, index) => {
    const link = followed[index];
    if (link === 'unknown' || link === undefined) return [];
    return written.behind.filter(
      (ref) => !link.now.closers.some((closer) => sameIssue(closer.ref, ref)),
    );
  });
  return distinctIssues(asked);
}

/** Closers of followed issues that were undone by another pull request, by `issueKey`. Their titles are not known. */
export function revertedClosers(followed: FollowedByKey): Readonly<Record<string, NamedPull>> {
  const known = Object.values(followed).filter((one) => typeof one === 'object');
  const reverted = known.flatMap(({ ref: issue, closers }) =>
    closers.flatMap(({ ref, revertedBy }): NamedPull[] =>
      revertedBy === undefined
        ? []
        : [{ ref, title: '', state: 'merged', closes: [issue], revertedBy }],
    ),
  );
  return Object.fromEntries(reverted.map((pull) => [issueKey(pull.ref), pull]));
}

function writtenOf(facts: SyncFacts, checklist: Checklist): readonly WrittenLinks[] {
  const naming = namingOf(facts, checklist);
  return checklist.items.map((item) => linksOf(item, naming));
}

/** Per item the issue that it follows, as far as it is known. */
function followedLinks(
  facts: SyncFacts,
  checklist: Checklist,
): readonly (FollowedLink | 'unknown' | undefined)[] {
  return ownIssues(checklist.items, namingOf(facts, checklist)).map((own) => {
    if (own.kind === 'unknown') return 'unknown';
    return own.kind === 'issue' ? own.link : undefined;
  });
}

function pullsOf(link: FollowedLink | undefined): readonly IssueRef[] {
  const { closers = [], mentions = [] } = link?.now ?? {};
  return [...closers, ...mentions].map(({ ref }) => ref);
}
