import { describe, expect, it } from 'vitest';
import { commentBody } from '../../../lib/core/engine/comment.ts';
import type { GenerateRow } from '../../../lib/core/engine/job.ts';
import {
  dueLookUp,
  dueReplaced,
  earliestLookUp,
  isIssueOf,
  lookUp,
  nextLookUpAt,
  recordCommentLookUp,
  recordLookUp,
  recordReplaced,
} from '../../../lib/core/engine/look-up.ts';
import { failure } from '../../../lib/core/failures.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { formatMarker } from '../../../lib/core/text/marker.ts';
import { CHECKLIST, generation, NOW, REPO, RUN } from './build-jobs.ts';

const TIMING = DEFAULT_PREFERENCES.timing;

const ATTEMPT = { sentAt: NOW, lookUps: 0, again: false };

const [FIRST = 0, SECOND = 0] = TIMING.lookUpAfterMs;
const LAST = TIMING.lookUpAfterMs.length;
const UNKNOWN: Partial<GenerateRow> = { phase: 'uncertain', attempt: ATTEMPT };
const ISSUE = { number: 7, url: 'https://github.com/octo/demo/issues/7' };

describe('a clock that was set back', () => {
  const back = NOW - 86_400_000;

  it('does not add to the wait for a look-up', () => {
    expect(nextLookUpAt(ATTEMPT, back, TIMING)).toBe(back + (TIMING.lookUpAfterMs[0] ?? 0));
  });

  it('does not undo the look-ups that were made', () => {
    const job = generation([{ phase: 'uncertain', attempt: { ...ATTEMPT, lookUps: 2 } }]);
    expect(recordLookUp(job, [], back, TIMING).rows).toMatchObject([
      { phase: 'uncertain', attempt: { lookUps: 2 } },
    ]);
  });

  it('does not move where a list of issues begins', () => {
    const { header } = generation([], { startedAt: NOW, serverStartedAt: back });
    expect(lookUp(header).since).toBeLessThan(back);
    const ahead = generation([], { startedAt: back, serverStartedAt: NOW }).header;
    expect(lookUp(ahead).since).toBeLessThan(back);
  });
});

describe('a look-up', () => {
  const comment = { phase: 'uncertain', attempt: ATTEMPT } as const;
  const commented = { phase: 'verified', issue: ISSUE, comment } as const;
  const due = NOW + FIRST;

  it('begins ten minutes before the run, because clocks differ', () => {
    const { header } = generation([], { startedAt: NOW });
    expect(lookUp(header)).toMatchObject({ creator: 'ada', since: NOW - 600_000 });
  });

  it('is due at its time, at once where the user asked, and where the schedule is over', () => {
    const at = (attempt: Partial<typeof ATTEMPT>, now: number) =>
      dueLookUp(generation([{ ...UNKNOWN, attempt: { ...ATTEMPT, ...attempt } }]), now, TIMING);
    expect(at({}, due - 1)).toBeUndefined();
    expect(at({}, due)).toMatchObject({ kind: 'look-up' });
    expect(at({ lookUps: 1 }, due)).toBeUndefined();
    expect(at({ lookUps: 1 }, NOW + SECOND)).toMatchObject({ kind: 'look-up' });
    expect(at({ again: true, lookUps: 1 }, NOW)).toMatchObject({ kind: 'look-up' });
    expect(at({ lookUps: LAST }, NOW)).toMatchObject({ kind: 'look-up' });
  });

  it('is one list for all issues, and then the comments of one issue after the other', () => {
    expect(dueLookUp(generation([commented, UNKNOWN]), due, TIMING)).toMatchObject({
      kind: 'look-up',
    });
    expect(dueLookUp(generation([commented, commented]), due, TIMING)).toMatchObject({
      kind: 'look-up-comment',
      index: 0,
      issue: { number: 7 },
    });
    expect(dueLookUp(generation([commented]), due - 1, TIMING)).toBeUndefined();
  });

  it('is about unknown outcomes alone', () => {
    const asked = { phase: 'asked', attempt: ATTEMPT } as const;
    const rows = [
      { ...UNKNOWN, phase: 'asked' as const },
      { ...commented, comment: asked },
    ];
    expect(dueLookUp(generation(rows), due, TIMING)).toBeUndefined();
    expect(earliestLookUp(generation(rows), NOW, TIMING)).toBeUndefined();
    expect(recordLookUp(generation(rows), [issue()], due, TIMING).rows).toEqual([]);
  });

  it('is waited for by the first of all, issues and comments', () => {
    const later = { ...ATTEMPT, sentAt: NOW + 1_000 };
    const earliest = (...rows: readonly Partial<GenerateRow>[]) =>
      earliestLookUp(generation(rows), NOW + 2_000, TIMING);
    expect(earliest({ ...UNKNOWN, attempt: later }, UNKNOWN)).toBe(due);
    expect(earliest({ ...UNKNOWN, attempt: later }, commented)).toBe(due);
  });
});

