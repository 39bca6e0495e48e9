/** A time for people, rounded up: `less than a minute`, `about 9 min`, `about 1 h 20 min`. Takes seconds. */
export function formatDuration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (!(seconds > 0) || seconds < 50) return 'less than a minute';
  if (minutes < 60) return `about ${minutes} min`;
  // From an hour on, five minutes more or less do not matter.
  const rounded = Math.ceil(minutes / 5) * 5;
  const rest = rounded % 60;
  return `about ${Math.floor(rounded / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
