import { describe, expect, it } from 'vitest';
import { KILL_POINTS } from './kill.ts';
import { changeInPeace, countChangePassages, killChangeRun } from './kill-change.ts';
import { KILLED_ITEMS, killOnce } from './kill-run.ts';

/** A sample of the items; `npm run torture` kills at every one of the 25. */
const STEP = 6;

describe('a worker that dies once', () => {
  it.each(KILL_POINTS)('at "%s", doubles, loses and mislinks nothing', async (point) => {
    for (let item = 0; item < KILLED_ITEMS; item += STEP) {
      expect({ item, ...(await killOnce(point, item)) }).toEqual({
        item,
        kills: 1,
        surplus: 0,
        duplicates: 0,
        missing: 0,
        wrongLinks: 0,
        damaged: false,
      });
    }
  });
});

describe('a worker that dies once over a change run', () => {
  it.each(KILL_POINTS)('at "%s", leaves the same issues, text and log', async (point) => {
    const end = await changeInPeace();
    const passages = await countChangePassages(point);
    expect(passages).toBeGreaterThan(0);
    for (let nth = 0; nth < passages; nth++) {
      expect({ nth, ...(await killChangeRun(point, nth)) }).toEqual({ nth, kills: 1, end });
    }
  });
});
