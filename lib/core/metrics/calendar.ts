const DAY_MS = 86_400_000;

/** Every place's clock differs from UTC by whole quarters of an hour, so a day begins with one (IANA time zone database). */
const QUARTER_MS = 15 * 60_000;

/** The calendar of whoever looks. */
export interface Calendar {
  /** The local day (`YYYY-MM-DD`) of a time in milliseconds since 1970. */
  readonly dayOf: (time: number) => string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An ISO week. */
export interface Week {
  /** `2026-W47`. */
  readonly week: string;
  /** Its Monday, `YYYY-MM-DD`. */
  readonly monday: string;
}

/** The same calendar, which asks `dayOf` once per quarter of an hour: asking for each of 50,000 times is slow. */
export function remembering({ dayOf, now }: Calendar): Calendar {
  const known = new Map<number, string>();
  return {
    now,
    dayOf: (time) => {
      const quarter = Math.floor(time / QUARTER_MS);
      const before = known.get(quarter);
      if (before !== undefined) return before;
      const day = dayOf(time);
      known.set(quarter, day);
      return day;
    },
  };
}

/** The day (`YYYY-MM-DD`) of a time in milliseconds since 1970, on the clock of whoever looks: twenty times as fast as `Intl`. */
export function localDay(time: number): string {
  const date = new Date(time);
  const [month, day] = [date.getMonth() + 1, date.getDate()];
  return `${date.getFullYear()}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

/** All days from the first to the last; none where the last comes first. */
export function daysBetween(first: string, last: string): readonly string[] {
  return steps(numberOf(first), numberOf(last), 1);
}

/** All ISO weeks from that of the first day to that of the last. */
export function weeksBetween(first: string, last: string): readonly Week[] {
  const mondays = steps(mondayOf(numberOf(first)), numberOf(last), 7);
  return mondays.map((monday) => weekOf(monday));
}

/** The ISO 8601 week of a day: it begins on Monday and belongs to the year of its Thursday. */
export function weekOf(day: string): Week {
  const monday = mondayOf(numberOf(day));
  const thursday = dayNamed(monday + 3);
  const year = thursday.slice(0, 4);
  const weeks = Math.floor((monday + 3 - numberOf(`${year}-01-01`)) / 7) + 1;
  return { week: `${year}-W${String(weeks).padStart(2, '0')}`, monday: dayNamed(monday) };
}

/** The day by UTC of a time in milliseconds since 1970: counters go by it. */
export function utcDay(time: number): string {
  return dayNamed(Math.floor(time / DAY_MS));
}

function steps(first: number, last: number, by: number): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day += by) days.push(dayNamed(day));
  return days;
}

/** Days since 1970. */
function numberOf(day: string): number {
  return Date.parse(day) / DAY_MS;
}

function dayNamed(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** 1 January 1970 was a Thursday. */
function mondayOf(number: number): number {
  return number - ((((number + 3) % 7) + 7) % 7);
}
