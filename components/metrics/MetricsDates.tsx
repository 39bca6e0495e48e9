import { countNoun } from '../../lib/core/count-noun.ts';
import type { Failure } from '../../lib/core/failures.ts';
import { Button } from '../ui/Button.tsx';
import { describeAgo } from '../ui/describe-ago.ts';
import { FailureNote } from '../ui/FailureNote.tsx';

interface MetricsDatesProps {
  /** When the oldest dates that are shown were asked for; undefined where some never were. Milliseconds since 1970. */
  readonly datesAt: number | undefined;
  readonly now: number;
  readonly done: number;
  /** Checklists that are asked for; 0 where none is. */
  readonly total: number;
  readonly busy: boolean;
  /** Checklists of which GitHub gave no dates. */
  readonly failures: readonly { readonly title: string; readonly failure: Failure }[];
  readonly onRefresh: () => void;
  readonly onOptions: () => void;
}

/** How old GitHub's dates are, and how to renew them; the old ones are shown meanwhile. */
export function MetricsDates(props: MetricsDatesProps) {
  const { failures, busy } = props;
  const [first] = failures;
  const others = failures.length > 1 ? ` And ${countNoun(failures.length - 1, 'other')}.` : '';
  return (
    <>
      <div class="dates">
        <Button busy={busy} onPress={props.onRefresh}>
          Refresh
        </Button>
        <p class="muted" role="status">
          {describeDates(props)}
        </p>
      </div>
      {first && (
        <FailureNote failure={first.failure} onOptions={props.onOptions}>
          <p>{`No new dates for ${first.title}.${others}`}</p>
        </FailureNote>
      )}
    </>
  );
}

function describeDates({ datesAt, now, done, total, busy }: MetricsDatesProps): string {
  const age = datesAt === undefined ? '' : `GitHub's dates as of ${describeAgo(datesAt, now)}`;
  if (!busy) return age === '' ? "GitHub's dates are not complete: press Refresh." : `${age}.`;
  const asking = `Reading dates from GitHub: ${done} of ${countNoun(total, 'checklist')}`;
  return age === '' ? `${asking}.` : `${asking}. ${age}.`;
}
