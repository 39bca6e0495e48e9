import { describe, expect, it } from 'vitest';
import type { Claim, ClaimedRun } from '../../../lib/core/engine/claim.ts';
import type { MasterPurpose, Performed } from '../../../lib/core/engine/effect.ts';
import { begin, withdraw } from '../../../lib/core/engine/intent.ts';
import type {
  GenerateHeader,
  GenerateRow,
  Job,
  JobControl,
  RowComment,
} from '../../../lib/core/engine/job.ts';
import type { RowResolution } from '../../../lib/core/engine/job-status.ts';
import { GENERATE } from '../../../lib/core/engine/kinds/generate.ts';
import { nextEffect } from '../../../lib/core/engine/next.ts';
import { FRESH_PACE, type Pace } from '../../../lib/core/engine/pace.ts';
import { record, resolve } from '../../../lib/core/engine/record.ts';
import { failure, succeed } from '../../../lib/core/failures.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { generation, NOW, REPO, RUN } from './build-jobs.ts';

const { timing } = DEFAULT_PREFERENCES;
const [FIRST_LOOK = 0] = timing.lookUpAfterMs;
const ATTEMPT = { sentAt: NOW, lookUps: 0, again: false };
const ISSUE = { number: 7, url: 'https://github.com/octo/demo/issues/7' };
const UNKNOWN: Partial<GenerateRow> = { phase: 'uncertain', attempt: ATTEMPT };
const CREATED: Partial<GenerateRow> = { phase: 'created', issue: ISSUE };
const VERIFIED: Partial<GenerateRow> = { phase: 'verified', issue: ISSUE };
const LINKS = { kind: 'master', purpose: 'links' };
const CHECK = { kind: 'master', purpose: 'check' };
const FINISH = { kind: 'master', purpose: 'finish' };

