import type { ChecklistRef } from '../core/refs.ts';
import type { PageSettings } from '../core/settings/page-settings.ts';
import { type ChecklistState, isOpen } from './checklist-state.ts';
import type { Store } from './store.ts';
import type { Surroundings } from './surroundings.ts';

interface Followed {
  readonly checklist: ChecklistRef;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  /** Whether the panel was left open: then somebody looks at it. */
  readonly open: boolean;
}

/** How often a running job is asked about; below the 30 s after which browsers stop an idle background. */
const POLL_MS = 10_000;
/** How often the page looks whether its extension is still there; nobody is asked for it. */
const ALIVE_MS = 2_000;
/** Changes that come together are looked at once. */
const SETTLE_MS = 250;

/** Calls `refresh` whenever the checklist may have changed: its revision, a running job, the tab coming to the front. Gives a function that asks for one soon. */
export function followChecklist(
  { checklist, surroundings, signal, open }: Followed,
  store: Store<ChecklistState>,
  refresh: () => Promise<void>,
): () => void {
  let settling: ReturnType<typeof setTimeout> | undefined;
  const settle = () => {
    settling ??= setTimeout(() => {
      settling = undefined;
      void refresh();
    }, SETTLE_MS);
  };
  const poll = () => {
    const { job, cutOff } = store.get();
    if (isOpen(job) && !cutOff && document.visibilityState === 'visible') void refresh();
  };
  const polling = setInterval(poll, POLL_MS);
  const watching = setInterval(() => {
    if (surroundings.isAlive()) return;
    stop();
    store.set({ cutOff: true });
  }, ALIVE_MS);
  const stop = () => {
    clearInterval(polling);
    clearInterval(watching);
  };
  document.addEventListener('visibilitychange', poll, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(settling);
    stop();
  });
  const onNews = (settings?: PageSettings) => (settings ? store.set(settings) : settle());
  surroundings.watch(checklist, onNews, signal);
  if (open) void refresh();
  return settle;
}
