import { describe, expect, it } from 'vitest';
import {
  countCreation,
  creationsDoneAt,
  easePace,
  FRESH_PACE,
  limitEnd,
  nextCreationAt,
  type Pace,
  relaxPace,
  slowPace,
} from '../../../lib/core/engine/pace.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';

const NOW = Date.UTC(2026, 10, 20);
const GAP = DEFAULT_PREFERENCES.timing.gapMs;

describe('the pace', () => {
  it('keeps the gap between two creations', () => {
    const pace = countCreation(FRESH_PACE, NOW, DEFAULT_PREFERENCES.timing);
    expect(nextCreationAt(pace, GAP, NOW + 100, DEFAULT_PREFERENCES.timing)).toBe(NOW + 1_000);
    expect(nextCreationAt(pace, 3_000, NOW + 100, DEFAULT_PREFERENCES.timing)).toBe(NOW + 3_000);
  });

  it('never creates more than 60 in any minute or 450 in any hour, however long it goes on', () => {
    const times = createAsFastAsAllowed(1_000);
    expect(mostWithin(times, 60_000)).toBe(60);
    expect(mostWithin(times, 3_600_000)).toBe(450);
  });

  it('counts the creations of the last minute, however close together they came', () => {
    const many = (count: number) => ({ ...FRESH_PACE, recent: Array(count).fill(NOW) });
    const next = (count: number) =>
      nextCreationAt(many(count), GAP, NOW + 10_000, DEFAULT_PREFERENCES.timing);
    expect(next(59)).toBe(NOW + 1_000);
    expect(next(60)).toBe(NOW + 60_000);
  });

  it('needs no more than the floor of a second each up to 450 creations', () => {
    const times = createAsFastAsAllowed(450);
    expect((times.at(-1) ?? 0) - NOW).toBe(449_000);
  });

  it('obeys the time that GitHub names, and doubles the gap', () => {
    const pace = slowPace(FRESH_PACE, GAP, NOW + 90_000, NOW, DEFAULT_PREFERENCES.timing);
    expect(pace).toMatchObject({ limitedUntil: NOW + 90_000, gapMs: 2_000 });
  });

  it('waits a minute without a named time, twice as long at each limit in a row', () => {
    const once = slowPace(FRESH_PACE, GAP, undefined, NOW, DEFAULT_PREFERENCES.timing);
    const twice = slowPace(once, GAP, undefined, NOW, DEFAULT_PREFERENCES.timing);
    const later = slowPace(easePace(twice, GAP), GAP, undefined, NOW, DEFAULT_PREFERENCES.timing);
    expect(once.limitedUntil - NOW).toBe(60_000);
    expect(twice.limitedUntil - NOW).toBe(120_000);
    expect(later.limitedUntil - NOW).toBe(60_000);
  });

  it('takes creations from before the clock was set back for creations just now', () => {
    const pace = { ...FRESH_PACE, recent: [NOW + 3_600_000] };
    expect(nextCreationAt(pace, GAP, NOW, DEFAULT_PREFERENCES.timing)).toBe(NOW + GAP);
  });

  it('does not forget all limits at one request that went well', () => {
    expect(relaxPace({ ...FRESH_PACE, limits: 3 }).limits).toBe(2);
    expect(relaxPace(FRESH_PACE).limits).toBe(0);
  });

  it('never raises the gap above eight seconds', () => {
    let pace: Pace = FRESH_PACE;
    for (let limits = 0; limits < 9; limits++) {
      pace = slowPace(pace, GAP, undefined, NOW, DEFAULT_PREFERENCES.timing);
    }
    expect(pace.gapMs).toBe(8_000);
  });

  it('recovers by a tenth per 20 successes, down to the chosen gap', () => {
    let pace = slowPace(FRESH_PACE, GAP, undefined, NOW, DEFAULT_PREFERENCES.timing);
    for (let successes = 0; successes < 20; successes++) pace = easePace(pace, GAP);
    expect(pace.gapMs).toBe(1_800);
    for (let successes = 0; successes < 200; successes++) pace = easePace(pace, GAP);
    expect(
      nextCreationAt(
        countCreation(pace, NOW, DEFAULT_PREFERENCES.timing),
        GAP,
        NOW,
        DEFAULT_PREFERENCES.timing,
      ),
    ).toBe(Math.max(NOW + 1_000, pace.limitedUntil));
  });

  it('waits no longer than the gap when the clock was set back by an hour', () => {
    const pace = countCreation(FRESH_PACE, NOW + 3_600_000, DEFAULT_PREFERENCES.timing);
    expect(nextCreationAt(pace, GAP, NOW, DEFAULT_PREFERENCES.timing)).toBe(NOW + 1_000);
  });

  it('counts creations of a clock that was ahead as just now, and keeps no time of the future', () => {
    const ahead = countCreation(FRESH_PACE, NOW + 3_600_000, DEFAULT_PREFERENCES.timing);
    expect(countCreation(ahead, NOW, DEFAULT_PREFERENCES.timing).recent).toEqual([NOW, NOW]);
  });

  it('lets a limit weigh one less after anything else that went well', () => {
    const limited = { ...FRESH_PACE, limits: 2, gapMs: 4_000 };
    expect(relaxPace(limited)).toEqual({ ...limited, limits: 1 });
    expect(relaxPace(FRESH_PACE)).toEqual(FRESH_PACE);
  });

  it('forgets a limit that lies a day ahead because the clock was set back', () => {
    const pace = slowPace(FRESH_PACE, GAP, undefined, NOW + 86_400_000, DEFAULT_PREFERENCES.timing);
    expect(limitEnd(pace, NOW)).toBe(0);
    expect(limitEnd(pace, NOW + 86_400_000)).toBe(NOW + 86_400_000 + 60_000);
  });

  it('tells when a number of creations will be done', () => {
    expect(creationsDoneAt(FRESH_PACE, GAP, 100, NOW, DEFAULT_PREFERENCES.timing)).toBe(
      NOW + 99_000,
    );
    expect(creationsDoneAt(FRESH_PACE, GAP, 451, NOW, DEFAULT_PREFERENCES.timing)).toBe(
      NOW + 3_600_000,
    );
  });
});

function createAsFastAsAllowed(count: number): readonly number[] {
  const times: number[] = [];
  let pace = FRESH_PACE;
  let now = NOW;
  while (times.length < count) {
    now = Math.max(now, nextCreationAt(pace, GAP, now, DEFAULT_PREFERENCES.timing));
    pace = easePace(countCreation(pace, now, DEFAULT_PREFERENCES.timing), GAP);
    times.push(now);
  }
  return times;
}

function mostWithin(times: readonly number[], windowMs: number): number {
  const counts = times.map(
    (start) => times.filter((time) => time >= start && time < start + windowMs).length,
  );
  return Math.max(...counts);
}
