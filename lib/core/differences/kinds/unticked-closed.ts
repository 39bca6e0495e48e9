import type { IssueRef } from '../../refs.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind, type Found } from '../kind.ts';
import type { ItemContext } from '../reconcile-context.ts';

interface UntickedClosed {
  readonly kind: 'unticked-closed';
  readonly issue: IssueRef;
  readonly reason: 'completed' | 'not-planned' | 'duplicate';
  /** A person unticked it after it was ticked. */
  readonly takenBack: boolean;
}

const HOW = { completed: 'completed', 'not-planned': 'not planned', duplicate: 'a duplicate' };

/** Not ticked though its issue is closed, as sync finds it: it ticks, or remarks why it does not. */
export const untickedClosed = differenceKind<UntickedClosed>({
  kind: 'unticked-closed',
  level: 'action',
  find: (one) => [...toTick(one), ...leftUnticked(one)],
  words: ({ issue, reason, takenBack }, name) => {
    const back = takenBack ? '; somebody unticked it' : '';
    return `Not ticked, but ${name(issue)} was closed as ${HOW[reason]}${back}`;
  },
  issue: ({ issue }) => issue,
  // Whoever unticked it has decided; sync says so.
  isSettled: ({ takenBack }) => takenBack,
  shown: 'always',
});

const TICK: Choice = { kind: 'tick' };

function toTick({ row }: ItemContext): readonly Found<UntickedClosed>[] {
  return (row?.changes ?? []).flatMap((change) => {
    if (change.kind !== 'tick' || change.because.kind !== 'closed') return [];
    const { issue, reason } = change.because;
    return [{ ...unticked(issue, reason, false), safe: TICK, byItself: true }];
  });
}

function leftUnticked({ row }: ItemContext): readonly Found<UntickedClosed>[] {
  return (row?.remarks ?? []).flatMap((remark) => {
    if (remark.kind === 'not-planned' || remark.kind === 'duplicate')
      return [unticked(remark.issue, remark.kind, false)];
    if (remark.kind !== 'tick-taken-back' || remark.because.kind !== 'closed') return [];
    return [unticked(remark.because.issue, remark.because.reason, true)];
  });
}

function unticked(
  issue: IssueRef,
  reason: UntickedClosed['reason'],
  takenBack: boolean,
): Found<UntickedClosed> {
  return {
    finding: { kind: 'unticked-closed', issue, reason, takenBack },
    detail: takenBack ? `${reason} taken-back` : reason,
    choices: [TICK, { kind: 'reopen-issue', issue }, LEAVE],
  };
}
