import type { Timing } from '../settings/settings.ts';

/** GitHub's patience with one account as a schedule. Persisted, and shared by all jobs of the account. */
export interface Pace {
  /** Least time between two creations right now, in milliseconds; raised by limits, never below the set gap. */
  readonly gapMs: number;
  /** When content was created within the last hour, oldest first, in milliseconds since 1970. */
  readonly recent: readonly number[];
  /** Creations in a row since the gap last changed. */
  readonly successes: number;
  /** Limits in a row. */
  readonly limits: number;
  /** Until when nothing at all is asked of GitHub. */
  readonly limitedUntil: number;
}

/** The pace of each account (`accountKey`): what GitHub asked it to wait concerns all that is asked under it. */
export interface PaceStore {
  load(account: string): Promise<Pace | undefined>;
  /** Changes it as it is in the same transaction, and answers it afterwards. */
  change(account: string, change: (pace: Pace | undefined) => Pace): Promise<Pace>;
}

/** Creations allowed in a minute and in an hour: GitHub documents 80 and 500, web pages included (reliability notes, C6, C7). */
const PER_MINUTE = 60;
const PER_HOUR = 450;

const LONGEST_GAP = 8_000;
const RECOVERY_AFTER = 20;
const LONGEST_LIMIT = 2 * 3_600_000;

/** The pace of an account that never wrote. */
export const FRESH_PACE: Pace = { gapMs: 0, recent: [], successes: 0, limits: 0, limitedUntil: 0 };

/** The end of a limit, in milliseconds since 1970; 0 when there is none. */
export function limitEnd(pace: Pick<Pace, 'limitedUntil'>, now: number): number {
  // Further ahead than any limit lasts: the clock was set back.
  return pace.limitedUntil > now + LONGEST_LIMIT ? 0 : pace.limitedUntil;
}

/** The earliest time, in milliseconds since 1970, at which the next creation may be sent. */
export function nextCreationAt(pace: Pace, gap: number, now: number, timing: Timing): number {
  // A clock that was set back leaves times in the future: they count as just now.
  const recent = pace.recent.map((time) => Math.min(time, now));
  const last = recent.at(-1);
  return Math.max(
    limitEnd(pace, now),
    last === undefined ? 0 : last + Math.max(gap, pace.gapMs),
    windowFreeAt(recent, PER_MINUTE, minuteMs(timing)),
    windowFreeAt(recent, PER_HOUR, hourMs(timing)),
  );
}

/** Counts a creation that is about to be sent: also one whose outcome will never be known. */
export function countCreation(pace: Pace, now: number, timing: Timing): Pace {
  const recent = pace.recent
    .map((time) => Math.min(time, now))
    .filter((time) => time > now - hourMs(timing));
  return { ...pace, recent: [...recent, now] };
}

/** After a success the limits are forgotten; the gap shrinks by a tenth per 20 successes. */
export function easePace(pace: Pace, gap: number): Pace {
  const successes = pace.successes + 1;
  if (successes < RECOVERY_AFTER) return { ...pace, successes, limits: 0 };
  const gapMs = pace.gapMs * 0.9;
  return { ...pace, successes: 0, limits: 0, gapMs: gapMs <= gap ? 0 : gapMs };
}

/** After something else than a creation went well, a limit weighs less; the gap stays. */
export function relaxPace(pace: Pace): Pace {
  return pace.limits === 0 ? pace : { ...pace, limits: pace.limits - 1 };
}

/** After a limit of a run: as after any, and twice the gap. */
export function slowPace(
  pace: Pace,
  gap: number,
  retryAt: number | undefined,
  now: number,
  timing: Timing,
): Pace {
  return {
    ...limitPace(pace, retryAt, now, timing),
    gapMs: Math.min(Math.max(LONGEST_GAP, gap), Math.max(gap, pace.gapMs) * 2),
    successes: 0,
  };
}

/** After a limit: nothing is asked for as long as GitHub says, else for a minute, doubled each time in a row. */
export function limitPace(
  pace: Pace,
  retryAt: number | undefined,
  now: number,
  { limitWaitMs }: Pick<Timing, 'limitWaitMs'>,
): Pace {
  const wait = limitWaitMs * 2 ** Math.min(pace.limits, 6);
  const until = retryAt === undefined ? now + wait : retryAt;
  return {
    ...pace,
    limits: pace.limits + 1,
    // GitHub's times end within the hour: a clock that is wrong by a day must not stop the work for a day.
    limitedUntil: Math.min(Math.max(now, until), now + LONGEST_LIMIT),
  };
}

/**
 * What is stored of a pace after a step of a run: its own, but for a limit that another request of the account met during
 * the step.
 */
export function keepLimit(stored: Pace | undefined, next: Pace): Pace {
  const limitedUntil = Math.max(stored?.limitedUntil ?? 0, next.limitedUntil);
  return { ...next, limitedUntil };
}

/** When `count` more creations could be done under this pace, if nothing goes wrong; milliseconds since 1970. */
export function creationsDoneAt(
  pace: Pace,
  gap: number,
  count: number,
  now: number,
  timing: Timing,
): number {
  let state = pace;
  let at = now;
  for (let done = 0; done < count; done++) {
    at = Math.max(at, nextCreationAt(state, gap, at, timing));
    state = easePace(countCreation(state, at, timing), gap);
  }
  return at;
}

function windowFreeAt(recent: readonly number[], most: number, windowMs: number): number {
  const blocking = recent.at(-most);
  return blocking === undefined ? 0 : blocking + windowMs;
}

// Gaps below a second exist in tests only; the windows shrink with them, so that a test runs at its own pace.
function minuteMs(timing: Timing): number {
  return Math.min(60_000, 60 * timing.gapMs);
}

function hourMs(timing: Timing): number {
  return Math.min(3_600_000, 3_600 * timing.gapMs);
}