describe('what a generation does next', () => {
  it('is its claim, then a pause in which others may claim, then a look whose claim counts', () => {
    expect(next(generation([{}], { claim: 'none' }))).toEqual({ kind: 'master', purpose: 'claim' });
    const written = generation([{}], { claim: 'written', claimedAt: NOW });
    const settled = NOW + timing.claimSettleMs;
    expect(next(written)).toEqual({ kind: 'wait', until: settled, why: 'claim' });
    expect(next(written, { now: settled })).toEqual(CHECK);
  });

  it('waits no longer for its claim after the clock was set back', () => {
    const ahead = generation([{}], { claim: 'written', claimedAt: NOW + 86_400_000 });
    expect(next(ahead)).toMatchObject({ kind: 'wait', until: NOW + timing.claimSettleMs });
  });

  it('is the labels, then the milestone, then the issues with its number', () => {
    const { options } = generation([]).header;
    const wanted = { ...options, milestone: 'Next' };
    const first = generation([{}], { options: { ...wanted, missingLabels: ['one', 'two'] } });
    expect(next(first)).toEqual({ kind: 'label', name: 'one' });
    const second = generation([{}], { options: wanted });
    expect(next(second)).toEqual({ kind: 'milestone', title: 'Next' });
    expect(next({ ...second, header: { ...second.header, milestoneNumber: 3 } })).toMatchObject({
      kind: 'create',
      draft: { milestone: 3 },
    });
  });

  it('asks for no label twice, and keeps the number of the milestone', () => {
    const { options } = generation([]).header;
    const job = generation([{}], { options: { ...options, missingLabels: ['one', 'two'] } });
    const label = { kind: 'label', name: 'one' } as const;
    const done = { kind: 'label', effect: label, result: succeed(undefined) } as const;
    const after = record(job, { ...done, startedAt: NOW }, NOW, timing).header;
    expect(after?.options).toMatchObject({ missingLabels: ['two'] });
    const milestone = { kind: 'milestone', title: 'Next' } as const;
    const made = { kind: 'milestone', effect: milestone, result: succeed(3) } as const;
    expect(record(job, { ...made, startedAt: NOW }, NOW, timing).header).toMatchObject({
      milestoneNumber: 3,
    });
  });

  it('is a comment before the next issue, and none on an issue that is skipped', () => {
    const comment = { phase: 'planned' } as const;
    expect(next(generation([{ ...CREATED, comment }, {}]))).toMatchObject({
      kind: 'comment',
      index: 0,
      issue: { number: 7 },
    });
    const skipped = { ...CREATED, phase: 'skipped', comment } as const;
    expect(next(generation([skipped, {}]))).toMatchObject({ kind: 'create', index: 1 });
  });

  it('is the links of 25 created issues before the next issue, and not of 24', () => {
    const created = (count: number) => Array.from({ length: count }, () => CREATED);
    expect(next(generation([...created(25), {}]))).toEqual(LINKS);
    expect(next(generation([...created(24), {}]))).toMatchObject({ kind: 'create' });
    expect(next(generation(created(25)))).toEqual(FINISH);
    const others = created(25).map((row) => ({ ...row, own: false }));
    expect(next(generation([...others, {}]))).toMatchObject({ kind: 'create' });
  });

  it('is another look at the text when the last is five minutes old, if an issue is still to be created', () => {
    const old = { checkedAt: NOW - 300_001 };
    expect(next(generation([{}], old))).toEqual(CHECK);
    expect(next(generation([{}], { checkedAt: undefined }))).toEqual(CHECK);
    expect(next(generation([{}], { checkedAt: NOW - 300_000 }))).toMatchObject({ kind: 'create' });
    expect(next(generation([CREATED], old))).toEqual(FINISH);
  });

  it('is a due look-up before anything is created, and no end before the last is due', () => {
    expect(next(generation([UNKNOWN, {}]), { now: NOW + FIRST_LOOK })).toMatchObject({
      kind: 'look-up',
      creator: 'ada',
    });
    expect(next(generation([UNKNOWN]))).toEqual({
      kind: 'wait',
      until: NOW + FIRST_LOOK,
      why: 'look-up',
    });
  });

  it('is no creation earlier than the pace allows', () => {
    const pace = { ...FRESH_PACE, recent: [NOW] };
    const until = NOW + timing.gapMs;
    expect(next(generation([{}]), { pace })).toEqual({ kind: 'wait', until, why: 'pace' });
    expect(next(generation([{}]), { pace, now: until })).toMatchObject({ kind: 'create' });
  });

  it('uses a long wait for the links that are due, not a short one', () => {
    const slow = (gapMs: number) => ({ ...FRESH_PACE, gapMs, recent: [NOW] });
    const job = generation([CREATED, {}]);
    expect(next(job, { pace: slow(15_001) })).toEqual(LINKS);
    expect(next(job, { pace: slow(15_000) })).toMatchObject({ kind: 'wait', why: 'pace' });
    expect(next(generation([VERIFIED, {}]), { pace: slow(15_001) })).toMatchObject({
      kind: 'wait',
    });
  });

  it('does not let an open editor lengthen a wait', () => {
    const editor = { masterNotBefore: NOW + 5_000, masterWait: 'editor' } as const;
    const pace = { ...FRESH_PACE, gapMs: 60_000, recent: [NOW] };
    expect(next(generation([CREATED, {}], editor), { pace })).toMatchObject({ why: 'pace' });
  });

  it('uses the wait for a look-up for the links that are due', () => {
    const attempt = { ...ATTEMPT, lookUps: 1 };
    expect(next(generation([{ ...UNKNOWN, attempt }, CREATED]))).toEqual(LINKS);
  });

  it('is nothing while paused but the links of what was created', () => {
    expect(next(generation([CREATED, {}]), { action: 'pause' })).toEqual(LINKS);
    expect(next(generation([VERIFIED, {}]), { action: 'pause' })).toEqual({ kind: 'none' });
  });

  it('is the end only after a look that has seen its links', () => {
    const released = { claim: 'released' } as const;
    expect(next(generation([VERIFIED]))).toEqual(FINISH);
    expect(next(generation([CREATED], released))).toEqual(FINISH);
    expect(next(generation([{ ...VERIFIED, phase: 'linked' }], released))).toEqual(CHECK);
    expect(next(generation([VERIFIED], { ...released, unverified: true }))).toEqual(CHECK);
    expect(next(generation([VERIFIED], released))).toMatchObject({ kind: 'end', outcome: 'done' });
  });

  it('is the end without its links where the checklist cannot be written any more', () => {
    const gone = failure('gone');
    expect(next(generation([CREATED], { failure: gone, masterLost: gone }))).toEqual({
      kind: 'end',
      outcome: 'failed',
      failure: gone,
    });
  });
});

