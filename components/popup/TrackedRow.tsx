import type { ReadonlySignal } from '@preact/signals';
import { formatRoute } from '../../lib/core/alerts/alert-route.ts';
import type { Failure } from '../../lib/core/failures.ts';
import type { TrackedEntry } from '../../lib/core/overview/tracked-entries.ts';
import { type ChecklistRef, checklistUrl } from '../../lib/core/refs.ts';
import type { SyncOutcome } from '../../lib/core/sync/sync-preview.ts';
import { SyncResult } from '../panel/SyncResult.tsx';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { TrackedState } from '../ui/TrackedState.tsx';

/** What was done to a checklist by the last button that was pressed for it. */
export interface ChecklistAct {
  readonly busy: boolean;
  /** What it wrote, where it was a sync. */
  readonly outcome: SyncOutcome | undefined;
  readonly failure: Failure | undefined;
}

interface TrackedRowProps {
  readonly entry: TrackedEntry;
  /** Undefined where no button was pressed yet. */
  readonly act: ChecklistAct | undefined;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  readonly onSync: (checklist: ChecklistRef) => void;
  readonly onOptions: () => void;
}

/** A tracked checklist: where it is, its state, and what can be done with it. */
export function TrackedRow({ entry, act, now, onSync, onOptions }: TrackedRowProps) {
  const { checklist, title } = entry.tracked;
  return (
    <li class="tracked">
      <a
        class="title"
        href={checklistUrl(checklist)}
        target="_blank"
        rel="noreferrer"
        title={title}
      >
        <strong>{title}</strong>
      </a>
      <TrackedState entry={entry} now={now} onOptions={onOptions} />
      <p class="links">
        {/* Not disabled: a button that is disabled under the focus loses it. */}
        <Button
          look="small"
          busy={act?.busy === true}
          label={`Sync now: ${title}`}
          onPress={() => onSync(checklist)}
        >
          Sync now
        </Button>
        <a
          class="btn small"
          href={formatRoute({ page: 'dashboard', path: '/reconcile', checklist })}
          target="_blank"
          rel="noreferrer"
          aria-label={`Reconcile: ${title}`}
        >
          Reconcile
        </a>
      </p>
      <ActResult act={act} onOptions={onOptions} />
    </li>
  );
}

/** What came of the last button. It is there before one is pressed, so that screen readers hear of all that follows. */
export function ActResult({ act, onOptions }: Pick<TrackedRowProps, 'act' | 'onOptions'>) {
  return (
    <>
      <SyncResult outcome={act?.outcome} busy={act?.busy === true} />
      {act?.failure && <FailureNote failure={act.failure} onOptions={onOptions} />}
    </>
  );
}
