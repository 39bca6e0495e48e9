import { useEffect, useState } from 'preact/hooks';

/** The time in milliseconds since 1970, renewed in this interval while it matters. */
export function useNow(ticking: boolean, everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [ticking, everyMs]);
  return now;
}