describe('a generation that ends early', () => {
  const stop = { action: 'stop' } as const;

  it('creates nothing more, and links what it created', () => {
    expect(next(generation([CREATED, {}]), stop)).toEqual(FINISH);
    expect(next(generation([CREATED, {}], { failure: failure('archived') }))).toEqual(FINISH);
  });

  it('does not write its claim first', () => {
    expect(next(generation([{}], { claim: 'none' }), stop)).toMatchObject({
      kind: 'end',
      outcome: 'stopped',
    });
  });

  it('takes out its claim also before that was confirmed', () => {
    expect(next(generation([{}], { claim: 'written', claimedAt: NOW }), stop)).toEqual(FINISH);
  });

  it('has failed where that was not the user', () => {
    const archived = { claim: 'released', failure: failure('archived') } as const;
    expect(next(generation([{}], archived))).toMatchObject({ kind: 'end', outcome: 'failed' });
  });

  it('gives each unknown outcome its first look-up, and no second', () => {
    expect(next(generation([UNKNOWN, {}]), stop)).toMatchObject({
      kind: 'wait',
      until: NOW + FIRST_LOOK,
    });
    const now = NOW + FIRST_LOOK;
    expect(next(generation([UNKNOWN, {}]), { ...stop, now })).toMatchObject({ kind: 'look-up' });
    const looked = { ...UNKNOWN, attempt: { ...ATTEMPT, lookUps: 1 } };
    expect(next(generation([looked, {}]), stop)).toEqual(FINISH);
    const asked = { ...UNKNOWN, phase: 'asked' } as const;
    expect(next(generation([asked, {}]), { ...stop, now })).toEqual(FINISH);
    const released = generation([looked], { claim: 'released' });
    expect(next(released, stop)).toMatchObject({ kind: 'end', outcome: 'stopped' });
  });

  it('waits for the first of its look-ups', () => {
    const later = { ...UNKNOWN, attempt: { ...ATTEMPT, sentAt: NOW + 1_000 } };
    const now = NOW + 2_000;
    const until = NOW + FIRST_LOOK;
    expect(next(generation([later, UNKNOWN]), { ...stop, now })).toMatchObject({ until });
  });
});

describe('the intent of a generation', () => {
  const create = {
    kind: 'create',
    index: 0,
    draft: { title: '', body: '', labels: [], milestone: undefined, assignees: [] },
  } as const;

  it('to create an issue is saved with its time, and counted', () => {
    expect(begin(generation([{ attempts: 1 }, {}]), create, NOW).rows).toMatchObject([
      { index: 0, phase: 'intent', attempts: 2, attempt: ATTEMPT },
    ]);
  });

  it('to comment leaves the issue as it is', () => {
    const effect = { kind: 'comment', index: 0, issue: { repo: REPO, number: 7 }, body: '' };
    const job = generation([{ ...CREATED, comment: { phase: 'planned' } }]);
    const begun = begin(job, { ...effect, kind: 'comment' }, NOW);
    expect(begun.rows).toMatchObject([
      { phase: 'created', attempts: 0, comment: { phase: 'intent', attempt: ATTEMPT } },
    ]);
    const taken = withdraw({ ...job, ...begun }, { ...effect, kind: 'comment' });
    expect(taken.rows).toMatchObject([{ phase: 'created', comment: { phase: 'planned' } }]);
  });

  it('is none where nothing is written', () => {
    const job = generation([VERIFIED]);
    const look = { kind: 'look-up-comment', index: 0, issue: { repo: REPO, number: 7 } } as const;
    expect(begin(job, look, NOW).rows).toEqual(job.rows);
    expect(withdraw(job, look).rows).toEqual(job.rows);
  });

  it('is taken back without a trace when nothing was sent', () => {
    const [row] = withdraw(generation([{ phase: 'intent', attempt: ATTEMPT }]), create).rows ?? [];
    expect(row).toMatchObject({ phase: 'planned' });
    expect(row?.attempt).toBeUndefined();
  });
});

