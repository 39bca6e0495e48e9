import type { AlertFacts } from '../../../lib/core/alerts/list-alerts.ts';
import { type ChecklistRef, checklistKey, issueChecklist } from '../../../lib/core/refs.ts';
import { newRecord } from '../../../lib/core/sync/sync-record.ts';
import type { SyncRecord } from '../../../lib/core/sync/tracked.ts';

/** Milliseconds since 1970. */
export const NOW = Date.UTC(2026, 10, 20, 12);
export const MINUTE_MS = 60_000;

export const NO_FACTS: AlertFacts = {
  checklists: [],
  released: [],
  accounts: [],
  jobs: [],
  stuckMessages: 0,
};

/** A checklist of the sample repository. */
export function planAt(number: number): ChecklistRef {
  return issueChecklist({ repo: { host: 'github.com', owner: 'ann', name: 'demo' }, number });
}

/** A tracked checklist `Plan 1` that was refreshed just now; what is given replaces the sample. */
export function trackedFacts(
  number: number,
  change: Partial<SyncRecord> = {},
): AlertFacts['checklists'][number] {
  const checklist = planAt(number);
  return {
    tracked: { checklist, title: `Plan ${number}`, login: 'ann', since: 0 },
    sync: { ...newRecord(checklistKey(checklist)), checkedAt: NOW, ...change },
    reconcile: undefined,
  };
}
