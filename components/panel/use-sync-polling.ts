import { useEffect } from 'preact/hooks';
import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';

/** How often an open panel looks how its checklist is kept up to date: the background answers from memory. */
const POLL_MS = 30_000;

/** Keeps the sync's state fresh while the panel is open in a visible tab. */
export function useSyncPolling(model: ChecklistModel, open: boolean): void {
  useEffect(() => {
    if (!open) return;
    const poll = () => {
      if (document.visibilityState === 'visible') void model.refreshSync();
    };
    const timer = setInterval(poll, POLL_MS);
    document.addEventListener('visibilitychange', poll);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', poll);
    };
  }, [model, open]);
}
