import { describe, expect, it } from 'vitest';
import type { Job, JobControl } from '../../../lib/core/engine/job.ts';
import { nextEffect } from '../../../lib/core/engine/next.ts';
import { FRESH_PACE } from '../../../lib/core/engine/pace.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { generation, NOW, ticking } from './build-jobs.ts';

const TIMING = DEFAULT_PREFERENCES.timing;

function next(job: Job, action: JobControl['action'] = 'run') {
  return nextEffect(job, { action, at: NOW }, FRESH_PACE, NOW, TIMING);
}

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
