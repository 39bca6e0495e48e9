import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { formatIssueRef, type RepoRef } from '../../lib/core/refs.ts';
import {
  describeChange,
  describeRemark,
  repoOfPulls,
  ruleForPulls,
} from '../../lib/core/sync/describe-sync.ts';
import type { SyncChange, SyncRemark, SyncRow } from '../../lib/core/sync/sync-plan.ts';
import { Button } from '../ui/Button.tsx';
import { FoldingList } from '../ui/FoldingList.tsx';
import { IssueLink } from '../ui/IssueLink.tsx';

interface SyncRowViewProps {
  readonly row: SyncRow;
  /** What of the row is told. */
  readonly tells: 'changes' | 'remarks';
  /** The checklist's repository: its issues are named without it. */
  readonly from: RepoRef;
}

/** An item with what a sync writes for it, or with what a person should know of it. */
export function SyncRowView({ row, tells, from }: SyncRowViewProps) {
  const { text, issue, changes, remarks } = row;
  return (
    <li class="row">
      <div class="head">
        <span class="text">{text || '(no text)'}</span>
        {issue && <IssueLink issue={issue} from={from} />}
      </div>
      {tells === 'changes'
        ? changes.map((change) => (
            <p class="change" key={change.kind}>
              <code aria-hidden="true">{symbolsOf(change, from)}</code>
              <span class="muted why">{describeChange(change, from, issue)}</span>
            </p>
          ))
        : remarks.map((remark, index) => (
            <Fragment key={`${remark.kind}/${index}`}>
              <p class="muted why">{describeRemark(remark, from)}</p>
              {remark.kind === 'pulls-elsewhere' && <CountPulls remark={remark} />}
            </Fragment>
          ))}
    </li>
  );
}

/** Shows the line of the rules file with which a repository's pull requests count: who may change that file decides. */
function CountPulls({
  remark,
}: {
  readonly remark: Extract<SyncRemark, { readonly kind: 'pulls-elsewhere' }>;
}) {
  const [shown, setShown] = useState(false);
  if (!shown)
    return (
      <p>
        <Button look="small" onPress={() => setShown(true)}>
          Count pull requests of {repoOfPulls(remark)}
        </Button>
      </p>
    );
  return (
    <div role="status">
      <p>
        Put this line into <code>.github/masterlist.yml</code> on the default branch, then sync
        again:
      </p>
      <p>
        <code>{ruleForPulls(remark)}</code>
      </p>
    </div>
  );
}

/** What becomes of the text, as it is written there. */
function symbolsOf(change: SyncChange, from: RepoRef): string {
  switch (change.kind) {
    case 'tick':
      return '[ ] → [x]';
    case 'untick':
      return '[x] → [ ]';
    case 'add-pulls':
      return `+ (${change.pulls.map((pull) => formatIssueRef(pull, from)).join(', ')})`;
  }
}

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
