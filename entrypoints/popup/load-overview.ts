import type { OverviewData } from '../../lib/core/overview/overview.ts';
import { loadOverviewSettings } from '../../lib/settings.ts';
import { loadAlertFacts } from '../../lib/store/alert-facts.ts';
import type { Db } from '../../lib/store/db.ts';

/** Reads all that the popup shows, settings and records at once; `now` in milliseconds since 1970. */
export async function loadOverview(db: Db, now: number): Promise<OverviewData> {
  const loading = loadOverviewSettings(db);
  const facts = await loadAlertFacts(db, loading, now);
  const { alerts, everyMinutes, isPaused } = await loading;
  return { facts, settings: alerts, everyMinutes, isPaused };
}
