import { describe, expect, it } from 'vitest';
import { type AlertFacts, listAlerts } from '../../../lib/core/alerts/list-alerts.ts';
import type { ReconcileRecord } from '../../../lib/core/differences/reconcile-record.ts';
import type { JobStatus } from '../../../lib/core/engine/job-status.ts';
import { inWords } from '../../../lib/core/engine/summarize-job.ts';
import { type FailureCode, failure } from '../../../lib/core/failures.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import type { SyncRemark } from '../../../lib/core/sync/sync-plan.ts';
import { newRecord } from '../../../lib/core/sync/sync-record.ts';
import type { SyncRecord } from '../../../lib/core/sync/tracked.ts';
import { HOUR_MS, NOW, ref } from './samples.ts';

const TRACKED = { checklist: issueChecklist(ref()), title: 'Release 2.0', login: 'ada', since: 0 };
const NOTHING: AlertFacts = {
  checklists: [],
  released: [],
  accounts: [],
  jobs: [],
  stuckMessages: 0,
};

describe('the alerts that stand', () => {
  it('are none for a checklist that agrees, or was never checked', () => {
    expect(listAlerts(ofChecklist({ checkedAt: NOW }), NOW)).toEqual([]);
    expect(
      listAlerts(
        { ...NOTHING, checklists: [{ tracked: TRACKED, sync: undefined, reconcile: undefined }] },
        NOW,
      ),
    ).toEqual([]);
  });

  it('tell of a failure that may pass only when it has lasted', () => {
    const failed = (failures: number, checkedAt: number) =>
      causes(failing('offline', failures, checkedAt));
    expect(failed(2, NOW - 9 * HOUR_MS)).toEqual([]);
    expect(failed(9, NOW - HOUR_MS / 2)).toEqual([]);
    expect(failed(3, NOW - HOUR_MS)).toEqual(['sync-failed']);
  });

  it('tell of any other failure at once, by what resolves it', () => {
    const about = (code: FailureCode) =>
      listAlerts(failing(code, 1, NOW), NOW).map(({ cause }) =>
        'about' in cause ? cause.about : cause.kind,
      );
    expect(about('rules-invalid')).toEqual(['sync-failed']);
    expect(about('bad-token')).toEqual(['token-dead']);
    expect(about('cannot-edit-master')).toEqual(['rights']);
  });

  it('ask of items that could follow several issues, and do not count them as differences again', () => {
    const sync = withRemarks([
      { kind: 'several-issues', issues: [ref(1), ref(2)] },
      { kind: 'not-planned', issue: ref(3) },
    ]);
    const reconcile = reconciled(3, { 'several-issues': 1, orphan: 2 });
    const found = listAlerts(
      { ...NOTHING, checklists: [{ tracked: TRACKED, sync, reconcile }] },
      NOW,
    );
    expect(found.map(({ cause }) => cause)).toEqual([
      { kind: 'decision', about: 'items', count: 1 },
      { kind: 'differences', count: 2, isSeen: true },
    ]);
  });

  it('know which differences the night has found, and which somebody has looked at since', () => {
    const record = reconciled(2, { orphan: 2 });
    const isSeen = (nightlyAt: number) =>
      listAlerts(
        {
          ...NOTHING,
          checklists: [{ tracked: TRACKED, sync: undefined, reconcile: { ...record, nightlyAt } }],
        },
        NOW,
      ).map(({ cause }) => cause.kind === 'differences' && cause.isSeen);
    expect(isSeen(NOW)).toEqual([false]);
    expect(isSeen(NOW - 1)).toEqual([true]);
  });

  it('tell of ticks and numbers that a person took back', () => {
    const sync = withRemarks([
      { kind: 'tick-taken-back', because: { kind: 'children' } },
      { kind: 'pull-taken-back', pull: ref(9) },
    ]);
    expect(causes(ofChecklist(sync))).toEqual(['overridden']);
  });

  it('tell of a token in its last seven days, and not of a dead one twice', () => {
    const days = (left: number) =>
      listAlerts(
        {
          ...NOTHING,
          accounts: [
            {
              id: 'A',
              host: 'github.com',
              login: 'ada',
              expiresAt: new Date(NOW + left * 24 * HOUR_MS).toISOString(),
            },
          ],
        },
        NOW,
      ).map(({ cause }) => ('days' in cause ? cause.days : undefined));
    expect(days(8)).toEqual([]);
    expect(days(7)).toEqual([7]);
    expect(days(0.5)).toEqual([0]);
    expect(days(-1)).toEqual([]);
  });

  it('tell for a day of a run that ended, and as long as a run, open or ended, waits for the user', () => {
    const ended = { ...STATUS, state: 'ended', outcome: 'done', endedAt: NOW } as const;
    expect(causes(ofJob(ended))).toEqual(['job-ended']);
    expect(causes(ofJob({ ...ended, endedAt: NOW - 25 * HOUR_MS }))).toEqual([]);
    expect(causes(ofJob(STATUS))).toEqual([]);
    const held = {
      waiting: { until: NOW, why: 'sign-in' as const },
      failure: failure('bad-token'),
    };
    expect(causes(ofJob({ ...STATUS, ...held }))).toEqual(['decision']);
    const problems = [
      { index: 0, text: 'Write', failure: failure('still-unknown'), choices: ['skip'] as const },
    ];
    expect(causes(ofJob({ ...STATUS, problems }))).toEqual(['decision']);
    expect(causes(ofJob({ ...ended, problems }))).toEqual(['decision']);
  });

  it('tell once of a token that a run and its checklist wait for', () => {
    const refused = failure('bad-token');
    const held = { ...STATUS, waiting: { until: NOW, why: 'sign-in' }, failure: refused } as const;
    const sync = { ...newRecord('k'), failure: refused };
    const facts = {
      ...ofJob(held),
      checklists: [{ tracked: TRACKED, sync, reconcile: undefined }],
    };
    const about = (given: AlertFacts) =>
      listAlerts(given, NOW).map(({ cause }) => cause.kind === 'decision' && cause.about);
    expect(about(facts)).toEqual(['token-dead']);
    expect(about({ ...facts, checklists: [] })).toEqual(['run']);
    const problems = [
      { index: 0, text: 'Write', failure: failure('still-unknown'), choices: ['skip'] as const },
    ];
    const asking = { ...facts, ...ofJob({ ...held, problems }) };
    expect(about({ ...asking, checklists: facts.checklists })).toEqual(['token-dead', 'run']);
    const elsewhere = issueChecklist({ ...ref(), repo: { ...ref().repo, host: 'git.acme.dev' } });
    const other = ofJob({ ...held, checklist: elsewhere });
    expect(about({ ...other, checklists: facts.checklists })).toEqual(['token-dead', 'run']);
  });

  it.each([
    [{ cause: 'undo-generation', creates: 0 }, 'undo-generation'],
    // Why a change was made is lost with its journal.
    [undefined, 'resolve'],
  ] as const)('tell what an ended run was for: %j', (change, purpose) => {
    const { words: _words, ...status } = STATUS;
    const ended = { ...status, kind: 'change', endedAt: NOW, ...(change && { change }) } as const;
    const [alert] = listAlerts(ofJob(inWords(ended)), NOW);
    expect(alert?.cause).toMatchObject({ kind: 'job-ended', of: purpose });
  });

  it('tell for a day of a checklist that is gone, but not of one that was simply done', () => {
    const released = (gone: 'gone' | undefined, at: number): AlertFacts => ({
      ...NOTHING,
      released: [{ tracked: TRACKED, at, gone: gone && failure(gone) }],
    });
    expect(causes(released('gone', NOW))).toEqual(['sync-failed']);
    expect(causes(released('gone', NOW - 25 * HOUR_MS))).toEqual([]);
    expect(causes(released(undefined, NOW))).toEqual([]);
  });
});

