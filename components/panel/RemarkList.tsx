import type { Remarks } from '../../lib/core/checklist-view.ts';
import { countNoun } from '../../lib/core/count-noun.ts';
import { listInWords } from '../../lib/core/list-in-words.ts';
import { Button } from '../ui/Button.tsx';
import { TextDifferenceView } from '../ui/TextDifferenceView.tsx';

interface RemarkListProps {
  readonly remarks: Remarks | undefined;
  /** The hash of the text whose lines were just corrected. */
  readonly corrected: string | undefined;
  readonly busy: boolean;
  /** Undefined where nothing can be written now. */
  readonly onCorrect: (() => void) | undefined;
}

/** What Masterlist leaves out of the text, in one folded line, with the way to correct it. */
export function RemarkList(props: RemarkListProps) {
  const { remarks, corrected } = props;
  // Until the text is read again the remarks on its lines are those from before.
  const isOver = corrected !== undefined && corrected === remarks?.correction?.now;
  const count = (isOver ? 0 : (remarks?.lines.length ?? 0)) + (remarks?.rulesNear ? 1 : 0);
  return (
    <>
      {/* Always there: a live region only speaks of what changes in it. */}
      <div class="result" role="status">
        {corrected && <p>Lines corrected. The previous version is under “Earlier texts”.</p>}
      </div>
      {remarks && count > 0 && (
        <details class="group">
          <summary>{countNoun(count, 'remark')}</summary>
          <div class="within">
            {remarks.rulesNear && (
              <p>
                <code>{remarks.rulesNear}</code> is not read: the rules file must be named{' '}
                <code>.github/masterlist.yml</code>.
              </p>
            )}
            {!isOver && <LineRemarks {...props} remarks={remarks} />}
          </div>
        </details>
      )}
    </>
  );
}

function LineRemarks({
  remarks: { lines, correction },
  busy,
  onCorrect,
}: RemarkListProps & { readonly remarks: Remarks }) {
  return (
    <>
      {lines.length > 0 && (
        <>
          <p>GitHub shows no checkbox for these lines, so they are not items:</p>
          <ul class="mistakes">
            {lines.map(({ line, missing, text }) => (
              <li key={line}>
                Line {line} needs {listInWords(missing.map((what) => NEEDS[what]))}:{' '}
                <code>{text}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      {correction && (
        <>
          <TextDifferenceView lines={correction.lines} label="What would change" />
          {onCorrect ? (
            <p>
              <Button look="small" writes disabled={busy} onPress={onCorrect}>
                Correct {countNoun(correction.count, 'line')}
              </Button>
            </p>
          ) : (
            <p class="muted">You can correct them when no preview or run is open.</p>
          )}
        </>
      )}
    </>
  );
}

const NEEDS: Readonly<Record<Remarks['lines'][number]['missing'][number], string>> = {
  inside: 'a space in the brackets',
  after: 'a space after the brackets',
  before: 'a space before the brackets',
  bullet: 'a list bullet',
  'one-character': 'a single character in the brackets',
};