describe('a generation that nobody has seen for ten minutes', () => {
  const now = NOW + 11 * 60_000;
  const silent = { aliveAt: NOW, checkedAt: now, writableAt: now } as const;

  it('writes its claim again before it creates anything', () => {
    expect(next(generation([{}], silent), { now })).toEqual({ kind: 'master', purpose: 'claim' });
    const comment: RowComment = { phase: 'planned' };
    const owed = generation([{ ...CREATED, phase: 'linked', comment }], silent);
    expect(next(owed, { now })).toEqual({ kind: 'master', purpose: 'claim' });
    expect(next(generation([{}], { ...silent, aliveAt: now }), { now })).toMatchObject({
      kind: 'create',
    });
  });

  it('does not send what it decided to send before', () => {
    expect(GENERATE.next.isTooLate?.(generation([{}], silent), now, timing)).toBe(true);
    expect(GENERATE.next.isTooLate?.(generation([{}], silent), NOW, timing)).toBe(false);
  });

  it('is seen again with each issue that it creates', () => {
    const job = generation([{ phase: 'intent', attempt: ATTEMPT }], silent);
    const draft = { title: '', body: '', labels: [], milestone: undefined, assignees: [] };
    const effect = { kind: 'create', index: 0, draft } as const;
    const result = succeed({ ...ISSUE, dropped: [] });
    const created = record(job, { kind: 'create', effect, result, startedAt: now }, now, timing);
    expect(created.header).toMatchObject({ aliveAt: now });
  });
});

const OTHER = { run: `${RUN.slice(0, -1)}B`, by: 'bob' };

describe('a generation that took the place of another run', () => {
  it('looks up what that run made before it creates anything', () => {
    const job = generation([{}], { replaced: [OTHER], startedAt: NOW });
    expect(next(job)).toMatchObject({ kind: 'look-up', creator: 'bob', run: OTHER.run });
    expect(next(generation([{}], { replaced: [] }))).toMatchObject({ kind: 'create' });
  });
});

