import type { IssueRef } from '../../refs.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind, type Found } from '../kind.ts';
import type { ItemContext } from '../reconcile-context.ts';

interface UntickedClosed {
  readonly kind: 'unticked-closed';
  readonly issue: IssueRef;
  readonly reason: 'completed' | 'not-planned' | 'duplicate';
  readonly left: LeftUnticked | undefined;
}

/** Why sync leaves an item unticked though what it follows is done, in words to add. */
export const LEFT_UNTICKED = {
  /** After it was ticked. */
  'taken-back': '; somebody unticked it',
  'done-before': ' before the item named it',
} as const;

export type LeftUnticked = keyof typeof LEFT_UNTICKED;

const HOW = { completed: 'completed', 'not-planned': 'not planned', duplicate: 'a duplicate' };

/** Not ticked though its issue is closed, as sync finds it: it ticks, or remarks why it does not. */
export const untickedClosed = differenceKind<UntickedClosed>({
  kind: 'unticked-closed',
  level: 'action',
  find: (one) => [...toTick(one), ...leftUnticked(one)],
  words: ({ issue, reason, left }, name) => {
    const why = left === undefined ? '' : LEFT_UNTICKED[left];
    return `Not ticked, but ${name(issue)} was closed as ${HOW[reason]}${why}`;
  },
  issue: ({ issue }) => issue,
  // Whoever unticked it has decided; sync says so.
  isSettled: ({ left }) => left === 'taken-back',
  shown: 'always',
});

const TICK: Choice = { kind: 'tick' };

function toTick({ row }: ItemContext): readonly Found<UntickedClosed>[] {
  return (row?.changes ?? []).flatMap((change) => {
    if (change.kind !== 'tick' || change.because.kind !== 'closed') return [];
    const { issue, reason } = change.because;
    return [{ ...unticked(issue, reason, undefined), safe: TICK, byItself: true }];
  });
}

function leftUnticked({ row }: ItemContext): readonly Found<UntickedClosed>[] {
  return (row?.remarks ?? []).flatMap((remark) => {
    if (remark.kind === 'not-planned' || remark.kind === 'duplicate')
      return [unticked(remark.issue, remark.kind, undefined)];
    if (remark.kind !== 'tick-taken-back' && remark.kind !== 'done-before') return [];
    const { because } = remark;
    const left = remark.kind === 'done-before' ? 'done-before' : 'taken-back';
    return because.kind === 'closed' ? [unticked(because.issue, because.reason, left)] : [];
  });
}

function unticked(
  issue: IssueRef,
  reason: UntickedClosed['reason'],
  left: LeftUnticked | undefined,
): Found<UntickedClosed> {
  return {
    finding: { kind: 'unticked-closed', issue, reason, left },
    detail: left === undefined ? reason : `${reason} ${left}`,
    choices: [TICK, { kind: 'reopen-issue', issue }, LEAVE],
  };
}
