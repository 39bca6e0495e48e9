import type { Failure } from '../../lib/core/failures.ts';
import type { ComparedLine } from '../../lib/core/text/line-difference.ts';
import { Button } from '../ui/Button.tsx';
import { DifferenceLine } from '../ui/DifferenceLine.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { useGrowing } from '../ui/use-growing.ts';

/** What a write did to the text: not asked for, or on its way, or the lines; `until` says up to what. */
export type LogDifferenceState =
  | { readonly state: 'none' | 'unasked' | 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | {
      readonly state: 'shown';
      readonly lines: readonly ComparedLine[];
      readonly until: 'next-write' | 'now';
    };

interface LogDifferenceProps {
  readonly difference: LogDifferenceState;
  readonly onCompare: () => void;
  readonly onOptions: () => void;
}

/** The text before a write against what it became. Only both ends are kept, so what others wrote between is in it too. */
export function LogDifference({ difference, onCompare, onOptions }: LogDifferenceProps) {
  if (difference.state === 'none') return null;
  return (
    <section aria-label="The text" aria-busy={difference.state === 'loading'}>
      <h3>The text</h3>
      {difference.state === 'loading' && <p class="muted">Comparing…</p>}
      {difference.state === 'unasked' && (
        <>
          <p class="muted">Nothing has been written here since.</p>
          <Button onPress={onCompare}>Compare with the text on GitHub</Button>
        </>
      )}
      {difference.state === 'failed' && (
        <FailureNote failure={difference.failure} onOptions={onOptions} onRetry={onCompare} />
      )}
      {difference.state === 'shown' && <Lines {...difference} />}
    </section>
  );
}

function Lines({ lines, until }: Extract<LogDifferenceState, { state: 'shown' }>) {
  const shown = useGrowing(lines.length);
  const span = until === 'now' ? 'the text on GitHub now' : 'the next write';
  return (
    <>
      <p class="muted">{`From before this write to ${span}, including what others changed in between.`}</p>
      {lines.length === 0 ? (
        <p>Both texts are the same.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard
        <ul class="difference" aria-label="Changed lines" tabIndex={0}>
          {lines.slice(0, shown).map(({ kind, text }, index) => (
            <DifferenceLine key={index} kind={kind} said={SAID[kind]}>
              {text}
            </DifferenceLine>
          ))}
        </ul>
      )}
    </>
  );
}

const SAID = { same: '', 'comes-back': 'added: ', goes: 'removed: ', gap: '' } as const;
