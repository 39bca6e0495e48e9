import { type IssueRef, issueKey, sameIssue } from '../refs.ts';
import { countsFor } from '../sync/merged-pulls.ts';
import { locatorOf } from '../text/checklist.ts';
import { referencedIssue } from '../text/referenced-issue.ts';
import type { Match } from './difference.ts';
import {
  followsOwn,
  type ItemContext,
  links,
  type PlanContext,
  type ReconcileContext,
} from './reconcile-context.ts';

/** How each item found its issue, in the checklist's order. Of several candidates none is its issue yet. */
export function matchesOf(context: PlanContext): readonly Match[] {
  return context.items.map((one, index) => {
    const { item } = one;
    const pulls = pullsOf(one, context);
    const base = { item: locatorOf(item), index, text: item.text, pulls };
    const found = context.candidates.get(item);
    if (found !== undefined) {
      const [only, ...more] = found.issues;
      return { ...base, how: found.by, issue: more.length === 0 ? only?.ref : undefined };
    }
    return { ...base, ...followed(one, context) };
  });
}

function followed(one: ItemContext, context: ReconcileContext): Pick<Match, 'how' | 'issue'> {
  const { following, written } = one;
  switch (following.kind) {
    case 'issue': {
      const { asked, now } = following.link;
      const how = followsOwn(one, context) ? 'link' : 'hand';
      return { how: links(asked, written) ? how : 'block', issue: now.ref };
    }
    case 'unreadable':
      return { how: links(following.issue, written) ? 'link' : 'block', issue: following.issue };
    case 'issues':
      return { how: 'hand', issue: following.links[0].now.ref };
    case 'several':
      return { how: 'link', issue: undefined };
    case 'asked':
    case 'elsewhere':
      return { how: 'none', issue: undefined };
    case 'unknown':
      return { how: 'link', issue: written.links[0] ?? written.mapped ?? written.maybe[0] };
    case 'pulls':
    case 'nothing':
      return { how: 'none', issue: undefined };
  }
}

/** The pull requests that the item names, and those that closed its issue, each once. */
function pullsOf({ item, link, following }: ItemContext, { facts }: ReconcileContext) {
  const named = item.references
    .filter(({ role }) => role !== 'mention')
    .map((reference) => referencedIssue(reference, facts.checklist.repo))
    .filter((ref) => isPull(ref, facts.followed) || facts.pulls[issueKey(ref)] !== undefined);
  const closers = (link?.now.closers ?? [])
    .filter((pull) => link !== undefined && countsFor(pull, link, facts))
    .map(({ ref }) => ref);
  const own = following.kind === 'pulls' ? following.links.map(({ asked }) => asked) : [];
  const all: IssueRef[] = [];
  for (const ref of [...own, ...named, ...closers])
    if (!all.some((one) => sameIssue(one, ref))) all.push(ref);
  return all;
}

function isPull(ref: IssueRef, followed: ReconcileContext['facts']['followed']): boolean {
  const now = followed[issueKey(ref)];
  return typeof now === 'object' && now.kind === 'pull-request';
}
