import type { AlertFacts } from '../alerts/list-alerts.ts';
import type { ReconcileRecord } from '../differences/reconcile-record.ts';
import { checklistKey, nameChecklist } from '../refs.ts';
import type { SyncRecord, SyncView, TrackedChecklist } from '../sync/tracked.ts';
import { syncView } from '../sync/tracked-view.ts';

/** One tracked checklist as the overview shows it. */
export interface TrackedEntry {
  /** `issueKey` of the checklist. */
  readonly key: string;
  readonly tracked: TrackedChecklist;
  readonly view: SyncView;
  /** Undefined before the first refresh. */
  readonly counts: SyncRecord['counts'] | undefined;
  /** The last look for differences; undefined before the first. */
  readonly reconcile: ReconcileRecord | undefined;
}

/** The tracked checklists by title, so that none moves away under the pointer when one changes. */
export function listEntries(
  checklists: AlertFacts['checklists'],
  everyMinutes: number,
): readonly TrackedEntry[] {
  return checklists
    .map(({ tracked, sync, reconcile }) => ({
      key: checklistKey(tracked.checklist),
      tracked,
      view: syncView(sync, tracked, everyMinutes, reconcile),
      // A refresh that failed writes a record too.
      counts: sync?.checkedAt === undefined ? undefined : sync.counts,
      reconcile,
    }))
    .sort(
      (one, other) =>
        TITLES.compare(one.tracked.title, other.tracked.title) || (one.key < other.key ? -1 : 1),
    );
}

/** Those whose title or address holds every word of `search`, in whatever case. */
export function searchEntries(
  entries: readonly TrackedEntry[],
  search: string,
): readonly TrackedEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ tracked: { title, checklist } }) => {
    const text = `${title} ${nameChecklist(checklist)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Whether a refresh of any of them is due, by the time of its last (`now` in milliseconds since 1970). */
export function isCheckDue(entries: readonly TrackedEntry[], now: number): boolean {
  return entries.some(
    ({ view: { checkedAt, everyMinutes } }) =>
      // A clock that was set back must not stop the refreshes.
      checkedAt === undefined || Math.abs(now - checkedAt) >= everyMinutes * MINUTE_MS,
  );
}

const MINUTE_MS = 60_000;
/** `Plan 9` before `Plan 10`. */
const TITLES = new Intl.Collator('en', { numeric: true });
