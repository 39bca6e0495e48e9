/**
 * What a content script needs of `messages.ts`, in a tenth of the code: its library would be a third of all that may be
 * loaded into each page. `test/content/page-link.test.ts` holds both sides together.
 */
import { browser } from 'wxt/browser';
import { type ChecklistRef, checklistKey } from './core/refs.ts';
import type { PageSettings } from './core/settings/page-settings.ts';
import type { PageNews, Protocol } from './messages.ts';

/** Asks the background, as `sendMessage` does; rejects when nobody answers (the extension was updated under the page). */
export async function askBackground<Name extends keyof Protocol>(
  type: Name,
  data: Parameters<Protocol[Name]>[0],
): Promise<ReturnType<Protocol[Name]>> {
  // The wire format of @webext-core/messaging 4.
  const answer = await browser.runtime.sendMessage({ id: 0, type, data, timestamp: Date.now() });
  if (!answer?.res) throw new Error('no answer');
  return answer.res;
}

/**
 * Calls back when the background tells that something about a checklist changed, or which settings hold now, until the
 * signal aborts. What is stored is out of the page's reach: its process may be somebody else's.
 */
export function watchChecklist(
  checklist: ChecklistRef,
  onNews: (settings?: PageSettings) => void,
  signal: AbortSignal,
): void {
  const { onMessage } = browser.runtime;
  const listener = (news: PageNews | undefined): undefined => {
    if (news?.settings || news?.changed === checklistKey(checklist)) onNews(news.settings);
  };
  onMessage.addListener(listener);
  signal.addEventListener('abort', () => onMessage.removeListener(listener));
}
