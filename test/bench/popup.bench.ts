/** How long the popup takes to show 50 tracked checklists, in a real Chromium. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import { newRecord } from '../../lib/core/sync/sync-record.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { extensionIdOf, launchBrowser } from '../local-github/browser.ts';
import { startLocalGitHub } from '../local-github/local-github.ts';
import type { Report } from './run.ts';

/** When the window was full of rows, and when the last of them stood: milliseconds since the navigation. */
interface Painted {
  readonly inSight: number;
  readonly all: number;
}

declare global {
  var painted: Painted | undefined;
}

const EXTENSION = new URL('../../.output/chrome-mv3', import.meta.url).pathname;
const CHECKLISTS = 50;
/** Rows that fill a window 600 pixels high. */
const IN_SIGHT = 8;
const OPENINGS = 15;
const QUIET_MS = 500;

/**
 * Median of the time from the navigation to a window full of rows; those out of sight come in the next frames. Beside
 * it, what this machine takes for an extension page that shows the same number of rows and reads nothing.
 */
export async function benchPopup(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'popup-bench-'));
  await cp(EXTENSION, folder, { recursive: true });
  await writeFile(join(folder, 'empty.html'), '<ul></ul><script src="empty.js"></script>');
  const rows = `'<li class="tracked">Row</li>'.repeat(${CHECKLISTS})`;
  await writeFile(join(folder, 'empty.js'), `document.querySelector('ul').innerHTML = ${rows};`);
  const github = await startLocalGitHub();
  const viewport = { width: 400, height: 600 };
  const context = await launchBrowser({ github, extensionDir: folder, viewport });
  const address = `chrome-extension://${await extensionIdOf(context)}`;
  const page = await context.newPage();
  await page.goto(`${address}/options.html`);
  await fill(page);
  await page.addInitScript(watchList, { inSight: IN_SIGHT, all: CHECKLISTS });
  const popups: Painted[] = [];
  const empties: Painted[] = [];
  for (let opening = 0; opening < OPENINGS; opening++) {
    empties.push(await open(page, `${address}/empty.html`));
    popups.push(await open(page, `${address}/popup.html`));
  }
  await context.close();
  await github.close();
  await rm(folder, { recursive: true });
  const times = popups.map(({ inSight }) => inSight);
  console.log(
    `  fastest ${Math.min(...times).toFixed(1)}, slowest ${Math.max(...times).toFixed(1)};`,
    `the last row after ${median(popups.map(({ all }) => all)).toFixed(1)} ms;`,
    `a page that reads nothing ${median(empties.map(({ all }) => all)).toFixed(1)} ms`,
  );
  report(`popup-${CHECKLISTS}-checklists`, median(times), 'ms', '<= 100');
}

async function open(page: Page, address: string): Promise<Painted> {
  await page.goto(address);
  // What Playwright runs in a page to look at it would run while the page opens.
  await sleep(QUIET_MS);
  const painted = await page.waitForFunction(() => globalThis.painted);
  const times = await painted.jsonValue();
  await page.goto('about:blank');
  return times ?? { inSight: Number.NaN, all: Number.NaN };
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Stores checklists as a browser has them that checked all of them just now; some need the user. */
async function fill(page: Page): Promise<void> {
  const tracked = Array.from({ length: CHECKLISTS }, (_, index): TrackedChecklist => {
    const repo = { host: 'github.com', owner: 'octo-org', name: `plan-${index % 10}` };
    const title = `Release ${index}: what is to be done before, while and after it goes out`;
    return {
      checklist: issueChecklist({ repo, number: index + 1 }),
      title,
      login: 'monalisa',
      since: 0,
    };
  });
  const records = tracked.map(({ checklist }, index) => ({
    ...newRecord(checklistKey(checklist)),
    checkedAt: Date.now(),
    counts: { items: 100, followed: 80, done: index },
    newItems: index % 7 === 0 ? 3 : 0,
  }));
  const looks = tracked.map(({ checklist }, index) => ({
    key: checklistKey(checklist),
    checkedAt: Date.now(),
    nightlyAt: Date.now(),
    left: index % 5 === 0 ? 4 : 0,
    kinds: index % 5 === 0 ? { orphan: 4 } : {},
  }));
  await page.evaluate(store, { tracked, records, looks });
}

async function store(given: {
  readonly tracked: readonly object[];
  readonly records: readonly object[];
  readonly looks: readonly object[];
}): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('masterlist');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  await new Promise<void>((resolve, reject) => {
    const change = database.transaction(['syncs', 'reconciles', 'facts'], 'readwrite');
    change.objectStore('facts').put(given.tracked, 'tracked');
    for (const record of given.records) change.objectStore('syncs').put(record);
    for (const look of given.looks) change.objectStore('reconciles').put(look);
    change.oncomplete = () => resolve();
    change.onerror = () => reject(change.error);
  });
  database.close();
}

/** Notes when so many rows stand and the frame with them is out. */
function watchList(rows: { readonly inSight: number; readonly all: number }): void {
  let inSight: Promise<number> | undefined;
  const frameOut = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(undefined);
      });
    });
  const observer = new MutationObserver(() => {
    const count = document.querySelectorAll('.tracked').length;
    if (count >= rows.inSight) inSight ??= frameOut();
    if (inSight === undefined || count < rows.all) return;
    observer.disconnect();
    void Promise.all([inSight, frameOut()]).then(([first, all]) => {
      globalThis.painted = { inSight: first, all };
    });
  });
  observer.observe(document, { childList: true, subtree: true });
}
