import { defineContentScript } from 'wxt/utils/define-content-script';
import { askBackground, watchChecklist } from '../../lib/page-link.ts';
import { awaitChecklist, type LoaderSurroundings } from './await-checklist.ts';

/** All that runs on every page of GitHub: it waits for an issue with a checklist, and has the rest injected there. */
export default defineContentScript({
  // Wide, because a soft navigation from another page to an issue injects nothing.
  matches: ['https://github.com/*/*'],
  runAt: 'document_idle',
  main({ signal }) {
    whenShown(() => awaitChecklist({ load, watch: watchChecklist }, signal));
  },
});

const load: LoaderSurroundings['load'] = (shown) =>
  // The extension may be updated or removed under the open page.
  askBackground('loadPage', shown).catch(() => undefined);

/** A page that the browser loads ahead of a click may never be shown, and the background does not answer it. */
function whenShown(start: () => void): void {
  const { prerendering } = document as { readonly prerendering?: boolean };
  if (prerendering) document.addEventListener('prerenderingchange', start, { once: true });
  else start();
}
