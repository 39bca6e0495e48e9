import type { Failure } from '../../lib/core/failures.ts';
import { type ChecklistRef, nameChecklist } from '../../lib/core/refs.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';

interface MetricsSummaryProps {
  /** Undefined where several are shown: a summary is of one. */
  readonly checklist: ChecklistRef | undefined;
  readonly summary:
    | { readonly state: 'idle' | 'busy' | 'posted' | 'removed' }
    | { readonly state: 'failed'; readonly failure: Failure };
  readonly onSummary: (post: boolean) => void;
  readonly onOptions: () => void;
}

/** Puts the figures into the checklist's issue, for people without the extension, and takes them out again. */
export function MetricsSummary({ checklist, summary, onSummary, onOptions }: MetricsSummaryProps) {
  if (checklist === undefined)
    return (
      <section class="posting" aria-label="Summary in the issue">
        <h2>Summary in the issue</h2>
        <p class="muted">Choose one checklist above to post its figures into its issue.</p>
      </section>
    );
  const name = nameChecklist(checklist);
  const disabled = summary.state === 'busy';
  return (
    <section class="posting" aria-label="Summary in the issue">
      <h2>Summary in the issue</h2>
      <p class="muted">
        A small table of all-time figures as of today, for people without Masterlist.
      </p>
      <div class="actions">
        <ConfirmButton
          label="Post a summary"
          about={name}
          consequence={`Writes the table at the end of the text of ${name}, in place of an earlier one. Nothing else of the text changes. Everybody who can read the issue sees it.`}
          confirm={`Write into ${name}`}
          keep="Leave the text as it is"
          disabled={disabled}
          onConfirm={() => onSummary(true)}
        />{' '}
        <ConfirmButton
          label="Remove the summary"
          about={name}
          consequence={`Removes the table that Masterlist posted from the text of ${name}. Nothing else of the text changes.`}
          confirm={`Remove it from ${name}`}
          keep="Leave it there"
          disabled={disabled}
          onConfirm={() => onSummary(false)}
        />
      </div>
      <p role="status">{SAID[summary.state]}</p>
      {summary.state === 'failed' && (
        <FailureNote failure={summary.failure} onOptions={onOptions} />
      )}
    </section>
  );
}

const SAID = {
  idle: '',
  busy: 'Writing…',
  posted: 'The summary is in the issue.',
  removed: 'The summary was removed from the issue.',
  failed: '',
} as const;
