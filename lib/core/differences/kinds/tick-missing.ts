import type { TickReason } from '../../sync/sync-plan.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind, type Found, type Name } from '../kind.ts';
import { LEFT_UNTICKED, type LeftUnticked } from './unticked-closed.ts';

/** Done otherwise than by the closing of its issue. */
interface TickMissing {
  readonly kind: 'tick-missing';
  readonly because: OtherReason;
  readonly left: LeftUnticked | undefined;
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
      (remark.kind === 'tick-taken-back' || remark.kind === 'done-before') &&
      remark.because.kind !== 'closed'
        ? [leftUnticked(remark.because, remark.kind)]
        : [],
    ),
  ],
  words: ({ because, left }, name) =>
    `Not ticked, but ${reasonOf(because, name)}${left === undefined ? '' : LEFT_UNTICKED[left]}`,
  issue: () => undefined,
  // Whoever unticked it has decided; sync says so.
  isSettled: ({ left }) => left === 'taken-back',
  shown: 'always',
});

function toTick(because: OtherReason): Found<TickMissing> {
  return {
    finding: { kind: 'tick-missing', because, left: undefined },
    detail: because.kind,
    choices: [TICK, LEAVE],
    safe: TICK,
    byItself: true,
  };
}

function leftUnticked(
  because: OtherReason,
  remark: 'tick-taken-back' | 'done-before',
): Found<TickMissing> {
  const left = remark === 'done-before' ? remark : 'taken-back';
  return {
    finding: { kind: 'tick-missing', because, left },
    detail: left,
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
