import type { Failure } from '../../lib/core/failures.ts';
import type { Cause } from '../../lib/core/log/cause.ts';
import type { SavedText, TextDifference } from '../../lib/core/text/saved-text.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { TextDifferenceView } from '../ui/TextDifferenceView.tsx';
import { useGrowing } from '../ui/use-growing.ts';
import { useUnfolding } from '../ui/use-unfolding.ts';

interface EarlierTextsProps {
  /** Newest first; undefined while they are not known. */
  readonly texts: readonly SavedText[] | undefined;
  /** The one that is shown against the text of now. */
  readonly difference: (TextDifference & { readonly id: number }) | undefined;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** One was just written back. */
  readonly restored: boolean;
  /** Repeats what failed. */
  readonly onRetry: () => void;
  readonly onList: () => void;
  readonly onShow: (id: number) => void;
  readonly onHide: () => void;
  readonly onRestore: () => void;
  readonly onDownload: (text: SavedText) => void;
  readonly onOptions: () => void;
}

/** The texts before our writes, folded and asked for when unfolded: how each differs from the text of now, and the way back to it. */
export function EarlierTexts(props: EarlierTextsProps) {
  const { texts, difference } = props;
  const folding = useUnfolding(props.onList);
  const shown = useGrowing(folding.open ? (texts?.length ?? 0) : 0);
  return (
    <details class="group" {...folding}>
      <summary>Earlier texts</summary>
      <div class="within">
        {props.failure && (
          <FailureNote failure={props.failure} onOptions={props.onOptions}>
            <Button
              look="small"
              disabled={props.busy}
              onPress={() => (difference ? props.onShow(difference.id) : props.onRetry())}
            >
              {difference ? 'Refresh' : 'Retry'}
            </Button>
          </FailureNote>
        )}
        <p role="status">
          {props.restored && 'Text restored. The version that it replaced is kept here too.'}
        </p>
        {!texts && !props.failure && <p class="muted">Loading…</p>}
        {texts?.length === 0 && (
          <p class="muted">None. Nothing was written here in the last 30 days.</p>
        )}
      </div>
      <ul class="texts">
        {texts?.slice(0, shown).map((text) => (
          <EarlierText
            {...props}
            key={text.id}
            text={text}
            difference={difference?.id === text.id ? difference : undefined}
          />
        ))}
      </ul>
    </details>
  );
}

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
function EarlierText(props: EarlierTextProps) {
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
  correct: 'lines were corrected',
  answer: 'a question about numbers was answered',
  summary: 'a summary was posted',
  release: 'tracking stopped',
  verify: 'an overwritten edit was restored',
};
