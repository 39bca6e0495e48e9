import type { ReadonlySignal } from '@preact/signals';
import { describeKinds } from '../lib/core/reconcile/describe-kinds.ts';
import type { ReconcileRecord } from '../lib/core/reconcile/reconcile-record.ts';
import { formatIssueRef, issueUrl } from '../lib/core/refs.ts';
import type { SyncRecord, SyncView, TrackedChecklist } from '../lib/core/sync/tracked.ts';
import { countNoun } from './count-noun.ts';
import { describeAgo } from './describe-ago.ts';
import { Icon } from './Icon.tsx';

/** One tracked checklist as the popup shows it. */
export interface TrackedEntry {
  readonly tracked: TrackedChecklist;
  readonly view: SyncView;
  /** Undefined before the first check. */
  readonly counts: SyncRecord['counts'] | undefined;
  /** The last look for differences; undefined before the first. */
  readonly reconcile: ReconcileRecord | undefined;
}

interface TrackedRowProps {
  readonly entry: TrackedEntry;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
}

/** A tracked checklist: where it is, how far it is, when it was checked, and what needs the user. */
export function TrackedRow({ entry, now }: TrackedRowProps) {
  const { checklist, title } = entry.tracked;
  const { reconcile } = entry;
  const left = reconcile?.left ?? 0;
  const { failure, needsYou, newItems, state } = entry.view;
  const failing = state === 'failing' ? failure : undefined;
  return (
    <li class="tracked">
      <a href={issueUrl(checklist)} target="_blank" rel="noreferrer">
        <strong>{title}</strong> <span class="muted">{formatIssueRef(checklist)}</span>
      </a>
      <p class="muted">
        {describeCounts(entry)}
        <Checked entry={entry} now={now} />
      </p>
      {failing && (
        <p class="problem">
          <Icon name="alert" /> <strong>{failing.message}</strong> {failing.action}
        </p>
      )}
      {newItems > 0 && <p>{countNoun(newItems, 'new item')} to generate.</p>}
      {reconcile !== undefined && left > 0 && (
        <p>
          <a href={issueUrl(checklist)} target="_blank" rel="noreferrer">
            <strong>{describeKinds(reconcile)}</strong>
          </a>
        </p>
      )}
      {needsYou > left && (
        <p>{needsYou === 1 ? '1 thing needs you.' : `${needsYou} things need you.`}</p>
      )}
    </li>
  );
}

/** Only this part draws itself anew as time goes by. */
function Checked({ entry: { view }, now }: TrackedRowProps) {
  const { checkedAt } = view;
  const when =
    checkedAt === undefined ? 'not checked yet' : `checked ${describeAgo(checkedAt, now.value)}`;
  return <>{`${when}${WAITING[view.waiting ?? 'nothing']}`}</>;
}

const WAITING = {
  gap: '; writes again in a moment',
  editor: '; waits for the editor in a tab to close',
  job: '; waits for the run to end',
  nothing: '',
} as const;

function describeCounts({ counts }: TrackedEntry): string {
  if (counts === undefined) return '';
  return `${counts.done} of ${counts.items} done, ${counts.followed} followed; `;
}
