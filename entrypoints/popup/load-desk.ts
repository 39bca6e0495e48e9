import type { DeskData } from '../../lib/core/desk/desk.ts';
import {
  alertSettings,
  completeAlertSettings,
  loadPreferences,
  paused,
  releasedChecklists,
  trackedChecklists,
} from '../../lib/settings.ts';
import { loadAlertFacts } from '../../lib/store/alert-facts.ts';
import type { Db } from '../../lib/store/db.ts';

/** Reads all that the popup shows, the settings at once and then the records at once; `now` in milliseconds since 1970. */
export async function loadDesk(db: Db, now: number): Promise<DeskData> {
  const [tracked, released, preferences, stored, isPaused] = await Promise.all([
    trackedChecklists.getValue(),
    releasedChecklists.getValue(),
    loadPreferences(),
    alertSettings.getValue(),
    paused.getValue(),
  ]);
  return {
    facts: await loadAlertFacts(db, tracked, released, now, preferences.timing),
    settings: completeAlertSettings(stored),
    everyMinutes: preferences.pollMinutes,
    isPaused,
  };
}
