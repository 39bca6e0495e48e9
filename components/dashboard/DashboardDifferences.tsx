import { describePlan } from '../../lib/core/differences/describe-kinds.ts';
import type { ReconcilePlan } from '../../lib/core/differences/difference.ts';
import { nameChecklist } from '../../lib/core/refs.ts';
import { FoldingList } from '../ui/FoldingList.tsx';

interface DashboardDifferencesProps {
  readonly plan: ReconcilePlan;
  /** The page on which each is decided. */
  readonly href: string;
}

/** The differences of one checklist among several: how many, folded what they are, and the way to decide them. */
export function DashboardDifferences({ plan, href }: DashboardDifferencesProps) {
  const { differences, checklist } = plan;
  return (
    <div class="differences-of">
      <p>
        <strong>{describePlan(plan)}</strong>
        {differences.length > 0 && (
          <>
            {' '}
            <a href={href} aria-label={`Review: ${nameChecklist(checklist)}`}>
              Review
            </a>
          </>
        )}
      </p>
      <FoldingList title="Differences" rows={differences} startsOpen={false}>
        {(difference) => (
          <li key={difference.id} class="row">
            <p>{difference.text || 'The whole checklist'}</p>
            <p class="muted">{difference.words}.</p>
          </li>
        )}
      </FoldingList>
    </div>
  );
}
