/** How long something still waits that ends at `until`: `49 s more`, or from a minute on `until 2:35 PM`; '' when it is over. In milliseconds since 1970. */
export function timeLeft(until: number, now: number): string {
  if (until - now < 1_000) return '';
  if (until - now < 60_000) return `${Math.ceil((until - now) / 1_000)} s more`;
  return `until ${new Date(until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}`;
}
