import { type ReadonlySignal, signal } from '@preact/signals';
import type { LogForm } from '../../components/log/LogExport.tsx';
import type { TrackedProps } from '../../components/options/SettingsTracked.tsx';
import type { DownloadFile } from '../../components/ui/download-file.ts';
import { type Failure, type Result, unanswered, unforeseen } from '../../lib/core/failures.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { logCsv } from '../../lib/core/log/log-csv.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import type { Db } from '../../lib/store/db.ts';
import { listAllEvents } from '../../lib/store/events.ts';

/** What the list of checklists depends on. */
export interface TrackedContext {
  readonly db: Db;
  readonly tracked: ReadonlySignal<readonly TrackedChecklist[]>;
  /** Asks the background to release a checklist. */
  readonly untrack: (checklist: ChecklistRef) => Promise<Result<unknown>>;
  readonly download: (file: DownloadFile) => void;
}

/** The checklists that are kept up to date, and the log. */
export function trackedModel({ db, tracked, untrack, download }: TrackedContext): TrackedProps {
  const untrackFailure = signal<Failure | undefined>(undefined);
  return {
    tracked,
    untrackFailure,
    onUntrack: async (checklist) => {
      const answer = await untrack(checklist).catch(unanswered);
      untrackFailure.value = answer.ok ? undefined : answer.failure;
    },
    onDownloadLog: async (form: LogForm) => {
      try {
        const events = await listAllEvents(db);
        download(form === 'csv' ? csvFile(events) : jsonFile(events));
        untrackFailure.value = undefined;
      } catch (error) {
        untrackFailure.value = unforeseen(error);
      }
    },
  };
}

function csvFile(events: readonly LogEvent[]): DownloadFile {
  return { name: 'masterlist-log.csv', type: 'text/csv', text: logCsv(events) };
}

function jsonFile(events: readonly LogEvent[]): DownloadFile {
  const text = JSON.stringify(events, undefined, 2);
  return { name: 'masterlist-log.json', type: 'application/json', text };
}
