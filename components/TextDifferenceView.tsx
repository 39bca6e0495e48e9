import { type DifferenceKind, DifferenceLine } from './DifferenceLine.tsx';
import { useGrowing } from './use-growing.ts';

/** An earlier text against the one of now (the shape of `TextDifference` in the messages). */
export interface DifferenceView {
  readonly text: string;
  readonly lines: readonly TextLine[];
}

interface TextLine {
  readonly kind: DifferenceKind;
  readonly text: string;
}

/** What restoring would do, line by line. */
export function TextDifferenceView({ lines }: { readonly lines: readonly TextLine[] }) {
  const shown = useGrowing(lines.length);
  if (lines.length === 0) return <p class="muted">It is the same as the text of now.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard
    <ul class="difference" aria-label="What restoring would change" tabIndex={0}>
      {lines.slice(0, shown).map(({ kind, text }, index) => (
        <DifferenceLine key={index} kind={kind} said={WORDS[kind]}>
          {text}
        </DifferenceLine>
      ))}
    </ul>
  );
}

const WORDS = { same: '', 'comes-back': 'comes back: ', goes: 'goes: ', gap: '' } as const;
