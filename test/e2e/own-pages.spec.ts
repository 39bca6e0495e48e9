/** Our own pages under the policy of the manifest: they work, and what would get in or out does not. */
import type { Page } from '@playwright/test';
import { expect, type Maintainer, REPO, test } from './fixtures.ts';
import { generate } from './reconcile.ts';

const PAGES = [
  'popup.html',
  'options.html',
  ...['/', '/log', '/metrics', '/generate', '/sync', '/reconcile', '/matches'].map(
    (route) => `dashboard.html#${route}`,
  ),
];

declare global {
  /** What the policy refused since the page was opened: directive and address. */
  var refused: string[] | undefined;
}

test('every page of ours keeps within its policy, with and without a checklist', async ({
  github,
  maintainer,
}) => {
  const page = await watchedPage(maintainer);
  const { master } = await generate(github, maintainer, 3);
  for (const address of PAGES) {
    await page.goto(`chrome-extension://${maintainer.extensionId}/${address}`);
    await expect(page.getByRole('heading').first()).toBeVisible();
    expect(await refusedOn(page), address).toEqual([]);
  }
  for (const task of ['generate', 'sync', 'reconcile', 'matches']) {
    const query = new URLSearchParams({ checklist: `github.com/${REPO}#${master}` });
    await page.goto(
      `chrome-extension://${maintainer.extensionId}/dashboard.html#/${task}?${query}`,
    );
    await expect(page.getByRole('heading').first()).toBeVisible();
    expect(await refusedOn(page), task).toEqual([]);
  }
});

test('nothing that got into a page of ours could run, load, leave or be sent', async ({
  maintainer,
}) => {
  const page = await watchedPage(maintainer);
  await page.goto(`chrome-extension://${maintainer.extensionId}/options.html`);
  const outcome = await page.evaluate(async () => {
    const tags = [
      '<img src="https://evil.example/pixel.png">',
      '<img src="data:image/png;base64,AA==">',
      '<style>body { background: red }</style>',
      '<link rel="stylesheet" href="https://evil.example/a.css">',
      '<iframe src="https://evil.example/"></iframe>',
      '<object data="https://evil.example/"></object>',
      '<base href="https://evil.example/">',
      '<video src="https://evil.example/a.webm"></video>',
      '<p style="color: red" onclick="globalThis.ran = true">x</p>',
    ];
    const box = document.createElement('div');
    document.body.append(box);
    box.innerHTML = tags.join('');
    box.querySelector('p')?.click();
    for (const source of ['globalThis.ran = true', undefined]) {
      const script = document.createElement('script');
      if (source === undefined) script.src = 'https://evil.example/a.js';
      else script.textContent = source;
      box.append(script);
    }
    const form = document.createElement('form');
    form.action = 'https://evil.example/';
    box.append(form);
    form.submit();
    const tried = [
      fetch('http://evil.example/').catch(() => 'refused'),
      fetch('http://192.168.1.2/').catch(() => 'refused'),
      fetch('http://[::1]/').catch(() => 'refused'),
    ];
    const answers = await Promise.all(tried);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { answers, ran: Reflect.get(globalThis, 'ran'), at: location.href };
  });
  expect(outcome).toMatchObject({ answers: ['refused', 'refused', 'refused'], ran: undefined });
  expect(outcome.at).toMatch(/^chrome-extension:/);
  const directives = (await refusedOn(page)).map((line) => line.split(' ')[0]);
  expect([...new Set(directives)].sort()).toEqual([
    'base-uri',
    'connect-src',
    'form-action',
    'frame-src',
    'img-src',
    'media-src',
    'object-src',
    'script-src-attr',
    'script-src-elem',
    'style-src-attr',
    'style-src-elem',
  ]);
});

async function watchedPage({ context }: Maintainer): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      globalThis.refused?.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  return page;
}

function refusedOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => globalThis.refused ?? ['not watched']);
}
