import { useEffect, useRef } from 'preact/hooks';
import { type ChecklistState, isPreviewing } from '../../lib/checklist-model/checklist-state.ts';
import type { Store } from '../../lib/checklist-model/store.ts';

/**
 * A panel that the user opens takes the focus, one that was left open does not; and what she pressed gives it back when
 * its work is done. Until then Escape closes it, where it can be closed, although nothing of it has the focus.
 */
export function useFocus(
  store: Store<ChecklistState>,
  state: ChecklistState,
  heading: { readonly current: HTMLElement | null },
  onClose?: () => void,
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
    if (busy || !isLost(last.current)) return;
    const pressed = last.current as HTMLButtonElement;
    (pressed.isConnected && !pressed.disabled ? pressed : heading.current)?.focus();
  }, [busy, previewing, heading]);
  useEffect(() => {
    if (!open || !busy || !onClose) return;
    const close = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' && isLost(last.current)) onClose();
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [open, busy, onClose]);
  return {
    onFocusIn: ({ target }) => {
      last.current = target;
    },
  };
}

// A button that was disabled or removed under the focus loses it to the body.
function isLost(last: EventTarget | null): last is EventTarget {
  return last !== null && document.activeElement === document.body;
}
