import { describe, expect, it } from 'vitest';
import type { Job, JobControl } from '../../../lib/core/engine/job.ts';
import { nextEffect } from '../../../lib/core/engine/next.ts';
import { FRESH_PACE, type Pace } from '../../../lib/core/engine/pace.ts';
import { failure } from '../../../lib/core/failures.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { generation, NOW, ticking } from './build-jobs.ts';

const TIMING = DEFAULT_PREFERENCES.timing;

function next(
  job: Job,
  action: JobControl['action'] = 'run',
  pace: Pace = FRESH_PACE,
  at: number = NOW,
) {
  return nextEffect(job, { action, at }, pace, NOW, TIMING);
}

describe('nothing is sent', () => {
  it('of a job that has ended', () => {
    expect(next(generation([{}], { endedAt: NOW }))).toEqual({ kind: 'none' });
  });

  it('before the end of a limit, also to write links', () => {
    const pace = { ...FRESH_PACE, limitedUntil: NOW + 60_000 };
    const wait = { kind: 'wait', until: NOW + 60_000, why: 'limit' };
    expect(next(generation([{}]), 'run', pace)).toEqual(wait);
    expect(next(generation([{ phase: 'created' }]), 'stop', pace)).toEqual(wait);
  });

  it('while GitHub could not be reached just now', () => {
    const offline = { notBefore: NOW + 1_000 };
    const wait = { kind: 'wait', until: NOW + 1_000, why: 'offline' };
    expect(next(generation([{}], offline))).toEqual(wait);
  });

  it('after an outage began, unless the user did something since', () => {
    const outage = { notBefore: NOW + 60_000, failedAt: NOW };
    expect(next(generation([{}], outage))).toMatchObject({ kind: 'wait', why: 'offline' });
    const hurried = { ...outage, failedAt: NOW - 1 };
    expect(next(generation([{}], hurried))).toMatchObject({ kind: 'create' });
  });
});

describe('a job that waits for the user to sign in', () => {
  const hold = (at: number) => ({ hold: { failure: failure('bad-token'), at } });

  it('continues only when the user says so afterwards', () => {
    expect(next(generation([{}], hold(NOW)))).toEqual({ kind: 'none' });
    expect(next(generation([{}], hold(NOW - 1)), 'pause')).toEqual({ kind: 'none' });
    expect(next(generation([{}], hold(NOW - 1)))).toMatchObject({ kind: 'create' });
  });

  it('ends at once when the user stops it, and says why', () => {
    expect(next(generation([{ phase: 'created' }, {}], hold(NOW - 1)), 'stop')).toMatchObject({
      kind: 'end',
      outcome: 'stopped',
      failure: { code: 'bad-token' },
    });
  });
});

describe('a job whose right to write the checklist is missing', () => {
  const missing = (minutes: number, asked: number) => {
    const since = NOW - minutes * 60_000;
    return { hold: { failure: failure('locked'), since, at: NOW - asked } };
  };
  const tryAt = (minutes: number) => {
    const wait = next(generation([{}], missing(minutes, 0)), 'run', FRESH_PACE, NOW - 1);
    return wait.kind === 'wait' ? wait.until - NOW : undefined;
  };

  it('waits five minutes, then as long as it has been missing, an hour at most', () => {
    expect([0, 4, 20, 300].map(tryAt)).toEqual([300_000, 300_000, 1_200_000, 3_600_000]);
    expect(next(generation([{}], missing(0, 0)), 'run', FRESH_PACE, NOW - 1)).toMatchObject({
      why: 'rights',
    });
  });

  it('tries the links that are owed, else only asks, and creates nothing before', () => {
    const due = missing(5, 300_000);
    expect(next(generation([{}], due))).toEqual({ kind: 'rights' });
    const owed = generation([{ phase: 'created' }, {}], due);
    expect(next(owed)).toEqual({ kind: 'master', purpose: 'links' });
  });

  it('tries at once when the user resumes it, and nothing while it is paused', () => {
    const asked = missing(0, 1);
    expect(next(generation([{}], asked))).toEqual({ kind: 'rights' });
    expect(next(generation([{}], asked), 'pause')).toEqual({ kind: 'none' });
    expect(next(generation([{}], asked), 'stop')).toMatchObject({
      kind: 'end',
      failure: { code: 'locked' },
    });
  });

  it('is asked about before a creation that no write of the last minute covers', () => {
    const effectAt = (writableAt: number | undefined) => next(generation([{}], { writableAt }));
    expect(effectAt(undefined)).toEqual({ kind: 'rights' });
    expect(effectAt(NOW - 60_001)).toEqual({ kind: 'rights' });
    expect(effectAt(NOW - 60_000)).toMatchObject({ kind: 'create' });
    // The clock was set back: nobody knows how old that is.
    expect(effectAt(NOW + 1)).toEqual({ kind: 'rights' });
  });
});

describe('after an unknown outcome', () => {
  const soon = NOW + 5_000;

  it('nothing is created before GitHub was seen to answer', () => {
    const waiting = { recheck: true, masterWait: 'look-up', masterNotBefore: soon } as const;
    expect(next(generation([{}], waiting))).toEqual({ kind: 'wait', until: soon, why: 'look-up' });
    const over = { recheck: true, masterWait: 'look-up', masterNotBefore: NOW - 1 } as const;
    expect(next(generation([{}], over))).toEqual({ kind: 'master', purpose: 'check' });
  });

  it('an open editor keeps nobody from creating', () => {
    const editor = { recheck: true, masterWait: 'editor', masterNotBefore: soon } as const;
    expect(next(generation([{}], editor))).toMatchObject({ kind: 'create', index: 0 });
  });

  it('a wait that was set before the clock was set back is none', () => {
    const far = { masterWait: 'look-up', masterNotBefore: NOW + 3_600_000 } as const;
    expect(next(generation([{ phase: 'linked' }], { ...far, claim: 'released' }))).toEqual({
      kind: 'master',
      purpose: 'check',
    });
  });
});

describe('a job that the user stops', () => {
  it('is stopped where an item is still planned, or its text is not written', () => {
    const released = { claim: 'released' } as const;
    expect(next(generation([{ phase: 'verified' }, {}], released), 'stop')).toMatchObject({
      outcome: 'stopped',
    });
    expect(next(ticking(['verified', 'changed']), 'stop')).toMatchObject({ outcome: 'stopped' });
  });

  it('is done where nothing was left', () => {
    const released = { claim: 'released' } as const;
    expect(next(generation([{ phase: 'verified' }], released), 'stop')).toMatchObject({
      outcome: 'done',
    });
    expect(next(ticking(['verified', 'skipped']), 'stop')).toMatchObject({ outcome: 'done' });
  });
});
