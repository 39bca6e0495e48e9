import { formatIssueRef, type RepoRef } from '../refs.ts';
import type { PlanSummary, RowReason } from './plan-generation.ts';

/** Short words for why a row is decided as it is. `from` is the checklist's repository: its issues are named without it. */
export function describeReason(reason: RowReason, from?: RepoRef): string {
  const name = 'issue' in reason ? formatIssueRef(reason.issue, from) : '';
  switch (reason.kind) {
    case 'new':
      return 'will create';
    case 'linked':
      return reason.pullRequest
        ? `already linked to pull request ${name}`
        : `already linked to ${name}`;
    case 'marked':
      return `has ${name}, created by an earlier run: will link it`;
    case 'chosen':
      return `will link ${name}`;
    case 'ticked':
      return 'ticked';
    case 'struck':
      return 'struck out';
    case 'sign-off':
      return 'sign-off: names people only';
    case 'package-or-team':
      return 'a package or a team? Select it if it is a task';
    case 'parent':
      return 'groups other items';
    case 'nested':
      return 'part of the item above it';
    case 'empty':
      return 'no words to make a title of';
    case 'same-title':
      return `${name} has the same title: link it instead?`;
    case 'moved':
      return `${name} was created for an item with these words: link it?`;
    case 'renamed':
      return `${name} was created here before the text was changed: link it?`;
    case 'reference':
      return `mentions ${name}: review`;
    case 'commit':
      return `mentions commit ${reason.commit.slice(0, 10)}: review`;
    case 'whose':
      return `ends in ${name}: its issue, or what it is about?`;
    case 'two-candidates':
      return 'two or more issues match: choose one';
    case 'linked-twice':
      return `${name} is already linked by another item: choose`;
    case 'other-checklist':
      return `links ${name}, which belongs to another checklist: create a new one?`;
    case 'untrusted-marker':
      return `${name} says it was made for this item; its author ${reason.author} has no rights here now: link it?`;
    case 'link-unreadable':
      return `links ${name}, which GitHub does not show to you`;
  }
}

/** What becomes of items, and what is said of them where something keeps everything from being written. */
export type Fates = typeof FATES | typeof BLOCKED_FATES;
export const FATES = { create: 'will be created', link: 'will be linked' } as const;
export const BLOCKED_FATES = { create: 'without an issue', link: 'with an issue to link' } as const;

/** The head of the preview: `54 will be created, 2 skipped, 1 needs your decision`. */
export function describeSummary(
  { create, link, skip, ask }: Pick<PlanSummary, 'create' | 'link' | 'skip' | 'ask'>,
  fates: Fates = FATES,
): string {
  if (create + link + ask === 0)
    return skip === 0 ? 'Nothing to do' : `Nothing to do, ${skip} skipped`;
  return [
    `${create} ${fates.create}`,
    link > 0 ? `${link} ${fates.link}` : '',
    skip > 0 ? `${skip} skipped` : '',
    ask > 0 ? `${ask} ${ask === 1 ? 'needs' : 'need'} your decision` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
