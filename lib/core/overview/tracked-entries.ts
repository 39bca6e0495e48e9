import type { AlertFacts } from '../alerts/list-alerts.ts';
import type { ReconcileRecord } from '../differences/reconcile-record.ts';
import { linksWritten } from '../engine/links-written.ts';
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
  { checklists, jobs }: Pick<AlertFacts, 'checklists' | 'jobs'>,
  everyMinutes: number,
): readonly TrackedEntry[] {
  return checklists
    .map(({ tracked, sync, reconcile }) => {
      const key = checklistKey(tracked.checklist);
      const running = jobs.some(
        ({ status: { checklist, endedAt } }) =>
          endedAt === undefined && checklistKey(checklist) === key,
      );
      const view = syncView({ record: sync, tracked, reconcile, everyMinutes, running });
      return { key, tracked, view, counts: countsOf(sync, jobs), reconcile };
    })
    .sort(
      (one, other) =>
        TITLES.compare(one.tracked.title, other.tracked.title) || (one.key < other.key ? -1 : 1),
    );
}

/** As the last refresh counted, with the links that runs wrote since; nothing where nobody counted yet. */
function countsOf(sync: SyncRecord | undefined, jobs: AlertFacts['jobs']): TrackedEntry['counts'] {
  // A refresh that failed writes a record too.
  const isCounted = sync?.checkedAt !== undefined || (sync?.counts.items ?? 0) > 0;
  if (sync === undefined || !isCounted) return undefined;
  const { items, followed, done } = sync.counts;
  const links = jobs
    .filter(({ status: { checklist, endedAt } }) => {
      const isNewer = endedAt === undefined || endedAt > (sync.checkedAt ?? 0);
      return checklistKey(checklist) === sync.key && isNewer;
    })
    .map(({ status }) => linksWritten(status));
  const all = followed + links.reduce((sum, count) => sum + count, 0);
  return { items, followed: Math.max(0, Math.min(items, all)), done };
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
