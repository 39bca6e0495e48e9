import { countNoun, formatCount } from './count-noun.ts';
import { ProgressBar } from './ProgressBar.tsx';

interface DashboardProgressProps {
  readonly items: number;
  /** Items that have an issue. */
  readonly linked: number;
  /** Items that are ticked. */
  readonly done: number;
}

/** How far a checklist is: a bar for the eye, and the same in words. */
export function DashboardProgress(counts: DashboardProgressProps) {
  return (
    <div>
      <ProgressBar total={counts.items} done={counts.done} linked={counts.linked} />
      <p>{describeCounts(counts)}</p>
    </div>
  );
}

function describeCounts({ items, linked, done }: DashboardProgressProps): string {
  if (items === 0) return 'No items';
  return `${formatCount(done)} of ${countNoun(items, 'item')} done, ${formatCount(linked)} linked`;
}
