import type { GenerationRow } from '../../lib/core/plan/plan-generation.ts';
import type { RepoRef } from '../../lib/core/refs.ts';
import { FoldingList } from '../ui/FoldingList.tsx';
import { PreviewRow } from './PreviewRow.tsx';
import type { RowChange, RowChoices } from './row-choices.ts';

interface PreviewGroupProps {
  readonly name: string;
  readonly rows: readonly GenerationRow[];
  readonly startsOpen: boolean;
  readonly choices: RowChoices;
  readonly target: RepoRef;
  readonly onChoose: (change: RowChange) => void;
}

/** Rows of one decision under a heading that folds them. */
export function PreviewGroup(props: PreviewGroupProps) {
  const { name, rows, startsOpen, choices } = props;
  const title = (
    <>
      {name} <span class="counter">{rows.length}</span>
    </>
  );
  return (
    <FoldingList title={title} rows={rows} startsOpen={startsOpen}>
      {(row) => (
        <PreviewRow
          key={row.index}
          row={row}
          choice={choices.get(row.index)}
          target={props.target}
          onChoose={props.onChoose}
        />
      )}
    </FoldingList>
  );
}
