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
          {when} <span class="muted">{`${describeCause(text.cause)}, by ${text.login}`}</span>
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
                consequence={`The whole text of the issue is replaced by that of ${when}. The text as it is now is kept here.`}
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

const CAUSES: Readonly<Record<string, string>> = {
  generate: 'before a run',
  undo: 'before a run was undone',
  'click: sync': 'before a sync on click',
  'poll: sync': 'before a sync in the background',
  'job: sync': 'before a sync after a run',
  nightly: 'before a nightly look for differences',
  'mend: reconcile': 'before differences were mended',
  'mend: undo': 'before a run was undone',
  'mend: plain': 'before items were turned back into plain ones',
  'mend: traces': "before Masterlist's traces were removed",
  verify: 'before an overwritten edit was brought back',
  restore: 'before an earlier text was restored',
};

/** Causes that nobody has words for yet are told as they are. */
function describeCause(cause: string): string {
  return CAUSES[cause] ?? CAUSES[cause.split(':')[0] ?? ''] ?? `before: ${cause}`;
}
