import { type ChecklistRef, issueChecklist, sameChecklist } from '../../lib/core/refs.ts';
import { findShownIssue, isAddressed, issueOfAddress } from './page.ts';
import { watchChanges, watchNavigation } from './page-changes.ts';
import { isStarted } from './started.ts';

/** What the page shows of an issue. */
interface Shown {
  readonly checklist: ChecklistRef;
  /** Task items in its text. */
  readonly items: number;
  readonly editing: boolean;
}

/** What the content script needs besides the page. */
export interface LoaderSurroundings {
  /** Asks for the script for issues; it comes where there is something to do. */
  readonly load: (shown: Shown) => Promise<unknown>;
  /** Calls back when this browser did anything about the checklist, or its settings changed, until the signal aborts. */
  readonly watch: (checklist: ChecklistRef, onChange: () => void, signal: AbortSignal) => void;
}

/** Changes that come together are looked at once: nothing of ours is in the page yet that could flicker. */
const SETTLE_MS = 100;

/**
 * Looks at each issue that the tab comes to show, and asks for the script for issues where its text has items or is being
 * edited. Ends when that script runs. On other pages it only waits for the next navigation.
 */
export function awaitChecklist({ load, watch }: LoaderSurroundings, signal: AbortSignal): void {
  const started = new AbortController();
  const waiting = AbortSignal.any([signal, started.signal]);
  let asked: { readonly shown: Shown; readonly ended: AbortController } | undefined;
  const forget = () => {
    asked?.ended.abort();
    asked = undefined;
  };
  const ask = async (shown: Shown) => {
    forget();
    const ended = new AbortController();
    asked = { shown, ended };
    // It may be worked on later, in another tab or on the dashboard.
    const again = () => {
      forget();
      look();
    };
    watch(shown.checklist, again, AbortSignal.any([waiting, ended.signal]));
    await load(shown);
    if (isStarted()) started.abort();
  };
  const look = () => {
    if (isStarted()) return started.abort();
    if (!issueOfAddress()) return changes.stop();
    const shown = shownChecklist();
    if (shown && !(asked && isAnswered(shown, asked.shown))) void ask(shown);
  };
  const changes = watchChanges(look, (later) => setTimeout(later, SETTLE_MS), waiting);
  watchNavigation(() => {
    if (issueOfAddress()) changes.start();
  }, waiting);
}

function shownChecklist(): Shown | undefined {
  const page = findShownIssue();
  if (!page || !isAddressed(page.issue)) return undefined;
  const { issue, boxes, editing } = page;
  if (boxes.length === 0 && !editing) return undefined;
  return { checklist: issueChecklist(issue), items: boxes.length, editing };
}

/** Whether the answer about what was shown before holds for this too. */
function isAnswered(shown: Shown, before: Shown): boolean {
  return (
    sameChecklist(shown.checklist, before.checklist) &&
    shown.items <= before.items &&
    (before.editing || !shown.editing)
  );
}
