import { useState } from 'preact/hooks';
import type { GenerationRow } from '../lib/core/plan/plan-generation.ts';
import type { RepoRef } from '../lib/core/refs.ts';
import { PreviewRow } from './PreviewRow.tsx';
import type { RowChange, RowChoices } from './row-choices.ts';
import { useGrowing } from './use-growing.ts';

interface PreviewGroupProps {
  readonly name: string;
  readonly rows: readonly GenerationRow[];
  readonly startsOpen: boolean;
  readonly choices: RowChoices;
  readonly target: RepoRef;
  readonly onChoose: (change: RowChange) => void;
}

/** Rows of one decision under a heading that folds them. Folded rows are not rendered at all. */
export function PreviewGroup(props: PreviewGroupProps) {
  const { rows, choices } = props;
  const [open, setOpen] = useState(props.startsOpen);
  const shown = useGrowing(open ? rows.length : 0);
  if (rows.length === 0) return null;
  return (
    <details class="group" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {props.name} <span class="counter">{rows.length}</span>
      </summary>
      <ul class="rows">
        {rows.slice(0, shown).map((row) => (
          <PreviewRow
            key={row.index}
            row={row}
            choice={choices.get(row.index)}
            target={props.target}
            onChoose={props.onChoose}
          />
        ))}
      </ul>
    </details>
  );
}
