import type { RepoRef } from '../../lib/core/refs.ts';
import type { SyncRow } from '../../lib/core/sync/sync-plan.ts';
import { FoldingList } from '../ui/FoldingList.tsx';
import { SyncRowView } from './SyncRowView.tsx';

interface SyncRemarksProps {
  readonly rows: readonly SyncRow[];
  /** The checklist's repository. */
  readonly from: RepoRef;
}

/** Items that sync leaves as they are, each with the reason. */
export function SyncRemarks({ rows, from }: SyncRemarksProps) {
  const remarked = rows.filter(({ remarks }) => remarks.length > 0);
  return (
    <FoldingList title={`${remarked.length} to review`} rows={remarked} startsOpen={false}>
      {(row) => <SyncRowView key={row.index} row={row} tells="remarks" from={from} />}
    </FoldingList>
  );
}
