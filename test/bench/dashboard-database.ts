/** A full log for the benches of our own pages, written by a page of the extension in a real Chromium. */
import type { Page } from '@playwright/test';

/** So many checklists are kept up to date, and so many issues does each link. */
const CHECKLISTS = 50;
const ISSUES_EACH = 40;

/** Replaces the log by so many lines of the last 28 days, and what is known of 50 checklists. `page` is any of the extension's. */
export async function fillDatabase(page: Page, events: number): Promise<void> {
  await page.evaluate(fill, { events, checklists: CHECKLISTS, issuesEach: ISSUES_EACH });
}

interface Sizes {
  readonly events: number;
  readonly checklists: number;
  readonly issuesEach: number;
}

/** Runs in the page: it knows nothing of this file. */
async function fill({ events, checklists, issuesEach }: Sizes): Promise<void> {
  const dayMs = 86_400_000;
  const now = Date.now();
  const repoAt = (index: number) => ({
    host: 'github.com',
    owner: 'octo-org',
    name: `repo-${index % 5}`,
  });
  const keyAt = (index: number) => `github.com/octo-org/repo-${index % 5}#${index + 1}`;
  const refs = Array.from({ length: checklists }, (_, index) => ({
    repo: repoAt(index),
    number: index + 1,
  }));
  const tracked = refs.map((checklist, index) => ({
    checklist,
    title: `Test plan ${index + 1}`,
    login: 'octocat',
    since: now - 90 * dayMs,
  }));
  const causes = [
    { by: 'background', what: 'sync' },
    { by: 'click', what: 'sync' },
    { by: 'click', what: 'generate' },
    { by: 'click', what: 'resolve' },
    { by: 'night', what: 'resolve' },
  ];
  const kinds = ['write-master', 'write-master', 'create-issue', 'change-issue', 'remark'];
  const lineAt = (index: number) => {
    const issue = { repo: repoAt(index), number: 100 + (index % 4_000) };
    const text = `Step ${index} of the plan, as somebody wrote it`;
    const item = `item${index % 9_000}`;
    return {
      at: now - 28 * dayMs + (index * 28 * dayMs) / events,
      kind: kinds[index % kinds.length],
      ...(kinds[index % kinds.length] === 'change-issue' && {
        change: { issue, state: { to: 'closed', reason: 'completed' } },
      }),
      job: '',
      run: `01JD${String(Math.floor(index / 8)).padStart(22, '0')}`,
      checklistKey: keyAt(index % checklists),
      cause: causes[index % causes.length],
      login: index % 3 === 0 ? 'octocat' : 'hubot',
      issue,
      rows: [{ item, text, what: index % 4 === 0 ? 'untick' : 'tick', issue }],
      inverse: [{ kind: 'untick', item: { key: item, textHash: 't', groupHash: 'g', ordinal: 0 } }],
    };
  };
  const datesOf = (index: number) =>
    Array.from({ length: issuesEach }, (_, issue) => {
      const created = now - ((issue * 7 + index) % 360) * dayMs;
      const closed = Math.min(now, created + ((issue % 20) + 1) * dayMs);
      return {
        issue: { repo: repoAt(index), number: 1_000 + index * issuesEach + issue },
        checklistKey: keyAt(index),
        createdAt: new Date(created).toISOString(),
        closedAt: issue % 3 === 0 ? undefined : new Date(closed).toISOString(),
        reason: issue % 3 === 0 ? undefined : 'completed',
      };
    });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('masterlist');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const change = database.transaction(['events', 'issueDates', 'counters', 'facts'], 'readwrite');
  const stores = {
    events: change.objectStore('events'),
    dates: change.objectStore('issueDates'),
    counters: change.objectStore('counters'),
  };
  change.objectStore('facts').put(tracked, 'tracked');
  stores.events.clear();
  for (let index = 0; index < events; index += 1) stores.events.add(lineAt(index));
  for (const index of refs.keys()) {
    stores.dates.put({ checklistKey: keyAt(index), readAt: now, dates: datesOf(index) });
  }
  for (let ago = 0; ago < 28; ago += 1) {
    const day = new Date(now - ago * dayMs).toISOString().slice(0, 10);
    const counts = {
      requests: 400 + 30 * (ago % 7),
      points: 40,
      limitWaits: ago % 5 === 0 ? 1 : 0,
    };
    stores.counters.put({ day, counts });
  }
  await new Promise<void>((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onerror = () => reject(change.error);
  });
  database.close();
}
