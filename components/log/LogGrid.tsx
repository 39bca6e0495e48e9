import { useEffect, useRef, useState } from 'preact/hooks';
import { describeCause } from '../../lib/core/log/cause.ts';
import type { LogEntry } from '../../lib/core/log/filter-entries.ts';

interface LogGridProps {
  /** Newest first. */
  readonly entries: readonly LogEntry[];
  /** Id of the line that is open. */
  readonly openId: number | undefined;
  /** Title of a checklist by its key. */
  readonly titleOf: (checklistKey: string) => string;
  readonly onOpen: (entry: LogEntry) => void;
}

/** Rows that are rendered beyond what is seen, at each end. */
const BEYOND = 10;

/** The height that is taken for seen before it is measured, in CSS pixels. */
const FIRST_PX = 600;

/**
 * The lines of the log as a grid. Only the rows in sight are rendered, and the one that has the focus: so 50,000 lines
 * scroll as ten do. Arrows, Page, Home and End move; Enter opens.
 */
export function LogGrid({ entries, openId, titleOf, onOpen }: LogGridProps) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: FIRST_PX });
  const [activeId, setActiveId] = useState<number | undefined>(undefined);
  const wanted = useRef<number | undefined>(undefined);
  const measure = () => {
    const node = box.current;
    if (node !== null) setSeen({ top: node.scrollTop, height: node.clientHeight || FIRST_PX });
  };
  useEffect(() => {
    const node = box.current;
    if (node === null) return;
    const resized = new ResizeObserver(measure);
    resized.observe(node);
    return () => resized.disconnect();
  }, []);

  const found = entries.findIndex(({ line }) => line.id === activeId);
  const active = found === -1 ? 0 : found;
  const rows = windowOf(entries.length, seen, active);
  const page = Math.max(1, Math.floor(seen.height / ROW_PX) - 1);

  const move = (to: number) => {
    const at = Math.max(0, Math.min(entries.length - 1, to));
    const entry = entries[at];
    const node = box.current;
    if (entry === undefined || node === null) return;
    wanted.current = entry.line.id;
    setActiveId(entry.line.id);
    node.scrollTop = scrollFor(at, node);
    measure();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = targetOf(event.key, active, entries.length, page);
    const entry = entries[active];
    if (to !== undefined) move(to);
    else if ((event.key === 'Enter' || event.key === ' ') && entry !== undefined) onOpen(entry);
    else return;
    event.preventDefault();
  };
  // The row that is moved to may be rendered only now.
  useEffect(() => {
    if (wanted.current === undefined) return;
    wanted.current = undefined;
    box.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({
      preventScroll: true,
    });
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot leave rows out
    <div
      class="log-grid"
      role="grid"
      aria-label="Log, newest first"
      aria-rowcount={entries.length + 1}
      aria-colcount={4}
      ref={box}
      onScroll={measure}
      onKeyDown={onKeyDown}
    >
      <LogHead />
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot leave rows out */}
      <div class="log-rows" role="rowgroup" style={{ height: `${entries.length * ROW_PX}px` }}>
        {rows.map((at) => {
          const entry = entries[at];
          if (entry === undefined) return null;
          const { id, checklistKey } = entry.line;
          return (
            <LogRow
              key={id}
              entry={entry}
              at={at}
              title={titleOf(checklistKey)}
              isActive={at === active}
              isOpen={id === openId}
              onFocus={() => setActiveId(id)}
              onOpen={() => onOpen(entry)}
            />
          );
        })}
      </div>
    </div>
  );
}

function LogHead() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot leave rows out
    <div class="log-head" role="rowgroup">
      {/* biome-ignore lint/a11y/useFocusableInteractive: heads are not moved to */}
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot leave rows out */}
      <div class="log-row" role="row" aria-rowindex={1}>
        {['Time', 'What', 'Checklist', 'Who'].map((head, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: heads are not moved to
          // biome-ignore lint/a11y/useSemanticElements: a table cannot leave rows out
          <span key={head} role="columnheader" aria-colindex={index + 1}>
            {head}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Indices of the rows to render, in order. */
function windowOf(
  count: number,
  { top, height }: { readonly top: number; readonly height: number },
  active: number,
): readonly number[] {
  const first = Math.max(0, Math.min(count, Math.floor(top / ROW_PX)) - BEYOND);
  const last = Math.min(count - 1, Math.ceil((top + height) / ROW_PX) + BEYOND);
  const rows: number[] = [];
  for (let at = first; at <= last; at += 1) rows.push(at);
  if (active < first) return count > 0 ? [active, ...rows] : rows;
  return active > last && active < count ? [...rows, active] : rows;
}

/** Where to scroll so that a row is in sight below the heads, moving as little as may be. */
function scrollFor(at: number, { scrollTop, clientHeight }: HTMLElement): number {
  const top = at * ROW_PX;
  const room = Math.max(ROW_PX, (clientHeight || FIRST_PX) - ROW_PX);
  if (top < scrollTop) return top;
  return top + ROW_PX > scrollTop + room ? top + ROW_PX - room : scrollTop;
}

function targetOf(key: string, active: number, count: number, page: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Height of a row in CSS pixels; all are alike, so that it is known which are in sight. */
const ROW_PX = 48;

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
function LogRow(props: LogRowProps) {
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
