import type { TextDifference } from '../../lib/core/text/saved-text.ts';
import { DifferenceLine } from './DifferenceLine.tsx';
import { useGrowing } from './use-growing.ts';

interface TextDifferenceViewProps extends Pick<TextDifference, 'lines'> {
  /** What it shows, for the ear. */
  readonly label?: string;
}

/** What restoring or correcting a text would do, line by line. */
export function TextDifferenceView({
  lines,
  label = 'Changes if you restore it',
}: TextDifferenceViewProps) {
  const shown = useGrowing(lines.length);
  if (lines.length === 0) return <p class="muted">Same as the current text.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard
    <ul class="difference" aria-label={label} tabIndex={0}>
      {lines.slice(0, shown).map(({ kind, text }, index) => (
        <DifferenceLine key={index} kind={kind} said={WORDS[kind]}>
          {text}
        </DifferenceLine>
      ))}
    </ul>
  );
}

const WORDS = { same: '', 'comes-back': 'restored: ', goes: 'removed: ', gap: '' } as const;
