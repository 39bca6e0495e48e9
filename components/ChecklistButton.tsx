import type { Ref } from 'preact';
import type { JobStatus } from '../lib/core/job/job.ts';
import { Button } from './Button.tsx';
import { countNoun } from './count-noun.ts';
import { describeProgress } from './describe-job.ts';
import { Icon } from './Icon.tsx';

interface ChecklistButtonProps {
  /** Task items that the page shows. */
  readonly items: number;
  readonly job: JobStatus | undefined;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

/** The one control of ours above the text. */
export function ChecklistButton({ items, job, open, onToggle, buttonRef }: ChecklistButtonProps) {
  const running = job && job.state !== 'ended';
  return (
    <Button expanded={open} onPress={onToggle} buttonRef={buttonRef}>
      <Icon name="tasklist" />
      <span>Masterlist: {running ? describeProgress(job) : countNoun(items, 'item')}</span>
    </Button>
  );
}
