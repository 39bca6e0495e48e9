import type { ChecklistRef } from '../core/refs.ts';
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
    if (isOpen(store.get().job) && document.visibilityState === 'visible') void refresh();
  };
  const polling = setInterval(poll, POLL_MS);
  document.addEventListener('visibilitychange', poll, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(settling);
    clearInterval(polling);
  });
  surroundings.watch(checklist, settle, signal);
  void surroundings.preferences().then((preferences) => store.set(preferences));
  void surroundings.isKnown(checklist).then((known) => {
    if ((known || open) && !signal.aborted) void refresh();
  });
  return settle;
}
