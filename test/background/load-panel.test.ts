import { afterEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { answer } from '../../entrypoints/background/answer.ts';
import { loadPage, loadPanel } from '../../entrypoints/background/pages.ts';
import type { Background } from '../../entrypoints/background/ports.ts';
import type { Sender } from '../../entrypoints/background/sender.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import type { Protocol } from '../../lib/messages.ts';
import { CHECKLIST } from '../components/samples.ts';

const OWN = { id: 'masterlist', pages: 'chrome-extension://masterlist/' };
const PAGE = 'https://github.com/octo-org/octo-repo/issues/1';
const TAB: Sender = { id: OWN.id, url: PAGE, frameId: 0, tab: { id: 7, url: PAGE } };

type Asked = Parameters<Protocol['loadPage']>[0];

/** Asks for a script as this sender, in a browser whose user wants the button on every issue, of a checklist that it worked on; gives the answer and what was injected. */
async function ask(
  sender: Sender,
  shown: Partial<Asked> = {},
  handler: typeof loadPage = loadPanel,
) {
  const inject = vi.spyOn(browser.scripting, 'executeScript').mockResolvedValue(undefined);
  // Nothing else of the background is used here.
  const usage = { flush: async () => {} };
  const preferences = async () => ({ ...DEFAULT_PREFERENCES, button: 'all' });
  const checklists = { isKnown: async (_one: ChecklistRef): Promise<boolean> => true };
  const load = answer(handler, { own: OWN, usage, preferences, checklists } as Background);
  const data = { checklist: CHECKLIST, items: 0, editing: false, ...shown };
  const { ok } = await load({ data, sender });
  return { ok, injected: inject.mock.calls.map(([injection]) => injection) };
}

afterEach(() => vi.restoreAllMocks());

describe("the panel's script", () => {
  it('is injected into the top frame of the tab that asks, and nowhere else', async () => {
    expect(await ask(TAB)).toEqual({
      ok: true,
      injected: [{ target: { tabId: 7, frameIds: [0] }, files: ['/checklist-panel.js'] }],
    });
  });

  it.each<[string, Sender]>([
    ['a sub-frame', { ...TAB, frameId: 3 }],
    ['another extension', { ...TAB, id: 'other' }],
    ['a tab with another issue', { ...TAB, tab: { id: 7, url: PAGE.replace('/1', '/2') } }],
    ['our own page', { ...TAB, url: `${OWN.pages}options.html` }],
  ])('is not injected for %s', async (_who, sender) => {
    expect(await ask(sender)).toEqual({ ok: false, injected: [] });
  });
});

describe('the script for issues', () => {
  const page = (shown: Partial<Asked>, sender = TAB) => ask(sender, shown, loadPage);

  it.each<[string, Partial<Asked>]>([
    ['the button belongs there', { items: 3 }],
    ['the text is being edited', { editing: true }],
  ])('is injected into the tab that asks where %s', async (_why, shown) => {
    expect(await page(shown)).toEqual({
      ok: true,
      injected: [{ target: { tabId: 7, frameIds: [0] }, files: ['/issue-page.js'] }],
    });
  });

  it('is not injected where there is nothing for it to do', async () => {
    expect(await page({})).toEqual({ ok: true, injected: [] });
  });

  it('is not injected for a tab with another issue', async () => {
    const other: Sender = { ...TAB, tab: { id: 7, url: PAGE.replace('/1', '/2') } };
    expect(await page({ items: 3 }, other)).toEqual({ ok: false, injected: [] });
  });
});
