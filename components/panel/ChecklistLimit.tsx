import type { ChecklistState } from '../../lib/checklist-model/checklist-state.ts';
import { isLimit, LimitLine } from '../ui/LimitLine.tsx';

interface ChecklistLimitProps {
  readonly state: ChecklistState;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** That GitHub wants to be left alone, unless a run that waits for it or what was refused says so already. */
export function ChecklistLimit({ state: { sync, job, failure }, now }: ChecklistLimitProps) {
  const until = sync?.limitedUntil ?? 0;
  if (until <= now || job?.waiting?.why === 'limit' || (failure && isLimit(failure))) return null;
  return <LimitLine until={until} />;
}
