import { useEffect, useRef, useState } from 'preact/hooks';
import type { Consequence } from '../../lib/core/differences/choice.ts';
import type { ChosenMatch } from '../../lib/core/differences/chosen.ts';
import type { Result } from '../../lib/core/failures.ts';

/** Asks what a match by hand would write. */
export type PreviewMatch = (chosen: ChosenMatch) => Promise<Result<Consequence>>;

/** A match by hand, and what it would write, or why it cannot be. */
export interface PreviewedMatch<Kind extends ChosenMatch> {
  readonly chosen: Kind;
  readonly answer: Result<Consequence>;
}

/** The match that was asked about last and has its answer, and how to ask about another. An answer that comes after a later question, or when the view is gone, is let go. */
export function useMatchPreview<Kind extends ChosenMatch>(
  ask: PreviewMatch,
  onAnswer?: (match: PreviewedMatch<Kind>) => void,
): readonly [PreviewedMatch<Kind> | undefined, (chosen: Kind | undefined) => void] {
  const [shown, show] = useState<PreviewedMatch<Kind>>();
  const last = useRef(0);
  useEffect(
    () => () => {
      last.current += 1;
    },
    [],
  );
  const preview = async (chosen: Kind | undefined) => {
    last.current += 1;
    const turn = last.current;
    if (chosen === undefined) return show(undefined);
    const answer = await ask(chosen);
    if (turn !== last.current) return;
    const match = { chosen, answer };
    show(match);
    onAnswer?.(match);
  };
  return [shown, (chosen) => void preview(chosen)];
}
