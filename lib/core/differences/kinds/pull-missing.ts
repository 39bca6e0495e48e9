import { listInWords } from '../../list-in-words.ts';
import { type IssueRef, issueKey } from '../../refs.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind, type Found } from '../kind.ts';
import type { ItemContext, PlanContext } from '../reconcile-context.ts';

interface PullMissing {
  readonly kind: 'pull-missing';
  readonly issue: IssueRef;
  readonly pulls: readonly IssueRef[];
  /** A person removed the numbers after they were written. */
  readonly takenBack: boolean;
}

/** Merged for its issue, and not named behind its link: sync adds them, unless a person removed them. */
export const pullMissing = differenceKind<PullMissing>({
  kind: 'pull-missing',
  level: 'action',
  find: (one, context) => [...toAdd(one), ...takenOut(one, context)],
  words: ({ issue, pulls, takenBack }, name) => {
    const [is, was] = pulls.length === 1 ? ['is', 'was'] : ['are', 'were'];
    const merged = `${listInWords(pulls.map(name))} ${was} merged for ${name(issue)}`;
    return takenBack
      ? `${merged}, but somebody removed ${pulls.length === 1 ? 'the number' : 'the numbers'}`
      : `${merged} and ${is} missing here`;
  },
  issue: ({ issue }) => issue,
  // Whoever removed the number has decided; sync says so.
  isSettled: ({ takenBack }) => takenBack,
  shown: 'always',
});

function toAdd(one: ItemContext): readonly Found<PullMissing>[] {
  return (one.row?.changes ?? []).flatMap((change) => {
    if (change.kind !== 'add-pulls') return [];
    return missing(change.pulls, false, one).map((found) => {
      const [add] = found.choices;
      return { ...found, ...(add && { safe: add }), byItself: true };
    });
  });
}

/** All numbers that a person removed, except those of pull requests that were reverted: that was right. */
function takenOut(one: ItemContext, { facts }: PlanContext): readonly Found<PullMissing>[] {
  const pulls = (one.row?.remarks ?? []).flatMap((remark) =>
    remark.kind === 'pull-taken-back' &&
    facts.pulls[issueKey(remark.pull)]?.revertedBy === undefined
      ? [remark.pull]
      : [],
  );
  return missing(pulls, true, one);
}

function missing(
  pulls: readonly IssueRef[],
  takenBack: boolean,
  { link }: ItemContext,
): readonly Found<PullMissing>[] {
  if (link === undefined || pulls.length === 0) return [];
  const add: Choice = { kind: 'add-pulls', pulls };
  return [
    {
      finding: { kind: 'pull-missing', issue: link.now.ref, pulls, takenBack },
      detail: pulls.map(issueKey).join(' '),
      choices: [add, LEAVE],
    },
  ];
}
