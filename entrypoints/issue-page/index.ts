import { browser } from 'wxt/browser';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { findPanelScript, type PanelScript } from '../../lib/checklist-model/panel-script.ts';
import type { Ask } from '../../lib/checklist-model/surroundings.ts';
import { STALE_PAGE } from '../../lib/core/failure-sentences.ts';
import { type Failure, fail } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import { askBackground, watchChecklist } from '../../lib/page-link.ts';
import { checklistPanel } from '../github.content/checklist-panel.tsx';
import { itemBadges } from '../github.content/item-badges.tsx';
import type { PageSurroundings } from '../github.content/page-surroundings.ts';
import { startOnce } from '../github.content/started.ts';
import { watchIssues } from '../github.content/watch-issues.ts';

/** What issues with a checklist need, injected when the content script comes upon the first one in its tab; stays for all that follow. */
export default defineUnlistedScript(() =>
  startOnce(() => {
    // Read at the start: once the extension was updated under the page it cannot be asked any more.
    const { version } = browser.runtime.getManifest();
    const forever = new AbortController();
    watchIssues([checklistPanel, itemBadges], surroundingsOf(version), forever.signal);
  }),
);

/** Rejections become answers: the extension may be updated or removed under the open page. */
const ask: Ask = (name, query) => askBackground(name, query).catch(() => fail(CUT_OFF)) as never;

const CUT_OFF: Failure = {
  ...STALE_PAGE,
  code: 'internal',
  message: 'Masterlist was updated or turned off.',
};

const surroundingsOf = (version: string): PageSurroundings => ({
  ask,
  isAlive: () => !!browser.runtime?.id,
  watch: watchChecklist,
  offers: (checklist, items, onOffered) =>
    ask('offersButton', { checklist, items }).then(
      (answer) => answer.ok && answer.value.offered && onOffered(answer.value.known),
    ),
  holdEditor,
  loadPanel: (checklist) => loadPanel(checklist, version),
  trusts: (event) => event.isTrusted,
});

async function loadPanel(
  checklist: ChecklistRef,
  version: string,
): Promise<PanelScript | undefined> {
  const found = findPanelScript(version);
  if (found) return found;
  await ask('loadPanel', { checklist });
  return findPanelScript(version);
}

/** How long a refused port waits before it is tried again, in milliseconds. */
const REFUSED_MS = 2_000;

/** A port names the checklist while its editor is open; it dies with the tab. */
function holdEditor(checklist: ChecklistRef, signal: AbortSignal): void {
  if (signal.aborted || !browser.runtime?.id) return;
  const port = browser.runtime.connect({ name: `editor:${checklistKey(checklist)}` });
  signal.addEventListener('abort', () => port.disconnect());
  const opened = Date.now();
  port.onDisconnect.addListener(() => {
    // A port that lasted died with its worker, which knows nothing of the editor when it starts again.
    const wait = Date.now() - opened > REFUSED_MS ? 0 : REFUSED_MS;
    setTimeout(() => holdEditor(checklist, signal), wait);
  });
}