describe('after a list of issues, an issue of unknown outcome', () => {
  it('is created by the lowest number that is found, and the others are named', () => {
    const row = issueAfter({ failure: failure('unknown-outcome') }, NOW, [
      issue(103),
      issue(101),
      { ...issue(100), author: 'eve' },
    ]);
    expect(row).toMatchObject({
      phase: 'created',
      issue: { number: 101, url: 'https://github.com/octo/demo/issues/101' },
      doubled: [103],
    });
    expect([row?.attempt, row?.failure]).toEqual([undefined, undefined]);
    expect(issueAfter({}, NOW, [issue(101)])?.doubled).toBeUndefined();
  });

  it('stays unknown while a look-up is still to come, counting those due before it was sent', () => {
    expect(issueAfter({}, NOW + FIRST - 1)).toMatchObject({ attempt: { lookUps: 0 } });
    expect(issueAfter({}, NOW + FIRST)).toMatchObject({
      phase: 'uncertain',
      attempt: { lookUps: 1 },
    });
    expect(issueAfter({}, NOW + SECOND)).toMatchObject({
      phase: 'uncertain',
      attempt: { lookUps: 2 },
    });
  });

  it('is asked about, never created again automatically, once the schedule is over', () => {
    const asked = { phase: 'asked', failure: { code: 'still-unknown' }, attempt: ATTEMPT };
    expect(issueAfter({}, NOW + (TIMING.lookUpAfterMs.at(-1) ?? 0))).toMatchObject(asked);
    expect(issueAfter({ attempt: { ...ATTEMPT, lookUps: LAST } }, NOW)?.phase).toBe('asked');
    expect(issueAfter({ attempt: undefined }, NOW)?.phase).toBe('asked');
  });

  it('is planned again where nothing was found and the user wants it created again', () => {
    const again = { attempt: { ...ATTEMPT, again: true }, failure: failure('still-unknown') };
    const row = issueAfter(again, NOW);
    expect(row).toMatchObject({ phase: 'planned' });
    expect([row?.attempt, row?.failure]).toEqual([undefined, undefined]);
    expect(issueAfter(again, NOW, [issue(101)])).toMatchObject({ phase: 'created' });
  });

  function issueAfter(
    row: Partial<GenerateRow>,
    startedAt: number,
    found: readonly KnownIssue[] = [],
  ): GenerateRow | undefined {
    const job = generation([{ ...UNKNOWN, ...row }]);
    return recordLookUp(job, found, startedAt, TIMING).rows?.[0];
  }
});

describe('after a list of comments, a comment of unknown outcome', () => {
  const body = commentBody(generation([]).header, {
    item: { key: 'k0', textHash: 't', groupHash: 'g', ordinal: 0 },
  });
  const ours = { id: 1, author: 'Ada', body };

  it('is done where it is found', () => {
    expect(commentAfter({}, NOW, [ours])).toEqual({ phase: 'done' });
  });

  it.each([
    ['by somebody else', { author: 'eve' }],
    ['of another run', { body: body.replace(RUN, `${RUN.slice(0, -1)}B`) }],
    ['of another item', { body: body.replace('item=k0', 'item=k1') }],
  ])('stays unknown with a comment %s', (_, other) => {
    expect(commentAfter({}, NOW, [{ ...ours, ...other }])).toMatchObject({ phase: 'uncertain' });
  });

  it('stays unknown while a look-up is still to come', () => {
    expect(commentAfter({}, NOW + FIRST)).toMatchObject({
      phase: 'uncertain',
      attempt: { lookUps: 1 },
    });
  });

  it('is asked about, never written again automatically, once the schedule is over', () => {
    expect(commentAfter({ lookUps: LAST }, NOW)).toMatchObject({
      phase: 'asked',
      attempt: { sentAt: NOW },
      failure: { code: 'still-unknown-comment' },
    });
  });

  it('is planned again where nothing was found and the user retries', () => {
    expect(commentAfter({ again: true }, NOW)).toEqual({ phase: 'planned' });
    expect(commentAfter({ again: true }, NOW, [ours])).toEqual({ phase: 'done' });
  });

  function commentAfter(
    attempt: Partial<typeof ATTEMPT>,
    startedAt: number,
    found: readonly (typeof ours)[] = [],
  ): GenerateRow['comment'] {
    const comment = { phase: 'uncertain', attempt: { ...ATTEMPT, ...attempt } } as const;
    const asked = generation([{ phase: 'verified', issue: ISSUE, comment }]);
    return recordCommentLookUp(asked, 0, found, startedAt, TIMING).rows?.[0]?.comment;
  }
});

