import { FailureNote } from '../ui/FailureNote.tsx';
import type { ChannelOutcome } from './AlertSection.tsx';

/** What came of the last thing that was done with a channel; said when it comes. */
export function AlertNote({ outcome }: { readonly outcome: ChannelOutcome | undefined }) {
  return (
    <div aria-live="polite">
      {outcome?.kind === 'busy' && <p class="muted">Waiting for an answer…</p>}
      {outcome?.kind === 'done' && <p class="good">{outcome.words}</p>}
      {outcome?.kind === 'failed' && <FailureNote failure={outcome.failure} />}
    </div>
  );
}
