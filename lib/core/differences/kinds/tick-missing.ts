import type { TickReason } from '../../sync/sync-plan.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind, type Found, type Name } from '../kind.ts';
import type { ItemContext } from '../reconcile-context.ts';

/** Done otherwise than by the closing of its issue. */
interface TickMissing {
  readonly kind: 'tick-missing';
  /** Not known of a tick that was taken back. */
  readonly because: OtherReason | undefined;
  readonly takenBack: boolean;
}

type OtherReason = Exclude<TickReason, { readonly kind: 'closed' }>;

const TICK: Choice = { kind: 'tick' };

/** Not ticked though its pull requests or children are done, as sync finds it. */
export const tickMissing = differenceKind<TickMissing>({
  kind: 'tick-missing',
  level: 'action',
  find: (one) => [...toTick(one), ...takenBack(one)],
  words: ({ because }, name) => reasonOf(because, name),
  issue: () => undefined,
  // Whoever took the tick back has decided; sync tells of it.
  isSettled: (finding) => finding.takenBack,
  shown: 'always',
});

function toTick({ row }: ItemContext): readonly Found<TickMissing>[] {
  return (row?.changes ?? []).flatMap((change): readonly Found<TickMissing>[] => {
    if (change.kind !== 'tick' || change.because.kind === 'closed') return [];
    const { because } = change;
    return [
      {
        finding: { kind: 'tick-missing', because, takenBack: false },
        detail: because.kind,
        choices: [TICK, LEAVE],
        safe: TICK,
        byItself: true,
      },
    ];
  });
}

function takenBack({ row, link }: ItemContext): readonly Found<TickMissing>[] {
  const isBack = row?.remarks.some(({ kind }) => kind === 'tick-taken-back') ?? false;
  if (!isBack || link?.now.state === 'closed') return [];
  return [
    {
      finding: { kind: 'tick-missing', because: undefined, takenBack: true },
      detail: 'taken-back',
      choices: [TICK, LEAVE],
    },
  ];
}

function reasonOf(because: OtherReason | undefined, name: Name): string {
  switch (because?.kind) {
    case undefined:
      return 'Not ticked: somebody took the tick back';
    case 'merged':
      return `Not ticked, but ${name(because.pull)} was merged`;
    case 'merged-into':
      return `Not ticked, but ${name(because.pull)} was merged into ${because.base}`;
    case 'children':
      return 'Not ticked, but all items in it are';
  }
}
