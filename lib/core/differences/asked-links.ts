import { readMap } from '../identity/identity-map.ts';
import { type IssueRef, issueKey, sameIssue } from '../refs.ts';
import { type WrittenLinks, writtenLinks } from '../sync/followed-links.ts';
import { followingOf, type Link } from '../sync/following.ts';
import type { FollowedByKey, SyncFacts } from '../sync/sync-facts.ts';
import type { Checklist } from '../text/checklist.ts';
import type { NamedPull } from './reconcile-facts.ts';

/** What GitHub is asked about depends on the text and on what it answered so far. */
type Asking = Pick<SyncFacts, 'checklist' | 'identity' | 'followed'> & {
  readonly master: Pick<SyncFacts['master'], 'text'>;
};

/** Where items' own issues stand, to be asked first: what stands behind an issue is mostly proven by it. */
export function ownLinks(facts: Asking, items: Checklist): readonly IssueRef[] {
  return writtenOf(facts, items).flatMap(({ links, mapped }) =>
    mapped === undefined ? links : [...links, mapped],
  );
}

/**
 * What is to be asked beside them: numbers in the bracket behind, where the item's issue may be one of them, or where
 * one could be an old address of the issue's pull request.
 */
export function linksBehind(facts: Asking, items: Checklist): readonly IssueRef[] {
  return writtenOf(facts, items).flatMap((written, index) => {
    const link = linkOf(facts, items, index, written);
    if (link === 'unknown') return written.behind;
    const proven = pullsOf(link);
    return written.behind.filter((ref) =>
      proven.some((pull) => pull.number === ref.number && !sameIssue(pull, ref)),
    );
  });
}

/** Numbers behind an item's issue that are not those of pull requests which closed it. */
export function pullsToAsk(facts: Asking, items: Checklist): readonly IssueRef[] {
  const asked = writtenOf(facts, items).flatMap((written, index) => {
    const link = linkOf(facts, items, index, written);
    if (link === 'unknown' || link === undefined) return [];
    return written.behind.filter(
      (ref) => !link.now.closers.some((closer) => sameIssue(closer.ref, ref)),
    );
  });
  return [...new Map(asked.map((ref) => [issueKey(ref), ref])).values()];
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

function writtenOf(facts: Asking, { items }: Checklist): readonly WrittenLinks[] {
  const { checklist, identity, master } = facts;
  const map = identity === 'block' ? readMap(master.text, checklist.repo) : undefined;
  return items.map((item) => writtenLinks(item, checklist, map?.get(item.key)));
}

function linkOf(
  facts: Asking,
  { items }: Checklist,
  index: number,
  { mapped }: WrittenLinks,
): Link | 'unknown' | undefined {
  const item = items[index];
  if (item === undefined) return undefined;
  const following = followingOf(item, facts, mapped);
  if (following.kind === 'unknown') return 'unknown';
  return following.kind === 'issue' ? following.link : undefined;
}

function pullsOf(link: Link | undefined): readonly IssueRef[] {
  const { closers = [], mentions = [] } = link?.now ?? {};
  return [...closers, ...mentions].map(({ ref }) => ref);
}
