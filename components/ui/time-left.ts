/** How long something still waits that ends at `until`: `49 s more`, or from a minute on `until 2:35 PM`; '' when it is over. In milliseconds since 1970. */
export function timeLeft(until: number, now: number): string {
  const left = until - now;
  if (left < 1_000) return '';
  return left < 60_000 ? `${inSeconds(left)} more` : `until ${clockTime(until)}`;
}

/** When something that may fail again is tried: `next try in 49 s`, or from a minute on `next try at 2:35 PM`; '' when that is now. In milliseconds since 1970. */
export function nextTry(until: number, now: number): string {
  const left = until - now;
  if (left < 1_000) return '';
  return `next try ${left < 60_000 ? `in ${inSeconds(left)}` : `at ${clockTime(until)}`}`;
}

function inSeconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1_000)} s`;
}

function clockTime(time: number): string {
  return new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
