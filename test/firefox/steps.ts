/** The steps of the smoke test. Each builds on those before it. */
import { ok, strictEqual } from 'node:assert/strict';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import { FAST, REPO, USER } from '../e2e/fixtures.ts';
import { bodyOf, linkedBodyOf } from '../e2e/panel.ts';
import { putFact } from '../facts-in-page.ts';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { addressOf, install, suspend } from './extension.ts';
import type { Marionette } from './marionette.ts';
import { clickInPopup, openPopup, type Windows, windows } from './popup.ts';
import { inPage } from './run-script.ts';
import { bringToFront, click, goTo, see, type } from './tab.ts';
import { until } from './until.ts';

declare const browser: {
  readonly alarms: { create(name: string, info: { readonly when: number }): Promise<void> };
};

const EXTENSION = new URL('../../.output/firefox-mv3', import.meta.url).pathname;

/** Where a run is interrupted. */
export const OTHER_REPO = 'octo-org/other-repo';

/** The checklist: the first issue of its repository. */
const MASTER = 1;

/** Between two issues, in milliseconds: slow enough that a run of 8 can be interrupted. */
const GAP_MS = 250;

/** Every page of the dashboard, and what its main part says once it is complete. */
const PAGES = {
  '/': /of 3 items done/,
  '/generate': /Nothing to do, 3 skipped/,
  '/sync': /the checklist agrees with GitHub/,
  '/reconcile': /the checklist agrees with its issues/,
  '/matches': /Item number 3 of the plan/,
  '/log': /Wrote the text/,
  '/metrics': /Issues closed per week/,
};

/** What a step works with. */
export interface Stage {
  readonly github: LocalGitHub;
  readonly token: string;
  readonly firefox: Marionette;
}

/** What is proven, in the order in which it is: a step builds on those before it. */
export const STEPS: readonly (readonly [
  sentence: string,
  prove: (stage: Stage) => Promise<void>,
])[] = [
  ['the extension is installed, and the options page signs in', signIn],
  ['the panel on an issue creates 3 issues and links them', generate],
  ['a suspended background wakes for its alarm and ticks a closed item', wakeAndTick],
  ['a difference is resolved in the dashboard, every other byte kept', resolve],
  ['every page opens', openPages],
  ['the popup opens, and its link opens one tab in the same window', followPopup],
  ['a background killed in mid-run creates no issue twice and leaves none out', surviveKill],
  ['every request is one that GitHub allows', conform],
];

async function signIn({ firefox, token: secret }: Stage): Promise<void> {
  await install(firefox, EXTENSION);
  await goTo(firefox, addressOf('options.html'));
  const preferences = { ...DEFAULT_PREFERENCES, button: 'all', timing: { ...FAST, gapMs: GAP_MS } };
  await inPage(firefox, putFact, { name: 'preferences', value: preferences });
  await type(firefox, { css: 'input', says: 'Token' }, secret);
  await click(firefox, { css: 'button', says: 'Verify and save the token' });
  await see(firefox, { css: '*', says: new RegExp(`^Signed in to github\\.com as ${USER}`) });
}

async function generate({ github: hub, firefox }: Stage): Promise<void> {
  addPlan(hub, REPO, 3);
  await startRun(firefox, REPO, 3);
  await see(firefox, { css: 'h1, h2, h3', says: 'Done: 3 issues created, all linked.' });
  strictEqual(bodyOfPlan(hub, REPO), linkedBodyOf(createdIn(hub, REPO)));
}

async function wakeAndTick({ github: hub, firefox }: Stage): Promise<void> {
  // Not the issue's page: its script may wake the background too.
  await goTo(firefox, addressOf('options.html'));
  const [first = 0] = createdIn(hub, REPO);
  hub.editIssue(REPO, first, { state: 'closed', stateReason: 'completed' }, USER);
  await untilSuspended(firefox);
  await fireAlarm(firefox, 'poll');
  await untilBody(hub, REPO, () => ticked(linkedBodyOf(createdIn(hub, REPO)), first));
}

async function resolve({ github: hub, firefox }: Stage): Promise<void> {
  const [first = 0, second = 0] = createdIn(hub, REPO);
  hub.editIssue(REPO, second, { state: 'closed', stateReason: 'not_planned' }, USER);
  await goTo(firefox, dashboard('/reconcile'));
  await click(firefox, { css: 'input[type=radio]', says: /^Tick this box/ });
  await click(firefox, { css: 'button', says: 'Apply 1 change' });
  await see(firefox, { css: 'h1, h2, h3', says: /^1 change made/ });
  const linked = linkedBodyOf(createdIn(hub, REPO));
  strictEqual(bodyOfPlan(hub, REPO), ticked(ticked(linked, first), second));
}

