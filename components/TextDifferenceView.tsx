import { useGrowing } from './use-growing.ts';

/** An earlier text against the one of now (the shape of `TextDifference` in the messages). */
export interface DifferenceView {
  readonly text: string;
  readonly lines: readonly DifferenceLine[];
}

interface DifferenceLine {
  readonly kind: 'same' | 'comes-back' | 'goes' | 'gap';
  readonly text: string;
}

/** What restoring would do, line by line; by signs for the eye and by words for the ear. */
export function TextDifferenceView({ lines }: { readonly lines: readonly DifferenceLine[] }) {
  const shown = useGrowing(lines.length);
  if (lines.length === 0) return <p class="muted">It is the same as the text of now.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard
    <ul class="difference" aria-label="What restoring would change" tabIndex={0}>
      {lines.slice(0, shown).map((line, index) => (
        <Line key={index} line={line} />
      ))}
    </ul>
  );
}

const SIGNS = { same: ' ', 'comes-back': '+', goes: '−', gap: '⋯' } as const;
const WORDS = { same: '', 'comes-back': 'comes back: ', goes: 'goes: ', gap: '' } as const;

function Line({ line: { kind, text } }: { readonly line: DifferenceLine }) {
  return (
    <li class={kind}>
      <span aria-hidden="true">{SIGNS[kind]}</span>
      <span>
        {WORDS[kind] && <span class="unseen">{WORDS[kind]}</span>}
        {text}
      </span>
    </li>
  );
}
