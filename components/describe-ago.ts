const WORDS = new Intl.RelativeTimeFormat('en');

/** `just now`, `2 minutes ago`, `3 hours ago`, `2 days ago`; both in milliseconds since 1970. */
export function describeAgo(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return WORDS.format(-minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? WORDS.format(-hours, 'hour') : WORDS.format(-Math.floor(hours / 24), 'day');
}
