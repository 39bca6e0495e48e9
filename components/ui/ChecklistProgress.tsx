import { countNoun, formatCount } from '../../lib/core/count-noun.ts';
import { ProgressBar } from './ProgressBar.tsx';

interface ChecklistProgressProps {
  readonly items: number;
  /** Items that have an issue. */
  readonly linked: number;
  /** Items that are ticked. */
  readonly done: number;
}

/** How far a checklist is: a bar for the eye, and the same in words. */
export function ChecklistProgress(counts: ChecklistProgressProps) {
  return (
    <div>
      <ProgressBar total={counts.items} done={counts.done} linked={counts.linked} />
      <p>{describeCounts(counts)}</p>
    </div>
  );
}

/** Its place before there are counts, so that nothing jumps when they come; `words` say what they wait for. */
export function ProgressRoom({ words }: { readonly words: string }) {
  return (
    <div>
      <ProgressBar total={0} done={0} />
      <p>{words}</p>
    </div>
  );
}

function describeCounts({ items, linked, done }: ChecklistProgressProps): string {
  if (items === 0) return 'No items';
  return `${formatCount(done)} of ${countNoun(items, 'item')} done, ${formatCount(linked)} linked`;
}
