/** Least and most of a number, both allowed. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Whole minutes between two checks of the tracked checklists. */
export const POLL_MINUTES: Bounds = { least: 1, most: 60 };

/** The full hours of a day. */
export const HOURS: Bounds = { least: 0, most: 23 };

/** The waits that people may set, in seconds (stored in milliseconds): GitHub's limits with a margin, and what browsers allow. */
export const WAIT_SECONDS = {
  gapMs: { least: 1, most: 60 },
  carefulGapMs: { least: 1, most: 60 },
  claimSettleMs: { least: 5, most: 120 },
  recoverAfterMs: { least: 600, most: 86_400 },
  writeGapMs: { least: 120, most: 3_600 },
  requestTimeoutMs: { least: 11, most: 20 },
} as const satisfies Readonly<Record<string, Bounds>>;

/** The waits that people may set. The others are not settings: only tests change them. */
export type WaitName = keyof typeof WAIT_SECONDS;
