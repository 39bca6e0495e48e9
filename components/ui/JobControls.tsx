import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { Button } from './Button.tsx';
import { ConfirmButton } from './ConfirmButton.tsx';
import { useAnnouncement } from './use-announcement.ts';

/** What the user may do with a running job. */
export type JobAction = 'pause' | 'resume' | 'stop' | 'dismiss';

interface JobControlsProps {
  readonly job: JobStatus;
  /** Names the run for the ear, where several are shown. */
  readonly about?: string;
  /** What was pressed is under way, or nothing can be done now. */
  readonly busy: boolean;
  readonly onControl: (action: JobAction) => void;
}

/** The buttons of a run that is going on, wherever it is shown: pause or resume, and stop. */
export function JobControls({ job, about, busy, onControl }: JobControlsProps) {
  const [label, action] =
    job.state === 'paused' ? (['Resume', 'resume'] as const) : (['Pause', 'pause'] as const);
  return (
    <>
      <Button
        {...(about !== undefined && { look: 'small', label: `${label}: ${about}` })}
        busy={busy}
        onPress={() => busy || onControl(action)}
      >
        {label}
      </Button>
      <ConfirmButton
        label="Stop"
        {...(about !== undefined && { about })}
        consequence={job.words.stop}
        confirm="Stop this run"
        keep="Keep going"
        disabled={busy}
        writes={false}
        onConfirm={() => onControl('stop')}
      />
    </>
  );
}

/** How often screen readers hear of a run, in milliseconds. */
const TELL_MS = 10_000;

/** How far a run is, for the ear only. */
export function JobAnnouncement({ job, about }: Pick<JobControlsProps, 'job' | 'about'>) {
  const { progress } = job.words;
  const announcement = useAnnouncement(about ? `${about}: ${progress}` : progress, TELL_MS);
  return (
    <p class="unseen" aria-live="polite">
      {announcement}
    </p>
  );
}
