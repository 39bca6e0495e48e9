import { useEffect, useState } from 'preact/hooks';

/** How many of `count` rows to render: the first ones at once, the rest in steps between frames, so that typing and scrolling never wait. */
export function useGrowing(count: number, first: number = 60): number {
  const [shown, setShown] = useState(first);
  useEffect(() => {
    if (shown >= count) return;
    const timer = setTimeout(() => setShown(shown + 120), 16);
    return () => clearTimeout(timer);
  }, [shown, count]);
  return Math.min(shown, count);
}
