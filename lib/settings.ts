import { storage } from 'wxt/utils/storage';
import type { AlertSettings } from './core/alerts/alert-settings.ts';
import type { LeftDifference } from './core/differences/reconcile-record.ts';
import type { OpenJobHeader } from './core/engine/job.ts';
import type { JobStatus } from './core/engine/job-status.ts';
import { type ChecklistRef, checklistKey } from './core/refs.ts';
import {
  type Preferences,
  readAlertSettings,
  readPreferences,
  readWaits,
  type Timing,
} from './core/settings/settings.ts';
import type { PartialSettings } from './core/settings/table.ts';
import type { ReleasedChecklist, TrackedChecklist } from './core/sync/tracked.ts';

/** What the user set in the options. Read it with `loadPreferences`. */
export const preferences = storage.defineItem<PartialSettings<Preferences>>('local:preferences', {
  fallback: {},
  version: 1,
});

/** The preferences, complete: what was never set has its default. */
export async function loadPreferences(): Promise<Preferences> {
  return completePreferences(await preferences.getValue());
}

/** Fills up what was stored with the defaults; what is not of the right kind counts as not stored. */
export function completePreferences(stored: unknown): Preferences {
  return readPreferences(stored).value;
}

/** The live status of a checklist: views watch it, and ask the background for the rest when the number has grown. */
export interface Revision {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly job: Pick<JobStatus, 'id' | 'state' | 'counts'> | undefined;
}

/** The revision of one checklist; 0 before anything happened. Only the background writes it. */
export function revisionOf(checklist: ChecklistRef) {
  return storage.defineItem<Revision>(`local:revision:${checklistKey(checklist)}`, {
    fallback: { number: 0, at: 0, job: undefined },
    version: 1,
  });
}

/** The checklists that this browser keeps up to date. Only the background writes it. */
export const trackedChecklists = storage.defineItem<readonly TrackedChecklist[]>('local:tracked', {
  fallback: [],
  version: 1,
});

/** The checklists that this browser let go by itself in the last days, newest first. Only the background writes it. */
export const releasedChecklists = storage.defineItem<readonly ReleasedChecklist[]>(
  'local:released',
  { fallback: [], version: 1 },
);

/** What the user hears of, and how; complete it with `completeAlertSettings`. No secrets here. */
export const alertSettings = storage.defineItem<PartialSettings<AlertSettings>>('local:alerts', {
  fallback: {},
  version: 1,
});

/** Whether everything that works by itself is paused in this browser. */
export const paused = storage.defineItem<boolean>('local:paused', { fallback: false, version: 1 });

/** The jobs that were paused with everything else, by their id, and when (milliseconds since 1970): these go on with it. Only the background writes it. */
export const pausedJobs = storage.defineItem<Readonly<Record<string, number>>>('local:pausedJobs', {
  fallback: {},
  version: 1,
});

/** When GitHub last asked an account to wait (milliseconds since 1970): views that watch it read again until when. Only the background writes it. */
export const limitsChangedAt = storage.defineItem<number>('local:limitsChangedAt', {
  fallback: 0,
  version: 1,
});

/** All settings that the popup's first picture needs. */
export interface OverviewSettings {
  readonly tracked: readonly TrackedChecklist[];
  readonly released: readonly ReleasedChecklist[];
  readonly timing: Timing;
  /** Minutes between two refreshes. */
  readonly everyMinutes: number;
  readonly alerts: AlertSettings;
  readonly isPaused: boolean;
}

/** Reads them in one request. */
export async function loadOverviewSettings(): Promise<OverviewSettings> {
  const items = [trackedChecklists, releasedChecklists, preferences, alertSettings, paused];
  const [tracked, released, stored, alerts, isPaused] = await storage.getItems(items);
  const { timing, pollMinutes } = readWaits(stored?.value);
  return {
    tracked: tracked?.value ?? [],
    released: released?.value ?? [],
    timing,
    everyMinutes: pollMinutes,
    alerts: completeAlertSettings(alerts?.value),
    isPaused: isPaused?.value === true,
  };
}

/** Fills up what was stored with the defaults; what is not of the right kind counts as not stored. */
export function completeAlertSettings(stored: unknown): AlertSettings {
  return readAlertSettings(stored).value;
}

/** The differences of one checklist that the user left as they are. Only the background writes it. */
export function leftDifferences(checklist: ChecklistRef) {
  return storage.defineItem<readonly LeftDifference[]>(`local:left:${checklistKey(checklist)}`, {
    fallback: [],
    version: 1,
  });
}

/** The header of an open job, outside the journal: IndexedDB came back empty after some crashes, this never did. */
export function openJobHeader(jobId: string) {
  return storage.defineItem<OpenJobHeader>(`local:${OPEN_JOB}${jobId}`, { version: 1 });
}

/** Headers of all open jobs. */
export async function listOpenJobHeaders(): Promise<readonly OpenJobHeader[]> {
  const everything = await storage.snapshot('local');
  return Object.entries(everything)
    .filter(([key]) => key.startsWith(OPEN_JOB) && !key.endsWith('$'))
    .map(([, header]) => withKindOfToday(header as OpenJobHeader));
}

const OPEN_JOB = 'openJob:';

/** The undo of a generation, and what resolved differences, were kinds of their own once. */
function withKindOfToday(header: OpenJobHeader): OpenJobHeader {
  const kind: string = header.kind;
  return kind === 'undo' || kind === 'mend' ? { ...header, kind: 'change' } : header;
}