describe('the claim of a generation, after a look', () => {
  const mine = { run: RUN, by: 'ada', at: new Date(NOW).toISOString() };
  const other = { ...mine, run: `${RUN.slice(0, -1)}B`, by: 'ada' };

  it('is given up, and the run with it, where another run was first', () => {
    for (const claim of ['none', 'written'] as const) {
      expect(claimAfter({ claim }, 'check', other)).toMatchObject({
        claim: 'released',
        failure: { code: 'claimed' },
      });
    }
    const archived = failure('archived');
    expect(claimAfter({ failure: archived }, 'check', other).failure).toEqual(archived);
  });

  it('was taken over where the run held it, or where the other one says so', () => {
    const over = { ...other, replaces: { ...mine, how: 'over' } } as const;
    for (const after of [
      claimAfter({ claim: 'held' }, 'check', other),
      claimAfter({ claim: 'written' }, 'claim', over),
    ]) {
      expect(after).toMatchObject({ claim: 'released', failure: { code: 'taken-over' } });
    }
  });

  it('counts from the time at which it was sent', () => {
    expect(claimAfter({ claim: 'none' }, 'claim', undefined)).toMatchObject({
      claim: 'written',
      claimedAt: NOW - 500,
      aliveAt: NOW - 500,
    });
    // One that was there already: of a worker that died.
    expect(claimAfter({ claim: 'none' }, 'claim', mine)).toMatchObject({ claim: 'written' });
  });

  it('is held once a look has confirmed it', () => {
    expect(claimAfter({ claim: 'written' }, 'check', mine)).toMatchObject({
      claim: 'held',
      serverStartedAt: NOW - 900,
    });
    const known = { claim: 'written', serverStartedAt: NOW - 5_000 } as const;
    expect(claimAfter(known, 'check', mine).serverStartedAt).toBe(NOW - 5_000);
    expect(claimAfter({ claim: 'none' }, 'check', mine).claim).toBe('none');
  });

  it('leaves the runs whose place it took to be looked up, once', () => {
    expect(claimAfter({ claim: 'written' }, 'check', mine, [OTHER]).replaced).toEqual([OTHER]);
    const looked = { claim: 'written', replaced: [] } as const;
    expect(claimAfter(looked, 'check', mine, [OTHER]).replaced).toEqual([]);
  });

  it('is written and confirmed again where somebody took it out', () => {
    expect(claimAfter({ claim: 'held' }, 'check', undefined).claim).toBe('none');
    expect(claimAfter({ claim: 'held' }, 'links', undefined)).toMatchObject({
      claim: 'written',
      claimedAt: NOW - 500,
    });
  });

  it('is released with the last write, and stays so', () => {
    expect(claimAfter({ claim: 'held' }, 'finish', mine).claim).toBe('released');
    expect(claimAfter({ claim: 'released' }, 'check', mine).claim).toBe('released');
    expect(claimAfter({ claim: 'released' }, 'check', other).failure).toBeUndefined();
  });

  function claimAfter(
    header: Partial<GenerateHeader>,
    purpose: MasterPurpose,
    holder: Claim | undefined,
    replaced: readonly ClaimedRun[] = [],
  ): GenerateHeader {
    const seen = { observed: [], wrote: false, missed: [], logged: [], notice: undefined };
    const performed: Performed<'generate'> = {
      kind: 'master',
      effect: { kind: 'master', purpose },
      startedAt: NOW - 500,
      result: succeed({ ...seen, holder, claimEnteredAt: NOW - 900, replaced }),
    };
    const job = generation([], header);
    return record(job, performed, NOW, timing).header ?? job.header;
  }
});

describe('an issue of unknown outcome, when the user', () => {
  const asked = {
    phase: 'asked',
    attempt: { ...ATTEMPT, lookUps: 4 },
    failure: failure('still-unknown'),
    relinks: 2,
  } as const;

  it('wants it created again, is looked up once more before that', () => {
    expect(resolved(asked, { kind: 'create-again' })).toMatchObject({
      phase: 'uncertain',
      attempt: { sentAt: NOW, again: true },
    });
  });

  it('retries, is looked up by the whole schedule again, and not created', () => {
    expect(resolved(asked, { kind: 'retry' })).toMatchObject({
      phase: 'uncertain',
      attempt: { sentAt: NOW, lookUps: 0, again: false },
    });
  });

  it('gives its number, is linked and not undone: it is no issue of this run', () => {
    const row = resolved(
      { ...asked, comment: { phase: 'planned' } },
      { kind: 'use-number', number: 7 },
    );
    expect(row).toMatchObject({ phase: 'created', own: false, issue: ISSUE, relinks: 0 });
    expect([row.attempt, row.comment, row.failure]).toEqual([undefined, undefined, undefined]);
  });

  it.each([0, -7, 1.5, Number.NaN, 2 ** 53])('gives %d for a number, stays as it is', (number) => {
    expect(resolved(asked, { kind: 'use-number', number })).toMatchObject(asked);
  });

  it('skips it, is over', () => {
    const row = resolved(asked, { kind: 'skip' });
    expect(row.phase).toBe('skipped');
    expect(row.failure).toBeUndefined();
  });
});

