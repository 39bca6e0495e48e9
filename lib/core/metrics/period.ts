/** A span of time, in milliseconds since 1970: `from` belongs to it, `to` does not. Open where undefined. */
export interface Period {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Whether a time, in milliseconds since 1970, belongs to a period. */
export function isWithin(time: number, { from, to }: Period): boolean {
  return (from === undefined || time >= from) && (to === undefined || time < to);
}

/** A period as people choose it; `own` is from one day (`YYYY-MM-DD`) to another, both belong to it, '' leaves it open. */
export type PeriodChoice =
  | { readonly kind: 'all' | '30-days' | '90-days' | 'year' }
  | { readonly kind: 'own'; readonly first: string; readonly last: string };

/** The words of the choices, in their order. */
export const PERIODS: Readonly<Record<PeriodChoice['kind'], string>> = {
  '30-days': 'Last 30 days',
  '90-days': 'Last 90 days',
  year: 'This year',
  all: 'All time',
  own: 'Own dates',
};

/**
 * The period that is meant, by the local calendar; undefined where the first day comes after the last. `now` in
 * milliseconds since 1970.
 */
export function periodOf(choice: PeriodChoice, now: number): Period | undefined {
  const today = new Date(now);
  const daysAgo = (days: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - days).getTime();
  switch (choice.kind) {
    case 'all':
      return {};
    case '30-days':
      return { from: daysAgo(29) };
    case '90-days':
      return { from: daysAgo(89) };
    case 'year':
      return { from: new Date(today.getFullYear(), 0, 1).getTime() };
    case 'own':
      return ownPeriod(choice.first, choice.last);
  }
}

function ownPeriod(first: string, last: string): Period | undefined {
  const [from, to] = [dayStart(first, 0), dayStart(last, 1)];
  if (from !== undefined && to !== undefined && from >= to) return undefined;
  return { from, to };
}

/** The local midnight with which a day begins, or so many days later; undefined where it names no day. */
function dayStart(day: string, later: number): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(date) + later).getTime();
}
