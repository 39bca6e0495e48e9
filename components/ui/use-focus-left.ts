import { useEffect, useRef } from 'preact/hooks';

/** What goes takes its buttons with it, and with them the focus: when there are fewer than before, and nothing else has the focus, what carries the ref gets it. */
export function useFocusLeft<Shown extends HTMLElement>(count: number) {
  const left = useRef<Shown>(null);
  const before = useRef(count);
  useEffect(() => {
    const isFewer = count < before.current;
    before.current = count;
    if (isFewer && document.activeElement === document.body) left.current?.focus();
  }, [count]);
  return left;
}