describe('an item that was not created, when the user', () => {
  const failed = { phase: 'failed', failure: failure('rejected'), attempt: ATTEMPT } as const;

  it('retries, is planned again, or linked again where its issue is there', () => {
    const row = resolved(failed, { kind: 'retry' });
    expect(row.phase).toBe('planned');
    expect(row.failure).toBeUndefined();
    const review = { phase: 'review', issue: ISSUE, relinks: 2 } as const;
    expect(resolved(review, { kind: 'retry' })).toMatchObject({ phase: 'created', relinks: 0 });
  });

  it('chooses what is not offered, stays as it is', () => {
    expect(resolved(failed, { kind: 'create-again' })).toMatchObject(failed);
    expect(resolved(failed, { kind: 'force' })).toMatchObject(failed);
  });

  it.each(['planned', 'intent', 'uncertain', 'linked', 'verified', 'skipped'] as const)(
    'chooses something although it is %s, stays as it is',
    (phase) => {
      for (const kind of ['retry', 'create-again', 'skip'] as const) {
        expect(resolved({ phase, attempt: ATTEMPT }, { kind })).toMatchObject({
          phase,
          attempt: ATTEMPT,
        });
      }
    },
  );
});

describe('an issue that GitHub created twice', () => {
  it('is named until the user has seen it', () => {
    const doubled = { ...VERIFIED, doubled: [8] };
    expect(resolved(doubled, { kind: 'retry' }).doubled).toEqual([8]);
    expect(resolved(doubled, { kind: 'skip' }).doubled).toBeUndefined();
  });
});

describe('a comment, when the user', () => {
  function commentAfter(comment: RowComment, kind: 'retry' | 'skip') {
    return resolved({ ...VERIFIED, comment }, { kind }).comment;
  }

  it('retries one of unknown outcome, is looked up before it is written again', () => {
    expect(commentAfter({ phase: 'asked', attempt: ATTEMPT }, 'retry')).toEqual({
      phase: 'uncertain',
      attempt: { ...ATTEMPT, again: true },
    });
  });

  it('retries one that was refused, is written again', () => {
    expect(commentAfter({ phase: 'failed', failure: failure('locked') }, 'retry')).toEqual({
      phase: 'planned',
    });
  });

  it('skips it, is over', () => {
    expect(commentAfter({ phase: 'asked', attempt: ATTEMPT }, 'skip')).toEqual({
      phase: 'skipped',
    });
  });

  it('retries one that needs nobody, stays as it is', () => {
    expect(commentAfter({ phase: 'uncertain', attempt: ATTEMPT }, 'retry')).toMatchObject({
      attempt: ATTEMPT,
    });
    expect(commentAfter({ phase: 'done' }, 'retry')).toEqual({ phase: 'done' });
  });
});

describe('an undo of a generation', () => {
  it('would close what the run created, once it has ended', () => {
    const rows = [
      VERIFIED,
      { ...VERIFIED, own: false },
      { ...VERIFIED, phase: 'skipped' as const },
      {},
    ];
    expect(GENERATE.back.undoable(generation(rows, { endedAt: NOW }))).toBe(1);
    expect(GENERATE.back.undoable(generation(rows))).toBe(0);
  });
});

interface Moment {
  readonly action?: JobControl['action'];
  readonly pace?: Pace;
  readonly now?: number;
}

function next(job: Job<'generate'>, { action = 'run', pace = FRESH_PACE, now = NOW }: Moment = {}) {
  return nextEffect(job, { action, at: NOW }, pace, now, timing);
}

function resolved(row: Partial<GenerateRow>, resolution: RowResolution): GenerateRow {
  const [after] = resolve(generation([row]), [0], resolution).rows ?? [];
  if (after === undefined) throw new Error('no row');
  return after;
}
