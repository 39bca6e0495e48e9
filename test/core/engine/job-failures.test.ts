import { describe, expect, it } from 'vitest';
import type { EffectOf } from '../../../lib/core/engine/effect.ts';
import type { GenerateHeader, GenerateRow, JobChange } from '../../../lib/core/engine/job.ts';
import { recordFailure } from '../../../lib/core/engine/job-failures.ts';
import { type FailureCode, failure } from '../../../lib/core/failures.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { generation, NOW, REPO, ticking } from './build-jobs.ts';

const { timing } = DEFAULT_PREFERENCES;
const [FIRST_LOOK = 0] = timing.lookUpAfterMs;
const ATTEMPT = { sentAt: NOW, lookUps: 0, again: false };
const ISSUE = { number: 7, url: 'https://github.com/octo/demo/issues/7' };
const SENT: Partial<GenerateRow> = { phase: 'intent', attempt: ATTEMPT };
const LINKS = { kind: 'master', purpose: 'links' } as const;
const LIST = { kind: 'look-up', creator: 'ada', since: NOW } as const;

describe('an issue whose creation failed', () => {
  it.each<FailureCode>(['unknown-outcome', 'offline', 'server-error'])(
    'is of unknown outcome after "%s", and GitHub must be seen before the next',
    (code) => {
      expect(creating(code)).toMatchObject({
        header: { recheck: true },
        rows: [{ phase: 'uncertain', attempt: ATTEMPT }],
      });
    },
  );

  it('is followed by a read at once, and after another failure by a wait', () => {
    expect(creating('unknown-outcome').header).toMatchObject({ failures: 1, writesLost: 1 });
    expect(creating('unknown-outcome').header?.notBefore).toBeUndefined();
    const second = creating('unknown-outcome', { failures: 1, writesLost: 1 }).header;
    expect(second).toMatchObject({ failures: 2, writesLost: 2, notBefore: NOW + 30_000 });
  });

  it('is planned again after a limit, and nothing else changes', () => {
    const { header, rows } = creating('rate-limited');
    expect(header).toBeUndefined();
    expect(rows).toMatchObject([{ phase: 'planned' }]);
  });

  it('is planned again while the user must sign in', () => {
    expect(creating('bad-token')).toMatchObject({
      header: { hold: { failure: { code: 'bad-token' }, at: NOW } },
      rows: [{ phase: 'planned' }],
    });
  });

  it('is planned again where the repository takes none, and the run ends', () => {
    const change = creating('archived');
    expect(change).toMatchObject({
      header: { failure: { code: 'archived' } },
      rows: [{ phase: 'planned' }],
    });
    expect(change.header?.masterLost).toBeUndefined();
  });

  it('fails alone where GitHub refused it', () => {
    const { header, rows } = creating('rejected');
    expect(header).toBeUndefined();
    expect(rows).toMatchObject([{ phase: 'failed', failure: { code: 'rejected' } }]);
  });

  it('ends the run also by what would be about one issue', () => {
    expect(creating('locked')).toMatchObject({ header: { failure: { code: 'locked' } } });
  });

  it('leaves the first reason why the run ends', () => {
    const change = creating('archived', { failure: failure('claimed') });
    expect(change.header?.failure?.code).toBe('claimed');
  });

  function creating(code: FailureCode, header: Partial<GenerateHeader> = {}) {
    const draft = { title: '', body: '', labels: [], milestone: undefined, assignees: [] };
    const create = { kind: 'create', index: 0, draft } as const;
    const job = generation([SENT, {}], header);
    return recordFailure(job, create, failure(code), NOW, timing);
  }
});

describe('a comment that failed', () => {
  const comment = { phase: 'intent', attempt: ATTEMPT } as const;
  const job = generation([{ phase: 'created', issue: ISSUE, comment }]);
  const effect = { kind: 'comment', index: 0, issue: { repo: REPO, number: 7 }, body: '' } as const;

  it('is of unknown outcome where nobody knows, and its issue stays created', () => {
    const change = recordFailure(job, effect, failure('unknown-outcome'), NOW, timing);
    expect(change).toMatchObject({
      header: { recheck: true },
      rows: [{ phase: 'created', comment: { phase: 'uncertain', attempt: ATTEMPT } }],
    });
  });

  it('on a locked issue fails alone', () => {
    const change = recordFailure(job, effect, failure('locked'), NOW, timing);
    expect(change.header).toBeUndefined();
    expect(change.rows).toMatchObject([{ comment: { phase: 'failed' } }]);
  });
});

