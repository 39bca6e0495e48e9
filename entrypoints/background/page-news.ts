import { browser } from 'wxt/browser';
import {
  type ChecklistRef,
  checklistKey,
  GITHUB_HOST,
  issueChecklist,
  parseIssueUrl,
  sameChecklist,
} from '../../lib/core/refs.ts';
import type { PageSettings } from '../../lib/core/settings/page-settings.ts';
import type { PageNews } from '../../lib/messages.ts';

/** The checklist that an address of the served host shows; undefined of any other page. */
export function checklistOf(url: string | undefined): ChecklistRef | undefined {
  const issue = parseIssueUrl(url ?? '');
  return issue?.kind === 'issues' && issue.repo.host === GITHUB_HOST
    ? issueChecklist(issue)
    : undefined;
}

/** Tells the pages that show a checklist that something about it is new. Pages read nothing that is stored. */
export function tellOfChange(checklist: ChecklistRef): Promise<void> {
  const news = { changed: checklistKey(checklist) };
  return tell(news, (shown) => sameChecklist(shown, checklist));
}

/** Tells the pages of all issues which settings hold for them now. */
export function tellOfSettings(settings: PageSettings): Promise<void> {
  return tell({ settings }, () => true);
}

/** Never rejects: in most pages nothing of ours listens, and nothing depends on it. */
async function tell(news: PageNews, isMeant: (shown: ChecklistRef) => boolean): Promise<void> {
  try {
    const tabs = await browser.tabs.query({ url: `https://${GITHUB_HOST}/*` });
    const told = tabs.map(async ({ id, url }) => {
      const shown = checklistOf(url);
      if (id === undefined || shown === undefined || !isMeant(shown)) return;
      await browser.tabs.sendMessage(id, news, { frameId: 0 });
    });
    await Promise.allSettled(told);
  } catch (error) {
    console.error(error);
  }
}
