import type { ReadonlySignal } from '@preact/signals';
import type { Failure, Result } from '../../lib/core/failures.ts';
import type { TrackedEntry } from '../../lib/core/overview/tracked-entries.ts';
import { checklistUrl, nameChecklist } from '../../lib/core/refs.ts';
import type { SyncOutcome } from '../../lib/core/sync/sync-preview.ts';
import { SyncResult } from '../panel/SyncResult.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { TrackedState } from '../ui/TrackedState.tsx';

/** A tracked checklist, and what came of the buttons that were pressed for it. */
export interface CardEntry extends TrackedEntry {
  /** What the last sync from here wrote. */
  readonly synced: Result<SyncOutcome> | undefined;
  /** What is done with it right now. */
  readonly busy: 'syncing' | 'releasing' | undefined;
  /** Why it could not be let go. */
  readonly refused: Failure | undefined;
}

interface DashboardCardProps {
  readonly entry: CardEntry;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  readonly reconcileHref: string;
  readonly onSync: () => void;
  readonly onRelease: () => void;
  readonly onOptions: () => void;
}

/** A tracked checklist: where it is, how far it is, how it stands, and what can be done with it. */
export function DashboardCard(props: DashboardCardProps) {
  const { entry, onOptions } = props;
  const { tracked, synced, refused } = entry;
  const busy = entry.busy !== undefined;
  const name = nameChecklist(tracked.checklist);
  const sync = entry.busy === 'syncing' ? 'Syncing…' : 'Sync now';
  return (
    <li class="card">
      <h3>
        <a
          class="text"
          href={checklistUrl(tracked.checklist)}
          target="_blank"
          rel="noreferrer"
          title={tracked.title}
        >
          {tracked.title}
        </a>
      </h3>
      <TrackedState entry={entry} now={props.now} onOptions={onOptions} isDashboard />
      <SyncResult outcome={synced?.ok ? synced.value : undefined} />
      {synced?.ok === false && <FailureNote failure={synced.failure} onOptions={onOptions} />}
      {refused && <FailureNote failure={refused} onOptions={onOptions} />}
      <div class="actions">
        {/* Not disabled: a button that is disabled under the focus loses it. */}
        <Button label={`${sync}: ${name}`} busy={busy} onPress={props.onSync}>
          {sync}
        </Button>
        <a class="btn" href={props.reconcileHref} aria-label={`Reconcile: ${name}`}>
          Reconcile
        </a>
        <ConfirmButton
          label="Stop tracking"
          about={name}
          consequence="This browser no longer refreshes it or writes to it. Its text and its issues stay as they are."
          confirm="Stop tracking"
          keep="Keep tracking"
          disabled={busy}
          onConfirm={props.onRelease}
        />
      </div>
    </li>
  );
}
