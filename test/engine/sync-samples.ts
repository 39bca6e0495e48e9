import type { SyncRecord } from '../../lib/core/sync/tracked.ts';

/** A record of a checklist at which all is well. */
export function sampleRecord(key: string, change: Partial<SyncRecord> = {}): SyncRecord {
  return {
    key,
    textHash: 'hash',
    links: [],
    knownItems: [],
    newItems: 0,
    rows: [],
    counts: { items: 0, followed: 0, done: 0 },
    checkedAt: undefined,
    fullAt: undefined,
    wroteAt: undefined,
    pending: undefined,
    waiting: undefined,
    failure: undefined,
    failures: 0,
    notBefore: undefined,
    closedAt: undefined,
    ruleMistakes: [],
    rulesFrom: 'browser',
    ...change,
  };
}
