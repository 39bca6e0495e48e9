import type { ReadonlySignal } from '@preact/signals';
import { useContext } from 'preact/hooks';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { nameChecklist } from '../../lib/core/refs.ts';
import { JobProblems, type OnResolve } from '../panel/JobProblems.tsx';
import { RunSummary } from '../panel/RunSummary.tsx';
import { describeWait, isTriedByClick } from '../ui/describe-job.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { type JobAction, JobAnnouncement, JobControls } from '../ui/JobControls.tsx';
import { LimitShown } from '../ui/LimitLine.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import type { ChecklistAct } from './TrackedRow.tsx';

/** Called with what the user wants of a run. */
export type OnControl = (job: JobStatus, action: JobAction) => void;

/** Called with what the user wants done about rows of a run. */
export type OnResolveRows = (job: JobStatus, ...chosen: Parameters<OnResolve>) => void;

interface PopupJobProps {
  readonly job: JobStatus;
  /** Title of the checklist. */
  readonly title: string;
  /** Undefined where no button was pressed yet. */
  readonly act: ChecklistAct | undefined;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  readonly onControl: OnControl;
  readonly onResolve: OnResolveRows;
  readonly onOptions: () => void;
}

/** A run that is going on, or ended with something to decide. */
export function PopupJob(props: PopupJobProps) {
  const { job, title, act, onControl, onResolve, onOptions } = props;
  return (
    <li class="tracked">
      <p class="title" title={title}>
        <strong>{title}</strong>
      </p>
      <p class="muted">{nameChecklist(job.checklist)}</p>
      {job.state === 'ended' ? (
        <>
          {act?.failure && <FailureNote failure={act.failure} onOptions={onOptions} />}
          <RunSummary
            job={job}
            about={title}
            busy={act?.busy === true}
            onDismiss={() => onControl(job, 'dismiss')}
            onResolve={(...chosen) => onResolve(job, ...chosen)}
            onOptions={onOptions}
          />
        </>
      ) : (
        <Running {...props} />
      )}
    </li>
  );
}

/** How far it is, what holds it up, pause and stop, and the items that need the user. */
function Running({ job, title, act, now, onControl, onResolve, onOptions }: PopupJobProps) {
  const { done, progress } = job.words;
  const busy = act?.busy === true;
  const failure = act?.failure ?? job.failure;
  const onRetry = isTriedByClick(job) ? () => onControl(job, 'resume') : undefined;
  return (
    <>
      <ProgressBar total={job.counts.total} done={done} />
      <p>
        {progress}{' '}
        <span class="muted">{describeWait(job, now.value, useContext(LimitShown) === 'top')}</span>
      </p>
      <JobAnnouncement job={job} about={title} />
      {failure && (
        <FailureNote failure={failure} onOptions={onOptions} onRetry={onRetry} busy={busy} />
      )}
      <div class="links">
        <JobControls
          job={job}
          about={title}
          busy={busy}
          onControl={(action) => onControl(job, action)}
        />
      </div>
      <JobProblems job={job} busy={busy} onResolve={(...chosen) => onResolve(job, ...chosen)} />
    </>
  );
}
