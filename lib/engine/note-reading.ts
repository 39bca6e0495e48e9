import type { NamingFacts } from '../core/identity/naming.ts';
import type { Cause } from '../core/log/cause.ts';
import { checklistKey } from '../core/refs.ts';
import { readingEvents, readingOf } from '../core/sync/reading.ts';
import type { Checklist } from '../core/text/checklist.ts';
import type { Ports } from '../ports.ts';

/** What a preview read of a checklist. */
export interface PreviewReading {
  readonly naming: NamingFacts;
  readonly items: Checklist;
  readonly what: Extract<Cause['what'], 'generate' | 'resolve'>;
  readonly login: string;
}

/**
 * Logs what a preview read, with the memory that Sync has. Only where there is a record of the checklist: previews of
 * others would fill the log with what nobody follows. A sync under way logs what it reads itself.
 */
export async function noteReading(
  ports: Pick<Ports, 'syncs' | 'locks' | 'clock'>,
  { naming, items, what, login }: PreviewReading,
): Promise<void> {
  const key = checklistKey(naming.checklist);
  await ports.locks.tryLock(`sync:${key}`, async () => {
    const record = await ports.syncs.loadRecord(key);
    if (record === undefined) return;
    const found = readingOf(naming, items, record.reading);
    const cause = { by: 'click', what } as const;
    const about = { at: ports.clock.now(), job: '', run: '', checklistKey: key, cause, login };
    const events = readingEvents(about, record.reading, found);
    if (events.length === 0 && record.reading !== undefined) return;
    await ports.syncs.saveRecord({ ...record, reading: found.reading }, events);
  });
}
