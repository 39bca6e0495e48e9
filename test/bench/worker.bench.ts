/** How long a stopped service worker takes to answer, in a real Chromium. */
import { extensionIdOf, launchBrowser, stopWorker } from '../local-github/browser.ts';
import { startLocalGitHub } from '../local-github/local-github.ts';
import type { Report } from './run.ts';

declare const chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };

const EXTENSION = new URL('../../.output/chrome-mv3', import.meta.url).pathname;
const STARTS = 21;

/** Median of the time from a message to its answer, the worker being stopped before each. */
export async function benchWorker(report: Report): Promise<void> {
  const github = await startLocalGitHub();
  const context = await launchBrowser({ github, extensionDir: EXTENSION });
  const page = await context.newPage();
  await page.goto(`chrome-extension://${await extensionIdOf(context)}/options.html`);
  const times: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    await stopWorker(context, page);
    times.push(await page.evaluate(ask));
  }
  const warm = await page.evaluate(ask);
  await context.close();
  await github.close();
  times.sort((a, b) => a - b);
  console.log(
    `  fastest ${times[0]?.toFixed(1)}, slowest ${times.at(-1)?.toFixed(1)}, warm ${warm.toFixed(1)} ms`,
  );
  report('worker-cold-answer', times[Math.floor(STARTS / 2)] ?? Number.NaN, 'ms', '<= 60');
}

/** Any question that an extension page may ask: the answer comes from the worker and its database. */
async function ask(): Promise<number> {
  const checklist = { repo: { host: 'github.com', owner: 'o', name: 'r' }, number: 1 };
  const start = performance.now();
  const message = { id: 1, type: 'getJob', data: { checklist }, timestamp: Date.now() };
  const answer = await chrome.runtime.sendMessage(message);
  if (answer === undefined) throw new Error('the worker did not answer');
  return performance.now() - start;
}
