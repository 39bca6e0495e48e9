import { useContext } from 'preact/hooks';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { describeWait, isTriedByClick } from '../ui/describe-job.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { type JobAction, JobAnnouncement, JobControls } from '../ui/JobControls.tsx';
import { LimitShown } from '../ui/LimitLine.tsx';
import { JobProblems, type OnResolve } from './JobProblems.tsx';

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
  const { job, now, busy } = props;
  const onRetry = isTriedByClick(job) ? () => props.onControl('resume') : undefined;
  return (
    <section class="job">
      <h3>{job.words.progress}</h3>
      <Bar job={job} />
      <p class="wait">{describeWait(job, now, useContext(LimitShown) === 'top')}</p>
      <JobAnnouncement job={job} />
      {job.failure && (
        <FailureNote
          failure={job.failure}
          onOptions={props.onOptions}
          onRetry={onRetry}
          busy={busy}
        />
      )}
      <div class="actions">
        <JobControls job={job} busy={busy} onControl={props.onControl} />
        {job.state !== 'paused' && (
          <span class="muted">You can close this tab; the run continues.</span>
        )}
      </div>
      <JobProblems job={job} busy={busy} onResolve={props.onResolve} />
    </section>
  );
}

function Bar({ job }: { readonly job: JobStatus }) {
  const { total } = job.counts;
  const { done, progress } = job.words;
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label={progress}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      data-paused={job.state === 'paused'}
    >
      <div style={{ width: `${total === 0 ? 100 : (100 * done) / total}%` }} />
    </div>
  );
}