const STATUS: JobStatus = {
  id: 'J1',
  kind: 'generate',
  checklist: issueChecklist(ref()),
  target: ref().repo,
  state: 'running',
  counts: { total: 5, created: 2, linked: 2, failed: 0, unknown: 0, review: 0, left: 3 },
  problems: [],
  startedAt: NOW,
  undoable: 0,
  words: {
    purpose: 'generate',
    done: 2,
    progress: '',
    result: '',
    outcome: '',
    stop: '',
    force: '',
    undo: 'close',
  },
};

function causes(facts: AlertFacts): readonly string[] {
  return listAlerts(facts, NOW).map(({ cause }) => cause.kind);
}

function ofChecklist(sync: Partial<SyncRecord>): AlertFacts {
  const record = { ...newRecord('github.com/acme/app#12'), ...sync };
  return { ...NOTHING, checklists: [{ tracked: TRACKED, sync: record, reconcile: undefined }] };
}

function failing(code: FailureCode, failures: number, checkedAt: number): AlertFacts {
  return ofChecklist({ failure: failure(code), failures, checkedAt });
}

function ofJob(status: JobStatus): AlertFacts {
  return { ...NOTHING, jobs: [{ status, title: 'Release 2.0' }] };
}

function reconciled(left: number, kinds: ReconcileRecord['kinds']): ReconcileRecord {
  const key = 'github.com/acme/app#12';
  return { key, checkedAt: NOW, nightlyAt: undefined, left, kinds, failure: undefined };
}

function withRemarks(remarks: readonly SyncRemark[]): SyncRecord {
  const rows = remarks.map((remark, index) => ({
    item: { key: `k${index}`, textHash: 'h', groupHash: '', ordinal: 0 },
    index,
    label: '',
    text: 'Write',
    checked: false,
    issue: undefined,
    changes: [],
    remarks: [remark],
    edits: [],
  }));
  return { ...newRecord('github.com/acme/app#12'), checkedAt: NOW, rows };
}