describe('an issue is the one of a row', () => {
  const { header, rows } = generation([{}]);
  const [row] = rows;
  if (row === undefined) throw new Error('no row');

  it.each<[boolean, string, Partial<KnownIssue>]>([
    [true, 'with its marker', {}],
    [true, 'by the same user in other case', { author: 'Ada' }],
    [false, 'by somebody else', { author: 'eve' }],
    [false, 'without a marker', { body: '' }],
    [false, 'of another run', { body: marker({ run: `${RUN.slice(0, -1)}B` }) }],
    [false, 'of another item', { body: marker({ item: 'k1' }) }],
    [false, 'of another checklist', { body: marker({ number: 13 }) }],
    [false, 'that is a pull request', { kind: 'pull-request' }],
  ])('%s %s', (expected, _, change) => {
    expect(isIssueOf({ ...issue(), ...change }, row, header)).toBe(expected);
  });
});

describe('an issue that the user wants created again', () => {
  it('is created only after the text was read: another browser may have linked its item', () => {
    const job = generation([{ phase: 'uncertain', attempt: { ...ATTEMPT, again: true } }]);
    expect(recordLookUp(job, [], NOW, TIMING)).toMatchObject({
      rows: [{ phase: 'planned' }],
      header: { recheck: true },
    });
  });
});

describe('what a run made whose place another took', () => {
  const run = `${RUN.slice(0, -1)}B`;
  const made = { ...issue(), author: 'bob', body: marker({ run }) };
  const ofBob = generation([{}, {}], { replaced: [{ run, by: 'bob' }] });
  const recordMade = (found: readonly KnownIssue[], job = ofBob) => recordReplaced(job, found, run);

  it('is linked, not created again, and stays out of an undo of this run', () => {
    const { rows, header } = recordMade([made]);
    expect(rows).toMatchObject([
      { index: 0, phase: 'created', own: false, issue: { number: 101 }, comment: undefined },
    ]);
    expect(header?.replaced).toEqual([]);
  });

  it('is nothing of what others made, or of what was undone', () => {
    const undone = made.body.replace('masterlist:v1', 'masterlist:undone');
    expect(undone).not.toBe(made.body);
    const others = [{ ...made, author: 'eve' }, issue(), { ...made, body: undone }];
    expect(recordMade(others).rows).toEqual([]);
  });

  it('is looked up by its own user, since long before this run', () => {
    expect(dueReplaced(ofBob.header)).toMatchObject({ creator: 'bob', run });
    const since = dueReplaced(ofBob.header)?.since ?? 0;
    expect(ofBob.header.startedAt - since).toBeGreaterThan(24 * 3_600_000);
  });
});

function issue(number = 101): KnownIssue {
  return {
    ref: { repo: REPO, number },
    kind: 'issue',
    title: 'Step 0',
    body: marker({}),
    state: 'open',
    stateReason: undefined,
    author: 'ada',
    authorAssociation: 'OWNER',
    createdAt: new Date(NOW).toISOString(),
  };
}

function marker({ run = RUN, item = 'k0', number = 12 }): string {
  const checklist = number === 12 ? CHECKLIST : issueChecklist({ repo: REPO, number });
  return formatMarker({ state: 'v1', checklist, item, text: 't', run });
}
