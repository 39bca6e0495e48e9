import { afterEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { answer } from '../../entrypoints/background/answer.ts';
import { loadPanel } from '../../entrypoints/background/pages.ts';
import type { Background } from '../../entrypoints/background/ports.ts';
import type { Sender } from '../../entrypoints/background/sender.ts';
import { CHECKLIST } from '../components/samples.ts';

const OWN = { id: 'masterlist', pages: 'chrome-extension://masterlist/' };
const PAGE = 'https://github.com/octo-org/octo-repo/issues/1';
const TAB: Sender = { id: OWN.id, url: PAGE, frameId: 0, tab: { id: 7, url: PAGE } };

/** Asks for the panel as this sender; gives the answer and what was injected. */
async function ask(sender: Sender) {
  const inject = vi.spyOn(browser.scripting, 'executeScript').mockResolvedValue(undefined);
  // Nothing else of the background is used here.
  const usage = { flush: async () => {} };
  const load = answer(loadPanel, { own: OWN, usage } as Background);
  const { ok } = await load({ data: { checklist: CHECKLIST }, sender });
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
