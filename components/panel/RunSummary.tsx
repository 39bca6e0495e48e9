import { countNoun } from '../../lib/core/count-noun.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { isClean } from '../ui/describe-job.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import { JobProblems, type OnResolve } from './JobProblems.tsx';

interface RunSummaryProps {
  readonly job: JobStatus;
  /** Names the run for the ear, where several are shown. */
  readonly about?: string;
  readonly busy: boolean;
  /** Missing where the run is not taken back. */
  readonly onUndo?: () => void;
  readonly onDismiss: () => void;
  readonly onResolve: OnResolve;
  readonly onOptions: () => void;
}

/** How a run ended, what is left to decide, and the way back. */
export function RunSummary(props: RunSummaryProps) {
  const { job, about, busy, onUndo } = props;
  const { words } = job;
  const clean = isClean(job);
  return (
    <section class="job">
      <h3 data-clean={clean}>
        <Icon name={clean ? 'closed' : 'alert'} /> {words.outcome}
      </h3>
      {job.failure && <FailureNote failure={job.failure} onOptions={props.onOptions} />}
      <JobProblems job={job} busy={busy} onResolve={props.onResolve} />
      <div class="actions">
        {onUndo && job.undoable > 0 && (
          <ConfirmButton
            {...UNDO[words.undo](job.undoable)}
            keep="Keep them"
            disabled={busy}
            onConfirm={onUndo}
          />
        )}
        <Button
          {...(about !== undefined && { look: 'small', label: `Dismiss: ${about}` })}
          disabled={busy}
          onPress={props.onDismiss}
        >
          Dismiss
        </Button>
      </div>
    </section>
  );
}

const UNDO = {
  close: (count: number) => {
    const confirm = `Close ${countNoun(count, 'issue')}`;
    return {
      label: 'Undo this run',
      consequence: `${confirm} and remove their links; sent emails cannot be recalled. Issues that somebody has touched stay.`,
      confirm,
    };
  },
  revert: (count: number) => {
    const confirm = `Revert ${countNoun(count, 'change')}`;
    return {
      label: 'Undo these changes',
      consequence: `${confirm}; sent emails cannot be recalled. Issues that somebody has touched since are left for you to decide.`,
      confirm,
    };
  },
};
