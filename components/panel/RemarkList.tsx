import type { Remarks } from '../../lib/core/checklist-view.ts';
import { countNoun } from '../../lib/core/count-noun.ts';
import { listInWords } from '../../lib/core/list-in-words.ts';
import { Button } from '../ui/Button.tsx';
import { TextDifferenceView } from '../ui/TextDifferenceView.tsx';

interface RemarkListProps {
  readonly remarks: Remarks | undefined;
  /** Lines were just corrected. */
  readonly corrected: boolean;
  readonly busy: boolean;
  /** Undefined where nothing can be written now. */
  readonly onCorrect: (() => void) | undefined;
}

/** What Masterlist leaves out of the text, in one folded line, with the way to correct it. */
export function RemarkList({ remarks, corrected, busy, onCorrect }: RemarkListProps) {
  const { lines = [], correction, rulesNear } = remarks ?? {};
  const count = lines.length + (rulesNear === undefined ? 0 : 1);
  return (
    <>
      {/* Always there: a live region only speaks of what changes in it. */}
      <div class="result" role="status">
        {corrected && <p>Lines corrected. The previous version is under “Earlier texts”.</p>}
      </div>
      {count > 0 && (
        <details class="group">
          <summary>{countNoun(count, 'remark')}</summary>
          <div class="within">
            {rulesNear !== undefined && (
              <p>
                <code>{rulesNear}</code> is not read: the rules file must be named{' '}
                <code>.github/masterlist.yml</code>.
              </p>
            )}
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
                    <Button look="small" disabled={busy} onPress={onCorrect}>
                      Correct {countNoun(correction.count, 'line')}
                    </Button>
                  </p>
                ) : (
                  <p class="muted">You can correct them when no preview or run is open.</p>
                )}
              </>
            )}
          </div>
        </details>
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
