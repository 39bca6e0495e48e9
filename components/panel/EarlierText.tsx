import type { Cause } from '../../lib/core/log/cause.ts';
import type { SavedText, TextDifference } from '../../lib/core/text/saved-text.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { TextDifferenceView } from '../ui/TextDifferenceView.tsx';

interface EarlierTextProps {
  readonly text: SavedText;
  /** How it differs from the text of now, where that is shown. */
  readonly difference: TextDifference | undefined;
  readonly busy: boolean;
  readonly onShow: (id: number) => void;
  readonly onHide: () => void;
  readonly onRestore: () => void;
  readonly onDownload: (text: SavedText) => void;
}

/** One text that was replaced: when and why, how it differs from the text of now, and what can be done with it. */
export function EarlierText(props: EarlierTextProps) {
  const { text, difference, busy } = props;
  const when = new Date(text.at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <li class="row">
      <div class="head">
        <p>
          {when} <span class="muted">{`${describeEarlier(text.cause)}, by ${text.login}`}</span>
        </p>
        <Button
          look="small"
          disabled={busy}
          expanded={difference !== undefined}
          label={`${difference ? 'Hide' : 'Show'} difference: ${when}`}
          onPress={() => (difference ? props.onHide() : props.onShow(text.id))}
        >
          {difference ? 'Hide' : 'Show'} difference
        </Button>
      </div>
      {difference && (
        <div class="below">
          <TextDifferenceView lines={difference.lines} />
          <div class="actions">
            {difference.lines.length > 0 && (
              <ConfirmButton
                label="Restore this text"
                consequence={`Replaces the whole text of the issue with the version of ${when}. The current text is kept here.`}
                confirm="Replace the text"
                keep="Leave it as it is"
                disabled={busy}
                onConfirm={props.onRestore}
              />
            )}
            <Button onPress={() => props.onDownload(text)}>Download</Button>
          </div>
        </div>
      )}
    </li>
  );
}

/** A sync alone says what set it off: the others have one way to begin, or it is of no interest here. */
function describeEarlier({ by, what }: Cause): string {
  return what === 'sync' ? `before a sync ${BY[by]}` : `before ${WHAT[what]}`;
}

const BY: Readonly<Record<Cause['by'], string>> = {
  click: 'on click',
  background: 'in the background',
  night: 'at night',
};

const WHAT: Readonly<Record<Exclude<Cause['what'], 'sync'>, string>> = {
  generate: 'a run',
  'undo-generation': 'a run was undone',
  resolve: 'differences were resolved',
  undo: 'a run was undone',
  unlink: 'items were unlinked and their issues closed',
  traces: "Masterlist's traces were removed",
  restore: 'an earlier text was restored',
  summary: 'a summary was posted',
  release: 'tracking stopped',
  verify: 'an overwritten edit was restored',
};
