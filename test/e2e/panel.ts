import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

/** Opens our panel by a real click on the button above the issue's text. */
export async function openPanel(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Masterlist: / }).click();
  await expect(page.getByRole('heading', { name: 'Masterlist' })).toBeVisible();
}

/** Opens the preview and waits for its head, e.g. `3 will be created`. */
export async function openPreview(page: Page, head: string | RegExp): Promise<void> {
  await openPanel(page);
  await page.getByRole('button', { name: 'Generate issues' }).click();
  await expect(page.getByRole('heading', { name: head })).toBeVisible();
}

/** Confirms the preview. */
export async function create(page: Page, count: number, repo: string): Promise<void> {
  const issues = count === 1 ? '1 issue' : `${count} issues`;
  await page.getByRole('button', { name: `Create ${issues} in ${repo}` }).click();
}

/** Waits until the panel says that the run is over. */
export async function untilDone(page: Page, count: number, timeout = 30_000): Promise<void> {
  const issues = count === 1 ? '1 issue' : `${count} issues`;
  const done = page.getByRole('heading', { name: `Done: ${issues} created, all linked.` });
  await expect(done).toBeVisible({ timeout });
}

/** A body of so many items, with CRLF as GitHub's web form writes it. */
export function bodyOf(count: number): string {
  const items = Array.from(
    { length: count },
    (_, index) => `- [ ] Item number ${index + 1} of the plan`,
  );
  return ['## Plan', '', ...items, '', 'Thank you.'].join('\r\n');
}

/** The same body as a finished run leaves it, given the issues' numbers in order. */
export function linkedBodyOf(numbers: readonly number[]): string {
  let body = bodyOf(numbers.length);
  for (const [index, number] of numbers.entries()) {
    const text = `Item number ${index + 1} of the plan`;
    body = body.replace(`${text}\r\n`, `${text} (closes #${number})\r\n`);
  }
  return body;
}

/** The tag of our panel, which is another on every page. */
export async function panelTag(page: Page): Promise<string> {
  const button = page.getByRole('button', { name: /^Masterlist: / });
  return await button.evaluate((node) => (node.getRootNode() as ShadowRoot).host.localName);
}

/** What axe finds wrong, in our own nodes only: GitHub's page is not ours to judge. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const own = page.url().startsWith('https:') ? await panelTag(page) : 'html';
  const look = () =>
    page.evaluate((selector) => {
      const { axe: judge } = globalThis as unknown as { axe: typeof axe };
      return document.querySelector(selector) === null ? undefined : judge.run(selector);
    }, own);
  // The panel is put there anew when GitHub renders the text again.
  let found = await look();
  while (found === undefined) {
    await page.waitForSelector(own, { state: 'attached' });
    found = await look();
  }
  const { violations } = found;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
