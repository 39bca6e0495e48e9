import type { Failure } from '../../lib/core/failures.ts';
import type { SavedText, TextDifference } from '../../lib/core/text/saved-text.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { useGrowing } from '../ui/use-growing.ts';
import { useUnfolding } from '../ui/use-unfolding.ts';
import { EarlierText } from './EarlierText.tsx';

interface EarlierTextsProps {
  /** Newest first; undefined while they are not known. */
  readonly texts: readonly SavedText[] | undefined;
  /** The one that is shown against the text of now. */
  readonly difference: (TextDifference & { readonly id: number }) | undefined;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** One was just written back. */
  readonly restored: boolean;
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
            {difference && (
              <Button
                look="small"
                disabled={props.busy}
                onPress={() => props.onShow(difference.id)}
              >
                Refresh
              </Button>
            )}
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
