/** Clicks and keys that were meant for something else than our buttons, as a page can bring them about. */
import type { Page } from '@playwright/test';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, openPreview, panelTag, untilDone } from './panel.ts';

const CREATE = { name: `Create 2 issues in ${REPO}` };

async function preview(github: LocalGitHub, maintainer: Maintainer): Promise<Page> {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(2), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 will be created');
  await expect(page.getByRole('button', CREATE)).toBeEnabled();
  return page;
}

/** Puts an element over the button, of this style, with these words. */
async function cover(page: Page, style: string, words = 'Win a prize'): Promise<void> {
  const box = await page.getByRole('button', CREATE).boundingBox();
  const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
  const place = `position:fixed;left:${x}px;top:${y}px;width:${width}px;height:${height}px;z-index:9999;`;
  await page.evaluate(
    ([css, text]) => {
      const decoy = document.createElement('div');
      decoy.id = 'decoy';
      decoy.textContent = text ?? '';
      decoy.style.cssText = css ?? '';
      document.body.append(decoy);
    },
    [place + style, words],
  );
}

async function pressAt(page: Page): Promise<void> {
  const box = await page.getByRole('button', CREATE).boundingBox();
  await page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10);
}

test('a press on what the page has put over the button, or that nobody could see, starts nothing', async ({
  github,
  maintainer,
}) => {
  const page = await preview(github, maintainer);
  const button = page.getByRole('button', CREATE);
  await button.scrollIntoViewIfNeeded();
  const around = page.locator(await panelTag(page)).locator('xpath=..');
  const held = page.getByText('Something on this page hides the button.');

  await cover(page, 'background:#fff;pointer-events:none');
  await pressAt(page);
  await expect(held).toBeVisible();
  await page.locator('#decoy').evaluate((decoy) => decoy.remove());

  await expect(button).toBeEnabled();
  await around.evaluate((node) => node.style.setProperty('opacity', '0.01', 'important'));
  await pressAt(page);
  await page.waitForTimeout(300);
  await around.evaluate((node) => node.style.removeProperty('opacity'));
  await expect(page.getByRole('button', { name: /own window/ })).toBeVisible();
  expect(github.issues(REPO)).toHaveLength(1);

  await expect(button).toBeEnabled();
  await create(page, 2, REPO);
  await untilDone(page, 2);
  await expect(held).toBeHidden();
});

test('a label of the page, focus moved under a key and a panel moved under the pointer start nothing', async ({
  github,
  maintainer,
}) => {
  const page = await preview(github, maintainer);
  const button = page.getByRole('button', CREATE);
  await button.scrollIntoViewIfNeeded();
  await button.evaluate((node) => {
    const field = document.createElement('input');
    field.id = 'field';
    // Out of the flow: a panel that it pushes down has moved, and the press is held for that.
    field.style.cssText = 'position:fixed;top:0;left:0';
    document.body.prepend(field);
    field.focus();
    field.addEventListener('keydown', () => (node as HTMLElement).focus());
  });
  await expect(button).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The key or click came from elsewhere')).toBeVisible();

  await button.evaluate((node) => {
    node.id = 'ours';
    const label = document.createElement('label');
    label.htmlFor = 'ours';
    label.textContent = 'Accept';
    node.parentElement?.append(label);
  });
  // The label is its name now.
  const labelled = page.locator('#ours');
  await expect(labelled).toBeEnabled();
  await page.getByText('Accept', { exact: true }).click();
  await expect(page.getByRole('button', { name: /own window/ })).toBeVisible();

  await expect(labelled).toBeEnabled();
  const box = await labelled.boundingBox();
  const around = page.locator(await panelTag(page)).locator('xpath=..');
  await around.evaluate((node) => node.style.setProperty('transform', 'translateY(-60px)'));
  await page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) - 50);
  await expect(page.getByText('had only just appeared, changed or moved')).toBeVisible();
  expect(github.issues(REPO)).toHaveLength(1);
});

test('people press as before: under a dark filter, a dimming layer and magnification', async ({
  github,
  maintainer,
}) => {
  const page = await preview(github, maintainer);
  await page.evaluate(() => {
    document.documentElement.style.filter = 'invert(0.9) hue-rotate(180deg) brightness(0.9)';
    document.documentElement.style.zoom = '2';
    const dim = document.createElement('div');
    dim.style.cssText =
      'position:fixed;inset:0;background:rgba(0,0,0,.35);pointer-events:none;z-index:9999';
    document.body.append(dim);
  });
  await create(page, 2, REPO);
  await untilDone(page, 2);
});
