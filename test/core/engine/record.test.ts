import { describe, expect, it } from 'vitest';
import type { Performed } from '../../../lib/core/engine/effect.ts';
import { adopt } from '../../../lib/core/engine/intent.ts';
import { record, recordEnd } from '../../../lib/core/engine/record.ts';
import { succeed } from '../../../lib/core/failures.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { generation, NOW, ticking } from './build-jobs.ts';

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
