import type { TickReason } from '../../sync/sync-plan.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind, type Found, type Name } from '../kind.ts';

/** Done otherwise than by the closing of its issue. */
interface TickMissing {
  readonly kind: 'tick-missing';
  readonly because: OtherReason;
  /** A person unticked it after it was ticked. */
  readonly takenBack: boolean;
}

type OtherReason = Exclude<TickReason, { readonly kind: 'closed' }>;

const TICK: Choice = { kind: 'tick' };

/** Not ticked though its pull requests or children are done, as sync finds it. */
export const tickMissing = differenceKind<TickMissing>({
  kind: 'tick-missing',
  level: 'action',
  find: ({ row }) => [
    ...(row?.changes ?? []).flatMap((change) =>
      change.kind === 'tick' && change.because.kind !== 'closed' ? [toTick(change.because)] : [],
    ),
    ...(row?.remarks ?? []).flatMap((remark) =>
      remark.kind === 'tick-taken-back' && remark.because.kind !== 'closed'
        ? [takenBack(remark.because)]
        : [],
    ),
  ],
  words: ({ because, takenBack }, name) =>
    `Not ticked, but ${reasonOf(because, name)}${takenBack ? '; somebody unticked it' : ''}`,
  issue: () => undefined,
  // Whoever unticked it has decided; sync says so.
  isSettled: (finding) => finding.takenBack,
  shown: 'always',
});

function toTick(because: OtherReason): Found<TickMissing> {
  return {
    finding: { kind: 'tick-missing', because, takenBack: false },
    detail: because.kind,
    choices: [TICK, LEAVE],
    safe: TICK,
    byItself: true,
  };
}

function takenBack(because: OtherReason): Found<TickMissing> {
  return {
    finding: { kind: 'tick-missing', because, takenBack: true },
    detail: 'taken-back',
    choices: [TICK, LEAVE],
  };
}

function reasonOf(because: OtherReason, name: Name): string {
  switch (because.kind) {
    case 'merged':
      return `${name(because.pull)} was merged`;
    case 'merged-into':
      return `${name(because.pull)} was merged into ${because.base}`;
    case 'children':
      return 'all items in it are';
  }
}
