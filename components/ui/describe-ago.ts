const WORDS = new Intl.RelativeTimeFormat('en');

/** Units by the days from which they are used, longest first. */
const UNITS = [
  ['year', 2 * 365, 365],
  ['month', 2 * 30, 30],
  ['week', 2 * 7, 7],
  ['day', 2, 1],
] as const;

/** `just now`, `2 minutes ago`, `3 hours ago`, `2 days ago`, `3 weeks ago`; both in milliseconds since 1970. */
export function describeAgo(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return WORDS.format(-minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const unit = UNITS.find(([, from]) => days >= from);
  if (unit === undefined) return WORDS.format(-hours, 'hour');
  const [name, , length] = unit;
  return WORDS.format(-Math.floor(days / length), name);
}
