import type { ReadonlySignal } from '@preact/signals';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { nameChecklist } from '../../lib/core/refs.ts';
import { describeWait } from '../ui/describe-job.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { type JobAction, JobAnnouncement, JobControls } from '../ui/JobControls.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import type { ChecklistAct } from './TrackedRow.tsx';

/** Called with what the user wants of a run. */
export type OnControl = (job: JobStatus, action: JobAction) => void;

interface PopupJobProps {
  readonly job: JobStatus;
  /** Title of the checklist. */
  readonly title: string;
  /** Undefined where no button was pressed yet. */
  readonly act: ChecklistAct | undefined;
  /** The time, in milliseconds since 1970. */
  readonly now: ReadonlySignal<number>;
  readonly onControl: OnControl;
  readonly onOptions: () => void;
}

/** A run in the list of those that go on: how far it is, what holds it up, pause and stop. */
export function PopupJob({ job, title, act, now, onControl, onOptions }: PopupJobProps) {
  const { done, progress } = job.words;
  const failure = act?.failure ?? job.failure;
  return (
    <li class="tracked">
      <p class="title" title={title}>
        <strong>{title}</strong>
      </p>
      <p class="muted">{nameChecklist(job.checklist)}</p>
      <ProgressBar total={job.counts.total} done={done} />
      <p>
        {progress} <span class="muted">{describeWait(job, now.value)}</span>
      </p>
      <JobAnnouncement job={job} about={title} />
      {failure && <FailureNote failure={failure} onOptions={onOptions} />}
      <div class="links">
        <JobControls
          job={job}
          about={title}
          busy={act?.busy === true}
          onControl={(action) => onControl(job, action)}
        />
      </div>
    </li>
  );
}
