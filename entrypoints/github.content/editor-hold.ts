import type { ChecklistModel } from '../../lib/checklist-model/checklist-model.ts';
import type { PageSurroundings } from './page-surroundings.ts';

/** While GitHub's editor is open on the checklist, the background is told so, and its writes to it wait. */
export function holdWhileEditing(
  { checklist, store, signal }: ChecklistModel,
  { holdEditor }: PageSurroundings,
): void {
  let released: AbortController | undefined;
  store.follow(() => {
    const { editing } = store.get();
    if (editing && !released) {
      released = new AbortController();
      holdEditor(checklist, AbortSignal.any([signal, released.signal]));
    } else if (!editing) {
      released?.abort();
      released = undefined;
    }
  }, signal);
}
