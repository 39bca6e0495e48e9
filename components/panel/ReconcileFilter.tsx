import type { Difference } from '../../lib/core/differences/difference.ts';
import { Button } from '../ui/Button.tsx';

/** Which differences are shown. */
export type FilterName = 'all' | 'safe' | 'asks' | 'info';

const FILTERS: readonly (readonly [FilterName, string])[] = [
  ['all', 'All'],
  ['safe', 'Can be resolved safely'],
  ['asks', 'Needs attention'],
  ['info', 'For information'],
];

/** Whether a difference is shown. */
export function passes({ level, safe }: Difference, filter: FilterName): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'safe':
      return safe !== undefined;
    case 'asks':
      return level === 'action' && safe === undefined;
    case 'info':
      return level === 'info';
  }
}

interface ReconcileFilterProps {
  readonly differences: readonly Difference[];
  readonly shown: FilterName;
  readonly onShow: (filter: FilterName) => void;
}

/** Chooses which differences are shown, and says how many there are of each sort. Nothing where all are of one sort. */
export function ReconcileFilter({ differences, shown, onShow }: ReconcileFilterProps) {
  const counts = FILTERS.map(([filter]) => differences.filter((one) => passes(one, filter)).length);
  if (counts.filter((count) => count > 0).length < 3) return null;
  return (
    <fieldset class="actions" aria-label="Which differences are shown">
      {FILTERS.map(([filter, words], index) => (
        <Button
          key={filter}
          look="small"
          pressed={filter === shown}
          disabled={counts[index] === 0}
          onPress={() => onShow(filter)}
        >
          {words} ({(counts[index] ?? 0).toLocaleString('en')})
        </Button>
      ))}
    </fieldset>
  );
}
