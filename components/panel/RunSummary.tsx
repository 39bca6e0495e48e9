import { countNoun } from '../../lib/core/count-noun.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import { JobProblems, type OnResolve } from './JobProblems.tsx';

interface RunSummaryProps {
  readonly job: JobStatus;
  readonly busy: boolean;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
  readonly onResolve: OnResolve;
  readonly onOptions: () => void;
}

/** How a run ended, what is left to decide, and the way back. */
export function RunSummary(props: RunSummaryProps) {
  const { job, busy } = props;
  const clean = job.outcome === 'done' && job.problems.length === 0;
  return (
    <section class="job" role="status">
      <h3 data-clean={clean}>
        <Icon name={clean ? 'closed' : 'alert'} /> {job.words.outcome}
      </h3>
      {job.failure && <FailureNote failure={job.failure} onOptions={props.onOptions} />}
      <JobProblems job={job} busy={busy} onResolve={props.onResolve} />
      <div class="actions">
        {job.kind === 'generate' && job.undoable > 0 && (
          <ConfirmButton
            label="Undo this run"
            consequence={`Close ${countNoun(job.undoable, 'issue')} and remove their links; sent emails cannot be recalled. Issues that somebody has touched stay.`}
            confirm={`Close ${countNoun(job.undoable, 'issue')}`}
            keep="Keep them"
            disabled={busy}
            onConfirm={props.onUndo}
          />
        )}
        {canTakeBack(job) && (
          <ConfirmButton
            label="Undo these changes"
            consequence={`Revert ${countNoun(job.counts.linked, 'change')}; sent emails cannot be recalled. Issues that somebody has touched since are left for you to decide.`}
            confirm={`Revert ${countNoun(job.counts.linked, 'change')}`}
            keep="Keep them"
            disabled={busy}
            onConfirm={props.onUndo}
          />
        )}
        <Button disabled={busy} onPress={props.onDismiss}>
          Dismiss
        </Button>
      </div>
    </section>
  );
}

function canTakeBack({ change, counts }: JobStatus): boolean {
  // What is removed with our traces comes back with nothing.
  return counts.linked > 0 && change !== undefined && change.cause !== 'traces';
}
