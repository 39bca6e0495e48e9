import type { IssueDates } from '../core/metrics/metric-facts.ts';
import type { Db } from './db.ts';

/** GitHub's dates of the issues of all checklists, or of one (`checklistKey`), as they were read last. */
export async function listIssueDates(
  db: Db,
  checklistKey?: string,
): Promise<readonly IssueDates[]> {
  const records = await db.use((open) => open.getAll('issueDates', checklistKey));
  return records.flatMap(({ dates }) => dates);
}

/** When the dates of a checklist were read last, in milliseconds since 1970; undefined when they never were. */
export async function issueDatesReadAt(db: Db, checklistKey: string): Promise<number | undefined> {
  return (await db.use((open) => open.get('issueDates', checklistKey)))?.readAt;
}

/** Puts the dates of a checklist, as just read, in place of those before. */
export async function saveIssueDates(
  db: Db,
  checklistKey: string,
  dates: readonly IssueDates[],
  readAt: number,
): Promise<void> {
  await db.use((open) => open.put('issueDates', { checklistKey, readAt, dates }));
}

/** Forgets the dates of a checklist that is somewhere else now: there they are read anew. */
export function removeIssueDates(db: Db, checklistKey: string): Promise<void> {
  return db.use((open) => open.delete('issueDates', checklistKey));
}
