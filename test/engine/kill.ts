import type { Random } from './random.ts';

/** Where a worker can die: the 13 points of the reliability notes (A8). */
export const KILL_POINTS = [
  'before-intent',
  'after-intent',
  'sent-not-applied',
  'applied-no-response',
  'response-not-journaled',
  'journaled',
  'master-read',
  'patched-no-response',
  'before-verify',
  'arming',
  'limit-wait',
  'loading',
  'event',
] as const;

/** One of them. */
export type KillPoint = (typeof KILL_POINTS)[number];

/** The death of a worker: nothing after it runs. The product never catches it. */
export class KillSignal extends Error {
  readonly point: KillPoint;
  constructor(point: KillPoint) {
    super(`killed at ${point}`);
    this.point = point;
  }
}

/** Decides at each point whether the worker dies there. */
export interface Killer {
  readonly kills: () => number;
  pass(point: KillPoint): void;
}

/** Never kills. */
export function createPeace(): Killer {
  return { kills: () => 0, pass: () => {} };
}

/** Kills once: at the n-th passage (from 0) of one point. */
export function createAssassin(point: KillPoint, nth: number): Killer {
  let passages = 0;
  let kills = 0;
  return {
    kills: () => kills,
    pass(at) {
      if (at !== point || passages++ !== nth) return;
      kills++;
      throw new KillSignal(at);
    },
  };
}

/** Kills at any point with a probability, at most a number of times. */
export function createPlague(random: Random, probability: number, most: number): Killer {
  let kills = 0;
  return {
    kills: () => kills,
    pass(at) {
      if (kills >= most || !random.chance(probability)) return;
      kills++;
      throw new KillSignal(at);
    },
  };
}
