import type { Page } from '@playwright/test';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, type Maintainer, REPO, USER } from './fixtures.ts';
import { create, openPanel, openPreview, untilDone } from './panel.ts';

/** Another repository of the same people. */
export const OTHER = 'octo-org/other-repo';

/** A checklist of which every item but the last two has drifted away from its issue, each in another way. */
export interface Drifted {
  readonly master: number;
  /** Numbers of the issues, by item from 1; 0 is none. */
  readonly issues: readonly number[];
  readonly double: number;
  readonly pull: number;
  readonly moved: number;
}

/** Generates the issues of a fresh checklist by clicks: real markers, a real log. */
export async function generate(github: LocalGitHub, maintainer: Maintainer, count: number) {
  const items = Array.from({ length: count }, (_, index) => `- [ ] Check step ${index + 1}`);
  const body = ['## Plan', '', ...items, '', 'Thank you.'].join('\r\n');
  const master = github.addIssue(REPO, { title: 'Release plan', body, author: USER });
  const tab = await maintainer.openIssue(master);
  await openPreview(tab, `${count} will be created`);
  await create(tab, count, REPO);
  await untilDone(tab, count);
  await tab.getByRole('button', { name: 'Dismiss' }).click();
  await tab.getByRole('button', { name: 'Close the panel' }).click();
  return { tab, master };
}

/** What people do to a checklist in a month, all at once. */
export function drift(github: LocalGitHub, master: number): Drifted {
  const issues = Array.from({ length: 13 }, (_, index) =>
    index === 0 ? 0 : issueOf(github, `Check step ${index}`),
  );
  const pull = github.addPull(REPO, { title: 'Unfinished', body: 'Later', author: USER });
  github.addRepo(OTHER, { collaborators: { [USER]: 'push' } });
  github.editIssue(REPO, issues[2] ?? 0, { state: 'closed', stateReason: 'not_planned' }, USER);
  github.deleteIssue(REPO, issues[4] ?? 0);
  const moved = github.transferIssue(REPO, issues[5] ?? 0, OTHER);
  github.editIssue(REPO, issues[7] ?? 0, { title: 'Seventh step, said better' }, USER);
  const { title, body } = github.issue(REPO, issues[10] ?? 0);
  const double = github.addIssue(REPO, { title, body: body ?? '', author: USER });
  const text = (github.issue(REPO, master).body ?? '')
    .replace('- [ ] Check step 1 ', '- [x] Check step 1 ')
    .replace(
      `Check step 3 (closes #${issues[3]})`,
      `Check step 3 (closes #${issues[3]}) (#${pull})`,
    )
    .replace(`Check step 6 (closes #${issues[6]})`, 'Check step 6')
    .replace(`- [ ] Check step 8 (closes #${issues[8]})\r\n`, '')
    .replace('Check step 9 ', 'The ninth step ');
  github.editIssue(REPO, master, { body: text }, USER);
  return { master, issues, double, pull, moved };
}

/** Opens the panel where it is closed, and looks for differences. */
export async function openReconcile(page: Page): Promise<void> {
  const head = page.getByRole('heading', { name: 'Masterlist', exact: true });
  if (!(await head.isVisible())) await openPanel(page);
  // "Reconcile" in the head of the panel, "Refresh" while differences are shown.
  await page.getByRole('button', { name: /^(Reconcile|Refresh)$/ }).click();
  await expect(heading(page, /difference/)).toBeVisible();
}

/** A heading of the panel by its words. */
export function heading(page: Page, name: RegExp) {
  return page.getByRole('heading', { name });
}

/** The one difference that says something. */
export function difference(page: Page, what: RegExp) {
  return page.getByRole('listitem').filter({ hasText: what });
}

/** Chooses what to do about the one difference that says something. */
export async function choose(page: Page, what: RegExp, choice: string): Promise<void> {
  await difference(page, what).getByRole('radio', { name: choice }).check();
}

/** Presses Tab until something with this name has the focus. */
export async function focusByTab(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const input = element as HTMLInputElement | null;
      return input?.labels?.[0]?.textContent ?? element?.textContent ?? '';
    });
    // A key is not taken under a focus, or on a button, that has only just come.
    if (focused.trim() === name) return page.waitForTimeout(400);
  }
  throw new Error(`Tab never came to "${name}"`);
}

/** Number of the issue with a title. */
export function issueOf(github: LocalGitHub, title: string): number {
  const found = github.issues(REPO).find((issue) => issue.title === title);
  if (found === undefined) throw new Error(`No issue "${title}"`);
  return found.number;
}

/** The task lines of a checklist as GitHub has it. */
export function lines(github: LocalGitHub, master: number): readonly string[] {
  return (github.issue(REPO, master).body ?? '')
    .split('\r\n')
    .filter((line) => line.startsWith('- ['));
}

/** State of an issue and why: `closed not_planned`. */
export function stateOf(github: LocalGitHub, number: number | undefined): string {
  const { state, stateReason } = github.issue(REPO, number ?? 0);
  return [state, stateReason].filter(Boolean).join(' ');
}

/** All texts, titles and states, as an undo must leave them. */
export function snapshot(github: LocalGitHub): unknown {
  return github
    .issues(REPO)
    .map(({ number, title, body, state }) => ({ number, title, body, state }));
}
