import type { IssueRef } from '../../refs.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind, type Found } from '../kind.ts';

/** A person ticked it, and its issue is open. */
interface TickedOpen {
  readonly kind: 'ticked-open';
  readonly issue: IssueRef;
  /** ISO, where GitHub proves that the tick is out of date. */
  readonly reopenedAt: string | undefined;
}

/** Ticked while its issue is open, as sync finds it: one that was reopened since is unticked, of others it remarks. */
export const tickedOpen = differenceKind<TickedOpen>({
  kind: 'ticked-open',
  level: 'action',
  find: ({ row }) => [
    ...(row?.changes ?? []).flatMap((change) =>
      change.kind === 'untick' ? [reopened(change.issue, change.reopenedAt)] : [],
    ),
    ...(row?.remarks ?? []).flatMap((remark) =>
      remark.kind === 'ticked-open' ? [byHand(remark.issue)] : [],
    ),
  ],
  words: ({ issue, reopenedAt }, name) =>
    reopenedAt === undefined
      ? `Ticked, but ${name(issue)} is open`
      : `Ticked, but ${name(issue)} was reopened since`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});

const UNTICK: Choice = { kind: 'untick' };

function reopened(issue: IssueRef, reopenedAt: string): Found<TickedOpen> {
  return {
    finding: { kind: 'ticked-open', issue, reopenedAt },
    choices: [UNTICK, close(issue), LEAVE],
    safe: UNTICK,
    byItself: true,
  };
}

function byHand(issue: IssueRef): Found<TickedOpen> {
  return {
    finding: { kind: 'ticked-open', issue, reopenedAt: undefined },
    choices: [close(issue), UNTICK, LEAVE],
  };
}

function close(issue: IssueRef): Choice {
  return { kind: 'close-issue', issue, reason: 'completed' };
}
