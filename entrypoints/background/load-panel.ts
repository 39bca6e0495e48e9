import { browser } from 'wxt/browser';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Background } from './ports.ts';
import { isOwnPage, type Sender } from './sender.ts';

/** Injects the panel's script beside the content script that asks for it. */
export async function loadPanel(
  _query: Parameters<Protocol['loadPanel']>[0],
  { own }: Pick<Background, 'own'>,
  sender: Sender,
): Promise<Result<void>> {
  const tabId = sender.tab?.id;
  if (tabId === undefined || isOwnPage(sender, own)) return fail(failure('stale-page'));
  await browser.scripting.executeScript({
    target: { tabId, frameIds: [0] },
    files: ['/checklist-panel.js'],
  });
  return succeed(undefined);
}
