import { countNoun } from '../../lib/core/count-noun.ts';
import type { SyncOutcome } from '../../lib/core/sync/sync-preview.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';

interface SyncResultProps {
  /** Undefined before anything was written. */
  readonly outcome: SyncOutcome | undefined;
  /** It is under way; said only where nothing else says so. */
  readonly busy?: boolean;
}

/** What a sync has written. It is empty before, so that screen readers hear of it when it fills. */
export function SyncResult({ outcome, busy = false }: SyncResultProps) {
  return (
    <div class="result" role="status">
      {busy && <p class="muted">Asking GitHub…</p>}
      {outcome && (
        <p data-clean={outcome.left === 0}>
          <Icon name={outcome.left === 0 ? 'closed' : 'alert'} /> {outcomeOf(outcome)}
        </p>
      )}
      {outcome?.notice && <FailureNote failure={outcome.notice} />}
    </div>
  );
}

function outcomeOf({ updated, left }: { readonly updated: number; readonly left: number }): string {
  const done =
    updated > 0 ? `${countNoun(updated, 'item')} updated.` : left > 0 ? '' : 'Nothing to update.';
  const rest =
    left > 0 &&
    `${left.toLocaleString('en')} changed in the meantime and ${left === 1 ? 'was' : 'were'} skipped: press Sync now.`;
  return [done, rest].filter(Boolean).join(' ');
}
