import type { Tally } from '../../lib/core/plan/outline.ts';

/** A group of the outline, and what of it is selected. */
export interface OutlineGroupProps {
  readonly name: string;
  /** Positions of its rows: from this one up to, but without, `to`. */
  readonly from: number;
  readonly to: number;
  readonly box: Tally['box'];
  /** `12 of 14`; '' where there is nothing to count. */
  readonly count: string;
  readonly isCurrent: boolean;
  readonly onGroup: (from: number, to: number) => void;
}

/** The checkbox of a group; nothing where it would select nothing. */
export function OutlineGroup(props: Omit<OutlineGroupProps, 'count'>) {
  const { name, from, to, box, isCurrent, onGroup } = props;
  if (box === undefined) return null;
  return (
    <input
      type="checkbox"
      data-box=""
      tabIndex={isCurrent ? undefined : -1}
      aria-label={`All of: ${name}`}
      checked={box === 'all'}
      indeterminate={box === 'some'}
      onClick={() => onGroup(from, to)}
    />
  );
}

/** The line of a heading: its checkbox, its words and its count. */
export function OutlineHeading({ line, ...group }: OutlineGroupProps & { readonly line: string }) {
  return (
    <div class="row heading" data-line={line}>
      <div class="line">
        <OutlineGroup {...group} />
        <span class="text">{group.name}</span>
        {group.count && <span class="muted count">{group.count}</span>}
      </div>
    </div>
  );
}
