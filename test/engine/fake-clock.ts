import type { Clock } from '../../lib/ports.ts';

/** A clock that only moves when somebody waits or a request takes its time. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
  /** Somebody sets it back. */
  turnBack(ms: number): void;
  /** Moves on to a time; never back. */
  reach(time: number): void;
}

/** Starts at a time in milliseconds since 1970. */
export function createFakeClock(start = Date.UTC(2026, 10, 20, 12)): FakeClock {
  let time = start;
  const clock: FakeClock = {
    now: () => time,
    advance: (ms) => {
      time += Math.max(0, ms);
    },
    turnBack: (ms) => {
      time -= ms;
    },
    reach: (until) => {
      time = Math.max(time, until);
    },
    sleep: async (ms) => clock.advance(Math.max(1, ms)),
  };
  return clock;
}
