import {
  FRESH_PACE,
  limitEnd,
  limitPace,
  type Pace,
  type PaceStore,
  relaxPace,
} from '../core/engine/pace.ts';

/** Whether GitHub may be asked under one account now: a limit that one request meets is one of all, reads and writes. */
export interface Gate {
  /** Until when nothing is asked, in milliseconds since 1970; undefined where it may be asked now. */
  closedUntil(): Promise<number | undefined>;
  /** GitHub asked to wait, until `retryAt` (milliseconds since 1970) where it named a time. Answers until when nothing is asked. */
  close(retryAt: number | undefined): Promise<number>;
  /** GitHub did what was asked: a limit weighs less. */
  answered(): Promise<void>;
}

/** What the gates of all accounts depend on. */
export interface GateContext {
  /** Outlives the worker. */
  readonly paces: PaceStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A gate was closed. Must not throw. */
  readonly onClose: () => void;
}

/** Gives the gate of an account (`accountKey`); all that ask under it must ask through one of these. `limitWaitMs` is waited where GitHub names no time. */
export type Gates = (account: string, limitWaitMs: number) => Gate;

/** The gates of one worker. */
export function createGates({ paces, now, onClose }: GateContext): Gates {
  // Known at once to whoever asks meanwhile, while it is being stored; and where nothing can be stored.
  const closed = new Map<string, number>();
  const limits = new Map<string, number>();
  const endOf = (account: string, stored?: Pace) => {
    const time = now();
    const ends = [stored?.limitedUntil, closed.get(account)].map((limitedUntil = 0) =>
      limitEnd({ limitedUntil }, time),
    );
    const end = Math.max(...ends);
    return end > time ? end : undefined;
  };
  const change = async (account: string, next: (pace: Pace) => Pace): Promise<Pace | undefined> => {
    const changed = await quietly(paces.change(account, (pace) => next(pace ?? FRESH_PACE)));
    limits.set(account, changed?.limits ?? 0);
    return changed;
  };

  return (account, limitWaitMs) => ({
    closedUntil: async () => {
      const known = endOf(account);
      if (known !== undefined) return known;
      // Another worker may have met the limit.
      const stored = await quietly(paces.load(account));
      limits.set(account, stored?.limits ?? 0);
      return endOf(account, stored);
    },
    close: async (retryAt) => {
      const at = now();
      const soonest = limitPace(FRESH_PACE, retryAt, at, { limitWaitMs }).limitedUntil;
      closed.set(account, Math.max(endOf(account) ?? 0, soonest));
      const changed = await change(account, (pace) => closedPace(pace, retryAt, at, limitWaitMs));
      const end = Math.max(closed.get(account) ?? 0, changed?.limitedUntil ?? 0);
      closed.set(account, end);
      onClose();
      return end;
    },
    answered: async () => {
      if ((limits.get(account) ?? 0) > 0) await change(account, relaxPace);
    },
  });
}

/** Requests that were under way together meet one limit: the longest wait holds, and they count as one. */
function closedPace(
  pace: Pace,
  retryAt: number | undefined,
  now: number,
  limitWaitMs: number,
): Pace {
  const end = limitEnd(pace, now);
  if (end <= now) return limitPace(pace, retryAt, now, { limitWaitMs });
  const before = { ...pace, limits: Math.max(0, pace.limits - 1) };
  const next = limitPace(before, retryAt, now, { limitWaitMs });
  return { ...next, limitedUntil: Math.max(end, next.limitedUntil) };
}

/** A storage that fails must not stop a request, nor hide how GitHub answered it. */
async function quietly<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work;
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
