import type { Finding } from '../../lib/core/differences/kinds.ts';
import { issueOfChecklist, type RepoRef } from '../../lib/core/refs.ts';
import type { Item } from '../../lib/core/text/checklist.ts';
import { formatMarker, markerFor } from '../../lib/core/text/marker.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import {
  type ReconcileQuery,
  type ReconcileReading,
  readReconcile,
} from '../../lib/engine/read-reconcile.ts';
import { type ChecklistPeople, createPeople } from './checklist-people.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createSyncFake, type FakeThing, type SyncFake } from './sync-fake.ts';
import { type Browser, createBrowser, MASTER } from './sync-world.ts';

/** The run that made the issues of these tests. */
export const RUN = '01JAAAAAAAAAAAAAAAAAAAAAAA';

/** Another repository of the same owner. */
export const OTHER: RepoRef = { ...MASTER.repo, name: 'other' };

/** A checklist whose issues were made, with people and one browser. */
export interface ReconcileSetup {
  readonly clock: FakeClock;
  readonly fake: SyncFake;
  readonly browser: Browser;
  readonly people: ChecklistPeople;
}

/** Sets up a text in which each item with a link to `#n` has an open issue of that number, made for it. A minute passes. */
export function setUpReconcile(text: string): ReconcileSetup {
  const clock = createFakeClock();
  const fake = createSyncFake({ clock, master: MASTER, text });
  for (const item of parseChecklist(text).items) {
    const number = item.references.find(({ role }) => role === 'link')?.number;
    if (number !== undefined) fake.addIssue(number, madeFor(item));
  }
  clock.advance(60_000);
  return { clock, fake, browser: createBrowser({ clock, fake }), people: createPeople(fake) };
}

/** Title and body of an issue as generating makes it for an item. */
export function madeFor(item: Item, run = RUN): Pick<FakeThing, 'title' | 'body'> {
  const { subject } = item;
  const marker = formatMarker(markerFor(item, MASTER, run));
  return {
    title: subject,
    body: `${subject}\n\nPart of #${issueOfChecklist(MASTER).number}\n\n${marker}`,
  };
}

/** What a browser asks for. */
export function queryOf(change: Partial<ReconcileQuery> = {}): ReconcileQuery {
  return { checklist: MASTER, identity: 'links', left: [], targets: [], ...change };
}

/** Looks for differences; a failure is an error of the test. */
export async function look(
  browser: Browser,
  change: Partial<ReconcileQuery> = {},
): Promise<ReconcileReading> {
  const read = await readReconcile(browser.sync(), queryOf(change));
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

/** The kinds of the differences, in their order. */
export function kindsOf({ plan }: ReconcileReading): readonly Finding['kind'][] {
  return plan.differences.map(({ finding }) => finding.kind);
}
