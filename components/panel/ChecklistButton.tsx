import type { Ref } from 'preact';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

interface ChecklistButtonProps {
  /** Task items, as far as known. */
  readonly items: number;
  readonly job: JobStatus | undefined;
  readonly open: boolean;
  /** The extension is gone from under the page. */
  readonly cutOff?: boolean;
  /** What it opens is on its way. */
  readonly busy?: boolean;
  readonly onToggle: () => void;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

/** The one control of ours above the text. */
export function ChecklistButton(props: ChecklistButtonProps) {
  const { items, job, open, busy = false, onToggle, buttonRef } = props;
  const running = job && job.state !== 'ended' && job.words.progress;
  const state = props.cutOff ? 'reload the page' : running || countNoun(items, 'item');
  return (
    <Button expanded={open} busy={busy} onPress={onToggle} buttonRef={buttonRef}>
      <Icon name="tasklist" />
      <span>Masterlist: {state}</span>
    </Button>
  );
}
