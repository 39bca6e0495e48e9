import {
  type ChecklistRef,
  GITHUB_HOST,
  issueChecklist,
  parseIssueUrl,
} from '../../lib/core/refs.ts';

/** The issue that a tab shows. */
export interface ShownChecklist {
  readonly checklist: ChecklistRef;
  readonly title: string;
}

/** What GitHub puts behind the title of an issue in that of its page, seen 2026-09-24. */
const PAGE_TITLE_END = / · Issue #\d+ · [^ ]+$/;

/**
 * The issue that a tab shows; undefined for all other pages. Browsers tell the address and title of a tab where the
 * extension has the right to its host (Chrome always, Firefox from 86 on: bugzilla.mozilla.org/1679688), so that no
 * permission is wanted for it.
 */
export function shownChecklist(
  tab: { readonly url?: string | undefined; readonly title?: string | undefined } | undefined,
): ShownChecklist | undefined {
  const shown = parseIssueUrl(tab?.url ?? '');
  if (shown?.kind !== 'issues' || shown.repo.host !== GITHUB_HOST) return undefined;
  const { repo, number } = shown;
  const title = tab?.title?.replace(PAGE_TITLE_END, '').trim();
  return { checklist: issueChecklist({ repo, number }), title: title || `#${number}` };
}
