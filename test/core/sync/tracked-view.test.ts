import { describe, expect, it } from 'vitest';
import { type Failure, failure } from '../../../lib/core/failures.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import type { SyncRemark, SyncRow } from '../../../lib/core/sync/sync-plan.ts';
import { syncView as viewOf } from '../../../lib/core/sync/tracked-view.ts';
import { sampleRecord } from '../../engine/sync-samples.ts';

const MASTER = issueChecklist({
  repo: { host: 'github.com', owner: 'octo', name: 'demo' },
  number: 12,
});
const TRACKED = { checklist: MASTER, title: 'Plan', login: 'ada', since: 0 };
const ISSUE = { ...MASTER, number: 7 };

type Remembered = Parameters<typeof viewOf>[0];

function syncView(
  record: Remembered['record'],
  tracked: Remembered['tracked'],
  everyMinutes: number,
  reconcile?: Remembered['reconcile'],
  running = false,
) {
  return viewOf({ record, tracked, everyMinutes, reconcile, running });
}

describe('what is shown of a checklist', () => {
  it('that this browser does not keep up to date', () => {
    expect(syncView(undefined, undefined, 2)).toMatchObject({
      tracked: false,
      state: 'released',
      login: undefined,
      needsYou: 0,
    });
  });

  it('before its first refresh', () => {
    expect(syncView(undefined, TRACKED, 2)).toMatchObject({
      tracked: true,
      state: 'ok',
      login: 'ada',
      checkedAt: undefined,
      everyMinutes: 2,
    });
  });

  it('counts what only a person can settle, and not what passes by itself', () => {
    const rows = [
      row({ kind: 'unreadable', issue: ISSUE }),
      row({ kind: 'ticked-open', issue: ISSUE }),
      row({ kind: 'tick-taken-back', because: { kind: 'children' } }),
    ];
    const at = (change: Parameters<typeof sampleRecord>[1]) =>
      syncView(sampleRecord('k', { rows, ...change }), TRACKED, 2);
    expect(at({})).toMatchObject({ needsYou: 1, state: 'ok', rows });
    expect(at({ failure: failure('offline') })).toMatchObject({ needsYou: 1, state: 'failing' });
    expect(at({ failure: failure('bad-token') })).toMatchObject({ needsYou: 2, state: 'failing' });
    const ruleMistakes = ['One.', 'Two.'];
    expect(at({ failure: failure('rules-invalid'), ruleMistakes })).toMatchObject({ needsYou: 2 });
    expect(at({ waiting: 'editor' })).toMatchObject({ state: 'waiting', waiting: 'editor' });
  });

  it('waits for a run only while one is open', () => {
    const record = sampleRecord('k', { waiting: 'job' });
    const shown = (running: boolean) => syncView(record, TRACKED, 2, undefined, running);
    expect(shown(true)).toMatchObject({ state: 'waiting', waiting: 'job' });
    expect(shown(false)).toMatchObject({ state: 'ok', waiting: undefined });
  });

  it('counts what the last look for differences left, and nothing twice', () => {
    const look = { key: 'k', checkedAt: 5, nightlyAt: 5, kinds: {}, failure: undefined };
    const rows = [row({ kind: 'unreadable', issue: ISSUE })];
    const shown = (left: number) =>
      syncView(sampleRecord('k', { rows }), TRACKED, 2, { ...look, left });
    expect(shown(7)).toMatchObject({ reconcile: { at: 5, left: 7 }, needsYou: 7 });
    expect(shown(0)).toMatchObject({ reconcile: { at: 5, left: 0 }, needsYou: 1 });
    expect(syncView(undefined, undefined, 2, { ...look, left: 7 }).needsYou).toBe(0);
  });

  it('says why the nightly looks fail, where sync does not say it and it does not pass by itself', () => {
    const look = { key: 'k', checkedAt: 5, nightlyAt: 5, kinds: {}, left: 0 };
    const shown = (nightly: Failure, synced?: Failure) => {
      const { reconcile, needsYou } = syncView(sampleRecord('k', { failure: synced }), TRACKED, 2, {
        ...look,
        failure: nightly,
      });
      return [reconcile?.failure?.code, needsYou];
    };
    expect(shown(failure('forbidden'))).toEqual(['forbidden', 1]);
    expect(shown(failure('forbidden'), failure('bad-token'))).toEqual([undefined, 1]);
    expect(shown(failure('written-just-now'))).toEqual([undefined, 0]);
  });

  it('leaves out rows that only wait to be written', () => {
    const waiting = {
      ...row({ kind: 'tick-taken-back', because: { kind: 'children' } }),
      remarks: [],
    };
    expect(syncView(sampleRecord('k', { rows: [waiting] }), TRACKED, 2).rows).toEqual([]);
  });
});

function row(remark: SyncRemark): SyncRow {
  return { issue: ISSUE, remarks: [remark], changes: [] } as unknown as SyncRow;
}
