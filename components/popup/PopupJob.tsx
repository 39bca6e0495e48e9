import type { ReadonlySignal } from '@preact/signals';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { nameChecklist } from '../../lib/core/refs.ts';
import type { JobAction } from '../panel/JobProgress.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { describeWait, doneOf } from '../ui/describe-job.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { useAnnouncement } from '../ui/use-announcement.ts';
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

/** How often screen readers hear of a run, in milliseconds. */
const TELL_MS = 10_000;

/** A run in the list of those that go on: how far it is, what holds it up, pause and stop. */
export function PopupJob({ job, title, act, now, onControl, onOptions }: PopupJobProps) {
  const progress = job.words.progress;
  const announcement = useAnnouncement(`${title}: ${progress}`, TELL_MS);
  const isPaused = job.state === 'paused';
  const busy = act?.busy === true;
  const failure = act?.failure ?? job.failure;
  return (
    <li class="tracked">
      <p class="title" title={title}>
        <strong>{title}</strong>
      </p>
      <p class="muted">{nameChecklist(job.checklist)}</p>
      <ProgressBar total={job.counts.total} done={doneOf(job)} />
      <p>
        {progress} <span class="muted">{describeWait(job, now.value)}</span>
      </p>
      <p class="unseen" aria-live="polite">
        {announcement}
      </p>
      {failure && <FailureNote failure={failure} onOptions={onOptions} />}
      <div class="links">
        <Button
          look="small"
          busy={busy}
          label={`${isPaused ? 'Resume' : 'Pause'}: ${title}`}
          onPress={() => onControl(job, isPaused ? 'resume' : 'pause')}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
        <ConfirmButton
          label="Stop"
          about={title}
          consequence={job.words.stop}
          confirm="Stop this run"
          keep="Keep going"
          disabled={busy}
          onConfirm={() => onControl(job, 'stop')}
        />
      </div>
    </li>
  );
}