describe('a write of the checklist that failed', () => {
  it('is not followed by another before it can no longer arrive', () => {
    expect(asking(LINKS, 'unknown-outcome').header).toMatchObject({
      masterNotBefore: NOW + FIRST_LOOK,
      masterWait: 'look-up',
      recheck: true,
    });
  });

  it('waits for an open editor, and nothing else does', () => {
    const { header } = asking(LINKS, 'editor-open');
    expect(header).toMatchObject({ masterWait: 'editor', masterNotBefore: NOW + 5_000 });
    expect(header?.notBefore).toBeUndefined();
  });

  it('leaves a run with issues waiting for the right, and takes back why it was to end', () => {
    const made = [{ phase: 'created', issue: ISSUE } as const, {}];
    const headerAfter = (header: Partial<GenerateHeader>, code: FailureCode = 'archived') =>
      recordFailure(generation(made, header), LINKS, failure(code), NOW, timing).header;
    const hold = { failure: { code: 'archived' }, at: NOW, since: NOW };
    expect(headerAfter({})).toMatchObject({ hold, writableAt: undefined });
    const before = { hold: { failure: failure('locked'), at: NOW - 5, since: NOW - 9 } };
    expect(headerAfter(before)).toMatchObject({ hold: { ...hold, since: NOW - 9 } });
    expect(headerAfter({ failure: failure('archived') })?.failure).toBeUndefined();
    expect(headerAfter({ failure: failure('claimed') })?.hold).toBeUndefined();
    expect(headerAfter({}, 'gone')?.hold).toBeUndefined();
    expect(headerAfter({}, 'transferred')?.hold?.failure.action).toContain('undo it before');
  });

  it('for good ends the run without its links', () => {
    expect(asking(LINKS, 'cannot-edit-master').header).toMatchObject({
      failure: { code: 'cannot-edit-master' },
      masterLost: { code: 'cannot-edit-master' },
    });
  });
});

describe('a list that failed', () => {
  it('is no answer about any row', () => {
    expect(asking(LIST, 'server-error').rows ?? []).toEqual([]);
  });

  it('is waited for longer each time: an outage by the schedule of look-ups, up to five minutes', () => {
    const waits = [0, 1, 2, 3, 20].map((failures) => {
      const { header } = asking(LIST, 'offline', { failures });
      expect(header).toMatchObject({ failures: failures + 1, failedAt: NOW });
      return (header?.notBefore ?? 0) - NOW;
    });
    expect(waits).toEqual([1_000, 30_000, 120_000, 300_000, 300_000]);
  });

  it('that is refused ends the run', () => {
    const { header } = asking(LIST, 'rejected');
    expect(header?.failure?.code).toBe('rejected');
    expect(header?.masterLost).toBeUndefined();
  });
});

describe('a change of issues of unknown outcome', () => {
  it('is made again only when it can no longer arrive', () => {
    const effect = { kind: 'change', index: 0, changes: [] } as const;
    const job = ticking(['intent']);
    expect(recordFailure(job, effect, failure('unknown-outcome'), NOW, timing)).toMatchObject({
      header: { notBefore: NOW + FIRST_LOOK },
      rows: [{ phase: 'planned' }],
    });
    expect(recordFailure(job, effect, failure('offline'), NOW, timing)).toMatchObject({
      header: { notBefore: NOW + timing.gapMs },
    });
  });
});

function asking(
  effect: EffectOf<'master' | 'look-up'>,
  code: FailureCode,
  header: Partial<GenerateHeader> = {},
): JobChange<'generate'> {
  return recordFailure(generation([SENT], header), effect, failure(code), NOW, timing);
}
