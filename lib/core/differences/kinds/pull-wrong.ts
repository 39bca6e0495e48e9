import { listInWords } from '../../list-in-words.ts';
import { type IssueRef, issueKey, sameIssue } from '../../refs.ts';
import type { FollowedLink } from '../../sync/sync-facts.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind, type Found, type Name } from '../kind.ts';
import type { ItemContext, PlanContext } from '../reconcile-context.ts';
import type { NamedPull } from '../reconcile-facts.ts';

interface PullWrong {
  readonly kind: 'pull-wrong';
  readonly pull: IssueRef;
  readonly why: Why;
}

type Why =
  | { readonly kind: 'unmerged'; readonly state: 'open' | 'closed' }
  | { readonly kind: 'of-another-issue'; readonly closes: readonly IssueRef[] }
  | { readonly kind: 'reverted'; readonly by: IssueRef };

/** A number in the bracket behind an item's link that is not that of one of its merged pull requests. */
export const pullWrong = differenceKind<PullWrong>({
  kind: 'pull-wrong',
  level: 'action',
  find: findWrong,
  words: sentence,
  issue: ({ pull }) => pull,
  isSettled: () => false,
  shown: 'always',
});

function findWrong(
  { written, link }: ItemContext,
  { facts }: PlanContext,
): readonly Found<PullWrong>[] {
  if (link === undefined) return [];
  return written.behind.flatMap((pull): readonly Found<PullWrong>[] => {
    const named = facts.pulls[issueKey(pull)];
    const why = named === undefined ? undefined : whyWrong(named, link);
    if (why === undefined) return [];
    const finding = { kind: 'pull-wrong', pull, why } as const;
    return [{ finding, detail: why.kind, choices: [{ kind: 'remove-pull', pull }, LEAVE] }];
  });
}

function whyWrong(pull: NamedPull, link: FollowedLink): Why | undefined {
  const { state, closes, revertedBy } = pull;
  if (revertedBy !== undefined) return { kind: 'reverted', by: revertedBy.ref };
  if (state !== 'merged') return { kind: 'unmerged', state };
  const { closers, mentions } = link.now;
  const belongs =
    closes.some((one) => sameIssue(one, link.now.ref) || sameIssue(one, link.asked)) ||
    [...closers, ...mentions].some(({ ref }) => sameIssue(ref, pull.ref));
  return belongs || closes.length === 0 ? undefined : { kind: 'of-another-issue', closes };
}

function sentence({ pull, why }: PullWrong, name: Name): string {
  switch (why.kind) {
    case 'unmerged':
      return why.state === 'open'
        ? `${name(pull)} is not merged yet`
        : `${name(pull)} was closed without being merged`;
    case 'of-another-issue':
      return `${name(pull)} closes ${listInWords(why.closes.map(name))}, not this item's issue`;
    case 'reverted':
      return `${name(pull)} was reverted by ${name(why.by)}`;
  }
}
