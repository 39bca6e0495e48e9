import type { Ref } from 'preact';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { Button } from '../ui/Button.tsx';
import { countNoun } from '../ui/count-noun.ts';
import { describeProgress } from '../ui/describe-job.ts';
import { Icon } from '../ui/Icon.tsx';

interface ChecklistButtonProps {
  /** Task items that the page shows. */
  readonly items: number;
  readonly job: JobStatus | undefined;
  readonly open: boolean;
  /** What it opens is on its way. */
  readonly busy?: boolean;
  readonly onToggle: () => void;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

/** The one control of ours above the text. */
export function ChecklistButton(props: ChecklistButtonProps) {
  const { items, job, open, busy = false, onToggle, buttonRef } = props;
  const running = job && job.state !== 'ended';
  return (
    <Button expanded={open} busy={busy} onPress={onToggle} buttonRef={buttonRef}>
      <Icon name="tasklist" />
      <span>Masterlist: {running ? describeProgress(job) : countNoun(items, 'item')}</span>
    </Button>
  );
}
