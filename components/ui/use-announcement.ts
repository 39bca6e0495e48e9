import { useEffect, useRef, useState } from 'preact/hooks';

/** Text for a polite live region: follows `text`, but changes at most once in `everyMs`, so that nobody is talked over. */
export function useAnnouncement(text: string, everyMs: number): string {
  const [said, setSaid] = useState(text);
  const last = useRef(0);
  useEffect(() => {
    if (text === said) return;
    const say = () => {
      last.current = Date.now();
      setSaid(text);
    };
    const timer = setTimeout(say, Math.max(0, last.current + everyMs - Date.now()));
    return () => clearTimeout(timer);
  }, [text, said, everyMs]);
  return said;
}
