import { describe, expect, it } from 'vitest';
import type { ReconcileRecord } from '../../lib/core/differences/reconcile-record.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import type { StoredReconcilePreview } from '../../lib/ports.ts';
import { connect } from '../../lib/store/db.ts';
import { loadReconcilePreview, saveReconcilePreview } from '../../lib/store/reconcile-previews.ts';
import {
  loadReconcile,
  moveReconcile,
  removeReconcile,
  saveReconcile,
} from '../../lib/store/reconciles.ts';

const KEY = 'github.com/octo/demo#12';
const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
const ONE = issueChecklist({ repo: REPO, number: 12 });
const OTHER = issueChecklist({ repo: REPO, number: 13 });
const DAY = 24 * 60 * 60_000;

describe('what is remembered of a reconcile', () => {
  it('comes back, moves with its checklist, and goes', async () => {
    const db = connect();
    await saveReconcile(db, record(KEY));
    const moved = 'github.com/octo/renamed#12';
    await moveReconcile(db, KEY, moved);
    expect(await loadReconcile(db, KEY)).toBeUndefined();
    expect(await loadReconcile(db, moved)).toEqual(record(moved));
    await moveReconcile(db, KEY, moved);
    expect(await loadReconcile(db, moved)).toEqual(record(moved));
    await removeReconcile(db, moved);
    expect(await loadReconcile(db, moved)).toBeUndefined();
  });
});

describe('a preview of differences', () => {
  it('is kept until the next one of its checklist, or for a day', async () => {
    const db = connect();
    await saveReconcilePreview(db, ONE, preview('a'), 0);
    await saveReconcilePreview(db, OTHER, preview('b'), 1);
    expect(await loadReconcilePreview(db, ONE, 'a')).toMatchObject(preview('a'));
    expect(await loadReconcilePreview(db, OTHER, 'a')).toBeUndefined();
    await saveReconcilePreview(db, ONE, preview('c'), 2);
    expect(await loadReconcilePreview(db, ONE, 'a')).toBeUndefined();
    await saveReconcilePreview(db, ONE, preview('d'), 2 + DAY);
    expect(await loadReconcilePreview(db, OTHER, 'b')).toBeUndefined();
  });

  it('is not found under what is no id at all', async () => {
    const id = { a: 1 } as unknown as string;
    expect(await loadReconcilePreview(connect(), ONE, id)).toBeUndefined();
  });
});

function record(key: string): ReconcileRecord {
  return { key, checkedAt: 5, nightlyAt: 4, left: 1, kinds: { orphan: 1 }, failure: undefined };
}

function preview(id: string): StoredReconcilePreview {
  return { id, blocker: undefined, login: 'ada' } as StoredReconcilePreview;
}
