import { browser } from 'wxt/browser';
import { formatRoute } from '../../lib/core/alerts/alert-route.ts';
import {
  type ChecklistRef,
  GITHUB_HOST,
  issueChecklist,
  parseIssueUrl,
} from '../../lib/core/refs.ts';
import { readShortcut, type Shortcut, type ShortcutMessage } from '../../lib/core/shortcut.ts';
import { openPage } from './open-page.ts';

/** A tab, as far as the browser tells of it: the address only of GitHub's pages. */
interface ShownTab {
  readonly id?: number | undefined;
  readonly url?: string | undefined;
}

/**
 * A key was pressed: the page of the active tab does it, if it shows a checklist. From everywhere else the dashboard opens
 * where it can be done: for the issue that is shown, else to choose one.
 */
export async function runCommand(command: string, tab?: ShownTab): Promise<void> {
  if (command === 'dashboard') return openPage('dashboard.html#/');
  const shortcut = readShortcut(command);
  if (shortcut === undefined) return;
  const shown = tab?.id === undefined ? await activeTab() : tab;
  if (await isDoneByPage(shown, shortcut)) return;
  const checklist = checklistOf(shown);
  await openPage(formatRoute({ page: 'dashboard', path: `/${shortcut}`, checklist }));
}

function checklistOf(tab: ShownTab | undefined): ChecklistRef | undefined {
  const issue = parseIssueUrl(tab?.url ?? '');
  return issue?.kind === 'issues' && issue.repo.host === GITHUB_HOST
    ? issueChecklist(issue)
    : undefined;
}

async function isDoneByPage(tab: ShownTab | undefined, shortcut: Shortcut): Promise<boolean> {
  if (tab?.id === undefined) return false;
  const message: ShortcutMessage = { shortcut };
  try {
    return (await browser.tabs.sendMessage(tab.id, message, { frameId: 0 })) === true;
  } catch {
    // No script of ours is there.
    return false;
  }
}

async function activeTab(): Promise<ShownTab | undefined> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return tab;
}
