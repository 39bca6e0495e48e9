import { useEffect, useRef } from 'preact/hooks';
import { type ChecklistState, isPreviewing } from '../github.content/checklist-state.ts';
import type { Store } from '../github.content/store.ts';

/** A panel that the user opens takes the focus, one that was left open does not; and what she pressed gives it back when its work is done. */
export function useFocus(
  store: Store<ChecklistState>,
  state: ChecklistState,
  heading: { readonly current: HTMLElement | null },
): { readonly onFocusIn: (event: FocusEvent) => void } {
  const { open, wantsFocus, busy } = state;
  const previewing = isPreviewing(state);
  const last = useRef<EventTarget | null>(null);
  useEffect(() => {
    if (!open || !wantsFocus) return;
    heading.current?.focus();
    store.set({ wantsFocus: false });
  }, [open, wantsFocus, heading, store]);
  useEffect(() => {
    // A button that was disabled or removed under the focus loses it to the body.
    if (busy || !last.current || document.activeElement !== document.body) return;
    const pressed = last.current as HTMLButtonElement;
    (pressed.isConnected && !pressed.disabled ? pressed : heading.current)?.focus();
  }, [busy, previewing, heading]);
  return {
    onFocusIn: ({ target }) => {
      last.current = target;
    },
  };
}