async function openPages({ firefox }: Stage): Promise<void> {
  for (const [path, says] of Object.entries(PAGES)) {
    // A page of its own each time, not another view of the page before.
    await goTo(firefox, 'about:blank');
    await goTo(firefox, dashboard(path));
    await see(firefox, { css: 'main', says });
  }
  await goTo(firefox, addressOf('options.html'));
  await see(firefox, { css: '*', says: new RegExp(`^Signed in to github\\.com as ${USER}`) });
  await goTo(firefox, addressOf('popup.html'));
  await see(firefox, { css: 'a', says: 'Dashboard' });
}

async function followPopup({ firefox }: Stage): Promise<void> {
  const before = await windows(firefox);
  await openPopup(firefox);
  const attempt = () => clickInPopup(firefox, 'Dashboard');
  await until('a click on the link in the popup', attempt, (isClicked) => isClicked);
  const isOver = (now: Windows) =>
    !now.isPopupOpen && now.tabs.some((tab) => tab.startsWith(addressOf('dashboard.html')));
  const after = await until('the tab of the dashboard', () => windows(firefox), isOver);
  strictEqual(after.tabs.length, before.tabs.length + 1, 'tabs');
  strictEqual(after.windows, before.windows, 'windows');
  await bringToFront(firefox);
}

async function surviveKill({ github: hub, firefox }: Stage): Promise<void> {
  addPlan(hub, OTHER_REPO, 8);
  await startRun(firefox, OTHER_REPO, 8);
  const count = () => createdIn(hub, OTHER_REPO).length;
  await until('the third issue', count, (made) => made >= 3);
  await untilSuspended(firefox);
  ok(count() < 8, 'the run was over before it could be killed');
  await goTo(firefox, addressOf('options.html'));
  await fireAlarm(firefox, 'tick');
  await untilBody(hub, OTHER_REPO, () => linkedBodyOf(createdIn(hub, OTHER_REPO)));
  strictEqual(count(), 8, 'issues');
}

async function conform({ github: hub }: Stage): Promise<void> {
  hub.assertConforming();
}

/** Adds a checklist of so many items, as the first issue of the repository. */
function addPlan(hub: LocalGitHub, repo: string, items: number): void {
  strictEqual(hub.addIssue(repo, { title: 'Plan', body: bodyOf(items), author: USER }), MASTER);
}

/** Starts Generate on the issue's page by clicks. */
async function startRun(firefox: Marionette, repo: string, items: number): Promise<void> {
  await goTo(firefox, `https://github.com/${repo}/issues/${MASTER}`);
  await click(firefox, { css: 'button', says: /^Masterlist: / });
  await click(firefox, { css: 'button', says: 'Generate issues' });
  await click(firefox, { css: 'button', says: `Create ${items} issues in ${repo}` });
}

/** Suspends the background page, again when something woke it meanwhile. */
async function untilSuspended(firefox: Marionette): Promise<void> {
  const attempt = () => suspend(firefox);
  await until('the background to be suspended', attempt, (state) => state === 'stopped');
}

/** Makes an alarm of the extension go off. The tab shows one of its pages. */
async function fireAlarm(firefox: Marionette, name: string): Promise<void> {
  const alarm = (of: string) => browser.alarms.create(of, { when: Date.now() + 20 });
  await inPage(firefox, alarm, name);
}

/** Numbers of the issues that were created for the checklist, in order. */
function createdIn(hub: LocalGitHub, repo: string): readonly number[] {
  const numbers = hub.issues(repo).map(({ number }) => number);
  return numbers.filter((number) => number !== MASTER).sort((one, other) => one - other);
}

function bodyOfPlan(hub: LocalGitHub, repo: string): string {
  return hub.issue(repo, MASTER).body ?? '';
}

/** Waits until the checklist is, byte for byte, what it should be. */
async function untilBody(hub: LocalGitHub, repo: string, wanted: () => string): Promise<void> {
  const read = () => bodyOfPlan(hub, repo);
  await until(JSON.stringify(wanted()), read, (body) => body === wanted());
}

/** The body with the box of the item ticked that this issue belongs to. */
function ticked(body: string, issue: number): string {
  const lines = body.split('\r\n');
  const isItem = (line: string) => line.endsWith(`(closes #${issue})`);
  return lines.map((line) => (isItem(line) ? line.replace('[ ]', '[x]') : line)).join('\r\n');
}

function dashboard(path: string): string {
  const checklist = encodeURIComponent(`github.com/${REPO}#${MASTER}`);
  return addressOf(`dashboard.html#${path}?checklist=${checklist}`);
}
