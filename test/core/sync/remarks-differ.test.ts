import { describe, expect, it } from 'vitest';
import { issueChecklist } from '../../../lib/core/refs.ts';
import type { SyncRemark, SyncRow } from '../../../lib/core/sync/sync-plan.ts';
import { remarksDiffer } from '../../../lib/core/sync/sync-record.ts';
import { sampleRecord } from '../../engine/sync-samples.ts';

const MASTER = issueChecklist({
  repo: { host: 'github.com', owner: 'octo', name: 'demo' },
  number: 12,
});

const issue = (number: number) => ({ repo: MASTER.repo, number });

function record(text: string, ...remarks: readonly SyncRemark[]) {
  const row = { item: { key: 'k' }, text, changes: [], remarks } as unknown as SyncRow;
  return sampleRecord('k', { rows: [row] });
}

describe('whether the remarks are others than before', () => {
  const doneBefore = (number: number): SyncRemark => ({
    kind: 'done-before',
    because: { kind: 'closed', issue: issue(number), reason: 'completed' },
    issue: issue(number),
  });
  const open = (number: number): SyncRemark => ({ kind: 'ticked-open', issue: issue(number) });

  it('is about the item where one of its issues was done before it named it', () => {
    const before = record('Write (closes #2) (closes #5)', doneBefore(2));
    expect(remarksDiffer(before, record('Write (closes #2) (closes #5)', doneBefore(5)))).toBe(
      false,
    );
    expect(remarksDiffer(before, record('Write (closes #2) (closes #7)', doneBefore(7)))).toBe(
      true,
    );
    expect(remarksDiffer(before, record('Write (closes #2) (closes #5)'))).toBe(true);
  });

  it('is about the issue of any other remark', () => {
    const before = record('Write (closes #2) (closes #5)', open(2));
    expect(remarksDiffer(before, record('Write (closes #2) (closes #5)', open(2)))).toBe(false);
    expect(remarksDiffer(before, record('Write (closes #2) (closes #5)', open(5)))).toBe(true);
  });
});
