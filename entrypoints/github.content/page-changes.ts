/** Calls back when it starts, and once after changes of the document, as soon as `schedule` lets it. */
export function watchChanges(
  look: () => void,
  schedule: (look: () => void) => unknown,
  signal: AbortSignal,
): { readonly start: () => void; readonly stop: () => void } {
  let waiting = false;
  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    schedule(() => {
      waiting = false;
      if (!signal.aborted) look();
    });
  });
  signal.addEventListener('abort', () => observer.disconnect());
  return {
    start: () => {
      if (signal.aborted) return;
      observer.observe(document, { childList: true, subtree: true, attributeFilter: ['href'] });
      look();
    },
    stop: () => observer.disconnect(),
  };
}

/** Events after which the address may be another. GitHub's own ones serve browsers without the Navigation API. */
const NAVIGATIONS = ['soft-nav:end', 'turbo:render'];

/** Calls back at once, and whenever the address may have become another. */
export function watchNavigation(onNavigated: () => void, signal: AbortSignal): void {
  onNavigated();
  for (const type of NAVIGATIONS) document.addEventListener(type, onNavigated, { signal });
  for (const type of ['popstate', 'pageshow']) addEventListener(type, onNavigated, { signal });
  const { navigation } = globalThis as { navigation?: EventTarget };
  navigation?.addEventListener('currententrychange', onNavigated, { signal });
}
