import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useGrowing } from './use-growing.ts';

interface FoldingListProps<Row> {
  /** The heading that folds it. */
  readonly title: ComponentChildren;
  readonly rows: readonly Row[];
  readonly startsOpen: boolean;
  /** Below the rows. */
  readonly foot?: ComponentChildren;
  /** One row as a list item with a key. */
  readonly children: (row: Row) => VNode;
}

/** Rows under a heading that folds them; nothing where there are none. Folded rows are not rendered at all. */
export function FoldingList<Row>(props: FoldingListProps<Row>) {
  const { rows } = props;
  const [open, setOpen] = useState(props.startsOpen);
  const shown = useGrowing(open ? rows.length : 0);
  if (rows.length === 0) return null;
  return (
    <details class="group" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.title}</summary>
      <ul class="rows">{rows.slice(0, shown).map(props.children)}</ul>
      {props.foot && <div class="foot">{props.foot}</div>}
    </details>
  );
}
