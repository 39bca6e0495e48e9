import { describe, expect, it } from 'vitest';
import type { GenerateHeader, GenerateRow, Job } from '../../../lib/core/engine/job.ts';
import { isIssueOf, recordLookUp } from '../../../lib/core/engine/look-up.ts';
import { nextEffect } from '../../../lib/core/engine/next.ts';
import { FRESH_PACE } from '../../../lib/core/engine/pace.ts';
import { record, recordEnd } from '../../../lib/core/engine/record.ts';
import { succeed } from '../../../lib/core/failures.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import { checklistKey, issueChecklist } from '../../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { formatMarker, type Marker } from '../../../lib/core/text/marker.ts';

const NOW = Date.UTC(2026, 10, 20);
const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
const CHECKLIST = issueChecklist({ repo: REPO, number: 12 });
const RUN = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const { timing } = DEFAULT_PREFERENCES;
const ATTEMPT = { sentAt: NOW, lookUps: 0, again: false };
const ISSUE = { number: 7, url: 'https://github.com/octo/demo/issues/7' };

describe('the next effect of a generation', () => {
  const rows = [row(0, { phase: 'uncertain', attempt: ATTEMPT }), row(1)];
  const waiting = { recheck: true, masterNotBefore: NOW + 5_000 };

  it('is no creation after an unknown outcome, before GitHub was seen to answer', () => {
    const job = jobOf(rows, { ...waiting, masterWait: 'look-up' });
    expect(next(job)).toEqual({ kind: 'wait', until: NOW + 5_000, why: 'look-up' });
  });

  it('is a creation all the same while only an open editor keeps from reading', () => {
    const job = jobOf(rows, { ...waiting, masterWait: 'editor' });
    expect(next(job)).toMatchObject({ kind: 'create', index: 1 });
  });

  it('is the end as done where the user said stop when everything was done', () => {
    const done = { claim: 'released' } as const;
    const stopped = { action: 'stop', at: NOW } as const;
    const all = jobOf([row(0, { phase: 'verified', issue: ISSUE })], done);
    expect(next(all, stopped)).toMatchObject({ kind: 'end', outcome: 'done' });
    const some = jobOf([row(0, { phase: 'verified', issue: ISSUE }), row(1)], done);
    expect(next(some, stopped)).toMatchObject({ kind: 'end', outcome: 'stopped' });
  });
});

describe('the records of a generation', () => {
  it('ask about a comment and an issue whose outcome is unknown when the run ends', () => {
    const comment = { phase: 'uncertain', attempt: ATTEMPT } as const;
    const job = jobOf([
      row(0, { phase: 'verified', issue: ISSUE, comment }),
      row(1, { phase: 'uncertain', attempt: ATTEMPT }),
      row(2, { phase: 'verified' }),
    ]);
    const end = { kind: 'end', outcome: 'stopped', failure: undefined } as const;
    expect(recordEnd(job, end, NOW).rows).toMatchObject([
      { index: 0, comment: { phase: 'asked', failure: { code: 'still-unknown-comment' } } },
      { index: 1, phase: 'asked', failure: { code: 'unknown-outcome' } },
    ]);
  });

  it('keep what GitHub dropped of a created issue', () => {
    const job = jobOf([row(0, { phase: 'intent', attempt: ATTEMPT })]);
    const draft = { title: '', body: '', labels: ['bug'], milestone: undefined, assignees: [] };
    const create = (dropped: readonly string[]) =>
      record<'generate'>(
        job,
        {
          kind: 'create',
          effect: { kind: 'create', index: 0, draft },
          result: succeed({ ...ISSUE, dropped }),
          startedAt: NOW,
        },
        NOW,
        timing,
      ).rows?.[0];
    expect(create(['bug'])).toMatchObject({ phase: 'created', issue: ISSUE, dropped: ['bug'] });
    expect(create([])?.dropped).toBeUndefined();
  });

  it('forget no look-up when the clock was set back', () => {
    const job = jobOf([row(0, { phase: 'uncertain', attempt: { ...ATTEMPT, lookUps: 1 } })]);
    const dayBefore = NOW - 86_400_000;
    expect(recordLookUp(job, [], dayBefore, timing).rows).toMatchObject([
      { phase: 'uncertain', attempt: { lookUps: 1 } },
    ]);
  });
});

describe('an issue that a look-up finds', () => {
  const ours = { state: 'v1', checklist: CHECKLIST, item: 'k0', text: 't', run: RUN } as const;

  it.each<[string, boolean, Partial<Marker>, Partial<KnownIssue>]>([
    ['by the marker of the run and the item', true, {}, {}],
    ['by the author in whatever case', true, {}, { author: 'Ada' }],
    ['but not of another author', false, {}, { author: 'eve' }],
    ['but not of another run', false, { run: `${RUN.slice(0, -1)}W` }, {}],
    ['but not of another item', false, { item: 'k1' }, {}],
    [
      'but not of another checklist',
      false,
      { checklist: issueChecklist({ repo: REPO, number: 13 }) },
      {},
    ],
    ['but not a pull request', false, {}, { kind: 'pull-request' }],
  ])('is the row’s %s', (_, expected, marker, change) => {
    const body = `Words.\n\n${formatMarker({ ...ours, ...marker })}`;
    expect(isIssueOf(issue({ body, ...change }), row(0), jobOf([]).header)).toBe(expected);
  });
});

function next(job: Job<'generate'>, control: Parameters<typeof nextEffect>[1] = RUNNING) {
  return nextEffect(job, control, FRESH_PACE, NOW, timing);
}

const RUNNING = { action: 'run', at: 0 } as const;

function jobOf(
  rows: readonly GenerateRow[],
  change: Partial<GenerateHeader> = {},
): { readonly header: GenerateHeader; readonly rows: readonly GenerateRow[] } {
  const header: GenerateHeader = {
    id: RUN,
    kind: 'generate',
    checklist: CHECKLIST,
    checklistKey: checklistKey(CHECKLIST),
    target: REPO,
    account: 'github.com/ada',
    login: 'ada',
    options: {
      labels: [],
      missingLabels: [],
      milestone: undefined,
      assignees: [],
      comment: false,
      linkStyle: 'closes',
      placeholder: '',
      careful: false,
      identity: 'links',
    },
    startedAt: NOW - 60_000,
    checkedAt: NOW,
    claim: 'held',
    endedRuns: [],
    recheck: false,
    unverified: false,
    failures: 0,
    ...change,
  };
  return { header, rows };
}

function row(index: number, change: Partial<GenerateRow> = {}): GenerateRow {
  return {
    index,
    item: { key: `k${index}`, textHash: 't', groupHash: 'g', ordinal: 0 },
    text: `Item ${index}`,
    title: `Item ${index}`,
    body: '',
    phase: 'planned',
    own: true,
    attempts: 0,
    relinks: 0,
    linkKnown: false,
    ...change,
  };
}

function issue(change: Partial<KnownIssue>): KnownIssue {
  return {
    ref: { repo: REPO, number: 7 },
    kind: 'issue',
    title: 'Item 0',
    body: '',
    state: 'open',
    stateReason: undefined,
    author: 'ada',
    authorAssociation: 'MEMBER',
    createdAt: '2026-11-20T00:00:00Z',
    ...change,
  };
}
