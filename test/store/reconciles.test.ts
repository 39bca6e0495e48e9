import { expect, it } from 'vitest';
import { issueChecklist } from '../../lib/core/refs.ts';
import { connect } from '../../lib/store/db.ts';
import { loadReconcilePreview } from '../../lib/store/reconcile-previews.ts';

it('a preview of differences is not found under what is no id at all', async () => {
  const id = { a: 1 } as unknown as string;
  const checklist = issueChecklist({
    repo: { host: 'github.com', owner: 'octo', name: 'demo' },
    number: 12,
  });
  expect(await loadReconcilePreview(connect(), checklist, id)).toBeUndefined();
});
