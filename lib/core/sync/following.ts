import { type ChecklistRef, type IssueRef, issueKey, sameIssue } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import { type WrittenLinks, writtenLinks } from './followed-links.ts';
import type { Followed, FollowedByKey } from './sync-facts.ts';

/** An issue or pull request as the text names it, and as GitHub has it. */
export interface Link {
  readonly asked: IssueRef;
  readonly now: Followed;
}

/** What an item follows. */
export type Following =
  | { readonly kind: 'nothing' }
  /** GitHub was not asked about all of its links: nothing can be said. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreadable'; readonly issue: IssueRef }
  | { readonly kind: 'several'; readonly issues: readonly IssueRef[] }
  | { readonly kind: 'issue'; readonly link: Link }
  | { readonly kind: 'pulls'; readonly links: readonly Link[] };

/** Where facts about links are looked up. */
export interface LinkFacts {
  readonly checklist: ChecklistRef;
  readonly followed: FollowedByKey;
}

/**
 * Tells what an item follows: the issue that it links; where that links only pull requests, the issue of the hidden
 * map, else an issue in the bracket behind; else the pull requests.
 */
export function followingOf(item: Item, facts: LinkFacts, mapped: IssueRef | undefined): Following {
  const written = writtenLinks(item, facts.checklist, mapped);
  const pulls: Link[] = [];
  for (const refs of placesOf(written)) {
    const found = refs.map((asked) => ({ asked, now: facts.followed[issueKey(asked)] }));
    if (found.some(({ now }) => now === undefined)) return { kind: 'unknown' };
    const links = distinctLinks(found.filter(isKnown));
    const issues = links.filter(({ now }) => now.kind === 'issue');
    const hidden = found.find(({ now }) => now === 'unreadable');
    const own = ownIssue(item, issues, facts.checklist);
    // What cannot be read may be the item's own issue, unless a marker tells.
    if (hidden !== undefined && !isMarked(own, item, facts.checklist)) {
      return { kind: 'unreadable', issue: hidden.asked };
    }
    if (own !== undefined) return { kind: 'issue', link: own };
    if (issues.length > 0) return { kind: 'several', issues: issues.map(({ asked }) => asked) };
    pulls.push(...links);
  }
  return pulls.length > 0 ? { kind: 'pulls', links: distinctLinks(pulls) } : { kind: 'nothing' };
}

/**
 * Where an item's issue may stand, first to last; each is asked only when those before it hold no issue. Numbers that
 * sync wrote behind an item without a link look like its link: the hidden map still knows better.
 */
function placesOf({ links, behind, mapped }: WrittenLinks): readonly (readonly IssueRef[])[] {
  return [links, mapped === undefined ? [] : [mapped], behind];
}

function isKnown(found: {
  readonly asked: IssueRef;
  readonly now: Followed | 'unreadable' | undefined;
}): found is Link {
  return typeof found.now === 'object';
}

/** Of several issues the one whose marker names the item (as in generating, an issue of another checklist is not meant). */
function ownIssue(item: Item, issues: readonly Link[], checklist: ChecklistRef): Link | undefined {
  if (issues.length < 2) return issues[0];
  const ours = issues.filter(({ now }) => {
    const marker = markerOf(now);
    return marker === undefined || sameIssue(marker.checklist, checklist);
  });
  const named = ours.filter((link) => isMarked(link, item, checklist));
  const [only, ...more] = named.length > 0 ? named : ours;
  return more.length === 0 ? only : undefined;
}

function isMarked(link: Link | undefined, item: Item, checklist: ChecklistRef): boolean {
  const marker = link === undefined ? undefined : markerOf(link.now);
  return marker?.item === item.key && sameIssue(marker.checklist, checklist);
}

/** A marker that was undone does not count. */
function markerOf({ marker }: Followed): Followed['marker'] {
  return marker?.state === 'v1' ? marker : undefined;
}

/** Two addresses of one issue (it was transferred, its repository renamed) are one link. */
function distinctLinks(links: readonly Link[]): readonly Link[] {
  const seen = new Map<string, Link>();
  for (const link of links) {
    const key = issueKey(link.now.ref);
    if (!seen.has(key)) seen.set(key, link);
  }
  return [...seen.values()];
}
