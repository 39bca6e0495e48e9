import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../lib/core/failure.ts';
import { formatIssueRef, issueKey, issueUrl } from '../lib/core/refs.ts';
import type { ReleasedChecklist } from '../lib/core/sync/tracked.ts';
import { Button } from './Button.tsx';
import { FailureNote } from './FailureNote.tsx';
import { type TrackedEntry, TrackedRow } from './TrackedRow.tsx';

/** Everything that the popup shows and can do. */
export interface PopupPageProps {
  /** Undefined until they are read. */
  readonly entries: ReadonlySignal<readonly TrackedEntry[] | undefined>;
  /** Let go by themselves a short time ago. */
  readonly released: ReadonlySignal<readonly ReleasedChecklist[]>;
  readonly busy: ReadonlySignal<boolean>;
  readonly refused: ReadonlySignal<Failure | undefined>;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  readonly onCheckAll: () => void;
  readonly onOptions: () => void;
}

/** The popup: the checklists that this browser keeps up to date, and how each stands. */
export function PopupPage(props: PopupPageProps) {
  const entries = props.entries.value;
  const busy = props.busy.value;
  const refused = props.refused.value;
  return (
    <main>
      <h1>Masterlist</h1>
      {refused && <FailureNote failure={refused} onOptions={props.onOptions} />}
      {entries?.length === 0 && <Empty />}
      {entries !== undefined && entries.length > 0 && (
        <ul class="list" aria-label="Checklists kept up to date">
          {entries.map((entry) => (
            <TrackedRow key={issueKey(entry.tracked.checklist)} entry={entry} now={props.now} />
          ))}
        </ul>
      )}
      <Released released={props.released.value} />
      <div class="actions">
        {entries !== undefined && entries.length > 0 && (
          <Button look="primary" disabled={busy} onPress={props.onCheckAll}>
            Check all now
          </Button>
        )}
        <Button onPress={props.onOptions}>Options</Button>
      </div>
      <p class="muted" role="status">
        {busy ? 'Asking GitHub…' : ''}
      </p>
    </main>
  );
}

function Released({ released }: { readonly released: readonly ReleasedChecklist[] }) {
  if (released.length === 0) return null;
  return (
    <>
      <h2>Not kept up to date any more</h2>
      <ul class="list">
        {released.map(({ tracked: { checklist, title }, gone }) => (
          <li key={issueKey(checklist)} class="tracked">
            <a href={issueUrl(checklist)} target="_blank" rel="noreferrer">
              <strong>{title}</strong> <span class="muted">{formatIssueRef(checklist)}</span>
            </a>
            <p class="muted">{gone?.message ?? 'It has been closed for seven days.'}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Empty() {
  return (
    <p>
      No checklist is kept up to date yet: open a GitHub issue with a task list, press{' '}
      <strong>Masterlist</strong> above its text, and generate issues or press{' '}
      <strong>Keep up to date</strong>.
    </p>
  );
}
