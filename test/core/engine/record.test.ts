import { describe, expect, it } from 'vitest';
import type { Performed } from '../../../lib/core/engine/effect.ts';
import { adopt } from '../../../lib/core/engine/intent.ts';
import type { GenerateHeader } from '../../../lib/core/engine/job.ts';
import { record, recordEnd, resolve } from '../../../lib/core/engine/record.ts';
import { failure, succeed } from '../../../lib/core/failures.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { CHECKLIST, generation, NOW, ticking } from './build-jobs.ts';

const TIMING = DEFAULT_PREFERENCES.timing;

const ISSUE = { number: 101, url: 'https://github.com/octo/demo/issues/101' };
const ATTEMPT = { sentAt: NOW - 1_000, lookUps: 0, again: false };

describe('the end of a job', () => {
  const end = { kind: 'end', outcome: 'stopped', failure: undefined } as const;

  it('asks about a comment of unknown outcome', () => {
    const comment = { phase: 'uncertain', attempt: ATTEMPT } as const;
    const job = generation([{ phase: 'verified', issue: ISSUE, comment }]);
    expect(recordEnd(job, end, NOW).rows).toMatchObject([
      {
        phase: 'verified',
        comment: { phase: 'asked', failure: { code: 'still-unknown-comment' } },
      },
    ]);
  });

  it('asks about an issue of unknown outcome', () => {
    const job = generation([{ phase: 'uncertain', attempt: ATTEMPT }, { phase: 'verified' }]);
    expect(recordEnd(job, end, NOW).rows).toMatchObject([
      { phase: 'asked', failure: { code: 'unknown-outcome' } },
    ]);
  });
});

describe('a created issue', () => {
  function created(dropped: readonly string[]) {
    const draft = { title: '', body: '', labels: [], milestone: undefined, assignees: [] };
    const performed: Performed<'generate'> = {
      kind: 'create',
      effect: { kind: 'create', index: 0, draft },
      result: succeed({ ...ISSUE, dropped }),
      startedAt: NOW,
    };
    return record(generation([{ phase: 'intent' }]), performed, NOW, TIMING).rows?.[0];
  }

  it('keeps what GitHub dropped of it', () => {
    expect(created(['task', 'milestone'])).toMatchObject({
      phase: 'created',
      issue: ISSUE,
      dropped: ['task', 'milestone'],
    });
    expect(created([])?.dropped).toBe(undefined);
  });
});

describe('an intent that a killed worker left', () => {
  it('is an unknown outcome where an issue or a comment was created', () => {
    const comment = { phase: 'intent', attempt: ATTEMPT } as const;
    const job = generation([
      { phase: 'intent', attempt: ATTEMPT },
      { phase: 'linked', comment },
      {},
    ]);
    expect(adopt(job).rows).toMatchObject([
      { phase: 'uncertain', attempt: ATTEMPT },
      { phase: 'linked', comment: { phase: 'uncertain', attempt: ATTEMPT } },
    ]);
  });

  it('is done again where issues are changed', () => {
    expect(adopt(ticking(['intent', 'verified'])).rows).toMatchObject([{ phase: 'planned' }]);
  });
});

describe('a look at the checklist', () => {
  const looked = { observed: [], missed: [], logged: [], holder: undefined };

  function lookAfter(
    wrote: boolean,
    notice: ReturnType<typeof failure> | undefined,
    more: Partial<GenerateHeader> = {},
  ) {
    const waiting = { masterNotBefore: NOW, masterWait: 'look-up', recheck: true } as const;
    const failed = { failures: 3, notBefore: NOW, notice: failure('change-lost'), ...more };
    const job = generation([], { ...waiting, ...failed, claim: 'released', checkedAt: 1 });
    const performed: Performed<'generate'> = {
      kind: 'master',
      effect: { kind: 'master', purpose: 'check' },
      result: succeed({ ...looked, wrote, notice, claimEnteredAt: undefined, replaced: [] }),
      startedAt: NOW - 500,
    };
    return record(job, performed, NOW, TIMING).header;
  }

  it('lets everything continue that waited for GitHub to answer', () => {
    const header = lookAfter(false, undefined);
    expect(header).toMatchObject({ checkedAt: NOW, recheck: false, unverified: false });
    expect([header?.masterNotBefore, header?.masterWait]).toEqual([undefined, undefined]);
  });

  it('forgives reads that failed; of lost writes only a write that is confirmed says that they are over', () => {
    const failuresAfter = (writesLost: number, wrote: boolean) => {
      const header = lookAfter(wrote, undefined, { failures: 5, writesLost });
      return [header?.failures, header?.writesLost, header?.notBefore];
    };
    expect(failuresAfter(0, false)).toEqual([0, 0, undefined]);
    expect(failuresAfter(3, false)).toEqual([3, 3, undefined]);
    expect(failuresAfter(3, true)).toEqual([0, 0, undefined]);
  });

  it('that wrote is looked at again', () => {
    expect(lookAfter(true, undefined)?.unverified).toBe(true);
  });

  it('keeps what the user should hear of', () => {
    expect(lookAfter(false, undefined)?.notice?.code).toBe('change-lost');
    expect(lookAfter(false, failure('offline'))?.notice?.code).toBe('offline');
  });
});

describe('any answer', () => {
  it('ends the wait for a GitHub that could not be reached', () => {
    const job = generation([], { failures: 3, notBefore: NOW });
    const effect = { kind: 'look-up', creator: 'ada', since: 0 } as const;
    const performed = { kind: 'look-up', effect, result: succeed([]), startedAt: NOW } as const;
    const { header } = record(job, performed, NOW, TIMING);
    expect(header).toMatchObject({ failures: 0 });
    expect(header?.notBefore).toBeUndefined();
  });

  it('to a comment marks it as done', () => {
    const issue = { repo: CHECKLIST.repo, number: 101 };
    const effect = { kind: 'comment', index: 0, issue, body: '' } as const;
    const comment = { phase: 'intent', attempt: ATTEMPT } as const;
    const job = generation([{ phase: 'created', issue: ISSUE, comment }]);
    const performed = { kind: 'comment', effect, result: succeed(undefined) } as const;
    expect(record(job, { ...performed, startedAt: NOW }, NOW, TIMING).rows).toMatchObject([
      { phase: 'created', comment: { phase: 'done' } },
    ]);
  });
});

describe('a choice of the user', () => {
  const failed = { phase: 'failed', failure: failure('rejected') } as const;

  it('lets a job continue that had ended, as if nothing had kept it, with a look first', () => {
    const ended: Partial<GenerateHeader> = {
      endedAt: NOW,
      outcome: 'failed',
      failure: failure('archived'),
      hold: { failure: failure('bad-token'), at: NOW },
      notBefore: NOW,
      masterLost: failure('gone'),
    };
    const { header } = resolve(generation([failed], ended), [0], { kind: 'retry' });
    const { endedAt, outcome, failure: why, hold, masterLost, notBefore } = header ?? {};
    expect(header).toMatchObject({ claim: 'none', recheck: true });
    expect([endedAt, outcome, why, hold, masterLost, notBefore]).toEqual(Array(6).fill(undefined));
  });

  it('asks a job that is open for a look first, and leaves its claim', () => {
    const { header } = resolve(generation([failed]), [0], { kind: 'retry' });
    expect(header).toMatchObject({ claim: 'held', recheck: true });
  });

  it('to skip lets no ended job continue', () => {
    const { header } = resolve(generation([failed], { endedAt: NOW }), [0], { kind: 'skip' });
    expect(header).toBeUndefined();
  });
});
