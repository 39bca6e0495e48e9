import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { describeWait, doneOf } from '../ui/describe-job.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { useAnnouncement } from '../ui/use-announcement.ts';
import { JobProblems, type OnResolve } from './JobProblems.tsx';

/** What the user may do with a running job. */
export type JobAction = 'pause' | 'resume' | 'stop' | 'dismiss';

interface JobProgressProps {
  readonly job: JobStatus;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly busy: boolean;
  readonly onControl: (action: JobAction) => void;
  readonly onResolve: OnResolve;
  readonly onOptions: () => void;
}

/** A run that is going on: how far it is, how long it takes, what holds it up, and its controls. */
export function JobProgress(props: JobProgressProps) {
  const { job, now, busy, onControl } = props;
  const progress = job.words.progress;
  const paused = job.state === 'paused';
  const announcement = useAnnouncement(progress, 10_000);
  return (
    <section class="job">
      <h3>{progress}</h3>
      <Bar job={job} label={progress} />
      <p class="wait">{describeWait(job, now)}</p>
      <p class="unseen" aria-live="polite">
        {announcement}
      </p>
      {job.failure && <FailureNote failure={job.failure} onOptions={props.onOptions} />}
      <div class="actions">
        <Button disabled={busy} onPress={() => onControl(paused ? 'resume' : 'pause')}>
          {paused ? 'Resume' : 'Pause'}
        </Button>
        <ConfirmButton
          label="Stop"
          consequence={job.words.stop}
          confirm="Stop this run"
          keep="Keep going"
          disabled={busy}
          onConfirm={() => onControl('stop')}
        />
        <span class="muted">You can close this tab; the run continues.</span>
      </div>
      <JobProblems job={job} busy={busy} onResolve={props.onResolve} />
    </section>
  );
}

function Bar({ job, label }: { readonly job: JobStatus; readonly label: string }) {
  const { total } = job.counts;
  const done = doneOf(job);
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      data-paused={job.state === 'paused'}
    >
      <div style={{ width: `${total === 0 ? 100 : (100 * done) / total}%` }} />
    </div>
  );
}
