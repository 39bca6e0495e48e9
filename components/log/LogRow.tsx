import { describeCause } from '../../lib/core/log/cause.ts';
import type { LogEntry } from '../../lib/core/log/filter-entries.ts';

/** Height of a row in CSS pixels; all are alike, so that it is known which are in sight. */
export const ROW_PX = 48;

interface LogRowProps {
  readonly entry: LogEntry;
  /** Its place in the list, from 0. */
  readonly at: number;
  /** Of its checklist. */
  readonly title: string;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

/** One line of the log: when, what and why, of which checklist, by whom. */
export function LogRow(props: LogRowProps) {
  const { entry, at, title, isActive, isOpen } = props;
  const { line, words } = entry;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot leave rows out
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid listens to the keyboard
    <div
      class="log-row"
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isOpen}
      tabIndex={isActive ? 0 : -1}
      style={{ top: `${at * ROW_PX}px`, height: `${ROW_PX}px` }}
      onFocus={props.onFocus}
      onClick={props.onOpen}
    >
      <Cell column={1}>{TIME.format(line.at)}</Cell>
      <Cell column={2}>
        {words} <span class="muted">{describeCause(line.cause)}</span>
      </Cell>
      <Cell column={3}>{title}</Cell>
      <Cell column={4}>{line.login}</Cell>
    </div>
  );
}

interface CellProps {
  readonly column: number;
  readonly children: preact.ComponentChildren;
}

function Cell({ column, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot leave rows out
    // biome-ignore lint/a11y/useFocusableInteractive: its row has the focus
    <span role="gridcell" aria-colindex={column}>
      {children}
    </span>
  );
}

/** Made once: making it costs more than many rows. */
const TIME = new Intl.DateTimeFormat([], { dateStyle: 'medium', timeStyle: 'short' });
