import type { ComponentChildren } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { capital } from '../../lib/core/capital.ts';
import { formatCount } from '../../lib/core/count-noun.ts';
import type { Fates } from '../../lib/core/plan/describe-reason.ts';
import {
  changedTogether,
  isTakenTogether,
  type OutlineNode,
  type OutlineRow,
  outlineOf,
  type Tally,
  tallyRows,
} from '../../lib/core/plan/outline.ts';
import type { Decision, GenerationPlan, PlanSummary } from '../../lib/core/plan/plan-generation.ts';
import { bucketOf } from '../../lib/core/plan/summarize-plan.ts';
import { Button } from '../ui/Button.tsx';
import { useGrowing } from '../ui/use-growing.ts';
import { OutlineHeading } from './OutlineGroup.tsx';
import { PreviewRow } from './PreviewRow.tsx';
import { fateOf, type RowChange, type RowChoices, tickRow } from './row-choices.ts';

interface PreviewOutlineProps {
  readonly plan: GenerationPlan;
  readonly choices: RowChoices;
  readonly summary: PlanSummary;
  readonly fates: Fates;
  /** Must stay the same function from render to render. */
  readonly onChoose: (...changes: readonly RowChange[]) => void;
}

/** What the filter shows: the rows that were decided so when it was chosen, so that none disappears under the pointer. */
interface Filter {
  readonly decision: Decision;
  readonly rows: ReadonlySet<number>;
}

/** The checklist's own outline, with the decision of each item in place, and what filters it and selects many at once. */
export function PreviewOutline(props: PreviewOutlineProps) {
  const { plan, choices, summary, fates, onChoose } = props;
  const [filter, setFilter] = useState<Filter>();
  const nodes = useMemo(() => outlineOf(plan.rows), [plan]);
  const rows = plan.rows.map((row, at): OutlineRow => {
    const { selected } = fateOf(row, choices.get(row.index));
    const together = isTakenTogether(row, filter?.decision === 'skip');
    return { row, selected, together, shown: filter?.rows.has(at) ?? true };
  });
  if (rows.length === 0) return null;
  const show = (decision: Decision | undefined) =>
    setFilter(decision && { decision, rows: rowsOf(decision, plan, choices) });
  const tick = (selected: boolean) =>
    onChoose(...changedTogether(rows, selected).map((row) => tickRow(row, selected)));
  const { box } = tallyRows(rows);
  return (
    <div class="group">
      <div class="tools">
        <Chips plan={plan} summary={summary} fates={fates} shown={filter?.decision} onShow={show} />
        <div>
          <Button
            look="small"
            disabled={box === undefined || box === 'all'}
            onPress={() => tick(true)}
          >
            Select all
          </Button>
          <Button
            look="small"
            disabled={!rows.some(({ shown, selected }) => shown && selected)}
            onPress={() => tick(false)}
          >
            Select none
          </Button>
        </div>
        {filter?.decision === 'ask' && <p class="muted">Select what should become an issue.</p>}
      </div>
      <OutlineList
        key={filter?.decision}
        {...{ nodes, rows, choices, onChoose }}
        target={plan.target}
      />
    </div>
  );
}

function rowsOf(
  decision: Decision,
  { rows }: GenerationPlan,
  choices: RowChoices,
): ReadonlySet<number> {
  const fates = rows.map((row) => bucketOf(fateOf(row, choices.get(row.index))));
  return new Set(rows.flatMap((_, at) => (fates[at] === decision ? [at] : [])));
}

interface ChipsProps extends Pick<PreviewOutlineProps, 'plan' | 'summary' | 'fates'> {
  readonly shown: Decision | undefined;
  readonly onShow: (decision: Decision | undefined) => void;
}

/** How many items are decided how; each shows only its own. */
function Chips({ plan, summary, fates, shown, onShow }: ChipsProps) {
  const chip = (decision: Decision | undefined, words: ComponentChildren, count: number) => (
    <Button
      look="chip"
      pressed={decision === shown}
      disabled={count === 0 && decision !== shown}
      onPress={() => onShow(decision === shown ? undefined : decision)}
    >
      {words} <b>{formatCount(count)}</b>
    </Button>
  );
  const has = (decision: Decision) =>
    summary[decision] > 0 || plan.rows.some((row) => bucketOf(row) === decision);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent
    <div role="group" aria-label="Show">
      {chip(undefined, 'All', plan.rows.length)}
      {chip('create', capital(fates.create), summary.create)}
      {has('link') && chip('link', capital(fates.link), summary.link)}
      {chip('skip', 'Skipped', summary.skip)}
      {has('ask') && chip('ask', ASKING[summary.ask === 1 ? 'one' : 'many'], summary.ask)}
    </div>
  );
}

const ASKING = {
  one: <span class="asking">Needs your decision</span>,
  many: <span class="asking">Need your decision</span>,
};

interface OutlineListProps extends Pick<PreviewOutlineProps, 'choices' | 'onChoose'> {
  readonly nodes: readonly OutlineNode[];
  readonly rows: readonly OutlineRow[];
  readonly target: GenerationPlan['target'];
}

/** What all lines of the list need. */
interface Drawing extends OutlineListProps, Selecting {
  /** Rows from this position on are not drawn yet. */
  readonly limit: number;
  /** The line whose controls Tab comes to. */
  readonly current: string | undefined;
}

/** The list of what is shown, drawn in steps. Arrow keys move between its checkboxes. */
function OutlineList(props: OutlineListProps) {
  const { nodes, rows } = props;
  const hint = useId();
  const [focused, setFocused] = useState<string>();
  const shown = rows.flatMap((row, at) => (row.shown ? [at] : []));
  const limit = shown[useGrowing(shown.length)] ?? rows.length;
  const current = focused ?? firstLine(nodes, rows);
  const selecting = useSelecting(rows, props.onChoose);
  const drawing = { ...props, ...selecting, limit, current };
  return (
    <div class="outline">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent */}
      <div
        class="lines"
        role="group"
        aria-label="Items"
        aria-describedby={hint}
        // Scrolled by the keyboard also where nothing in it can be selected.
        tabIndex={current === undefined ? 0 : undefined}
        onFocusIn={({ target }) => setFocused(lineWithBox(target) ?? focused)}
        onKeyDown={(event) => moveByKey(event, selecting.onSpread)}
      >
        <OutlineNodes nodes={nodes} depth={0} drawing={drawing} />
        {shown.length === 0 && <p class="row muted">No items.</p>}
      </div>
      {current !== undefined && (
        <p class="keys muted" id={hint}>
          ↑ ↓ to move, with Shift to select a range
        </p>
      )}
    </div>
  );
}

/** The line that the focus is in, if it has a checkbox. */
function lineWithBox(target: EventTarget | null): string | undefined {
  const line = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
  return line?.querySelector('[data-box]') ? line.dataset.line : undefined;
}

/** The first line that has a checkbox. */
function firstLine(nodes: readonly OutlineNode[], rows: readonly OutlineRow[]): string | undefined {
  for (const node of nodes) {
    const own = node.at === undefined ? undefined : rows[node.at];
    const isShown = own?.shown && own.row.selectable;
    if (isShown || groupOf(node, rows).box !== undefined) return lineOf(node);
    const below = firstLine(node.children, rows);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** The name of a node's line. Headings that begin with the same item differ by where they end or by what they are called. */
function lineOf({ at, from, to, label }: OutlineNode): string {
  return at === undefined ? `${from}-${to} ${label}` : String(at);
}

/** What its checkbox selects: of an item that can become an issue itself, only what is below it. */
function groupOf(node: OutlineNode, rows: readonly OutlineRow[]): Tally {
  if (node.children.length === 0) return NO_GROUP;
  const isItem = node.at !== undefined && rows[node.at]?.row.selectable;
  return tallyRows(rows.slice(isItem ? node.from + 1 : node.from, node.to));
}

const NO_GROUP: Tally = { selected: 0, of: 0, box: undefined };

interface OutlineNodesProps {
  readonly nodes: readonly OutlineNode[];
  readonly label?: string;
  readonly depth: number;
  readonly drawing: Drawing;
}

function OutlineNodes({ nodes, label, depth, drawing }: OutlineNodesProps) {
  const { rows, limit } = drawing;
  const shown = nodes.filter(
    ({ from, to }) => from < limit && rows.slice(from, to).some((row) => row.shown),
  );
  if (shown.length === 0) return null;
  return (
    <ul aria-label={label}>
      {shown.map((node) => (
        <li key={lineOf(node)} class={depth === 0 && node.at === undefined ? 'top' : undefined}>
          <OutlineLine node={node} drawing={drawing} />
          {node.children.length > 0 && (
            <OutlineNodes
              nodes={node.children}
              label={node.label}
              depth={depth + 1}
              drawing={drawing}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function OutlineLine({ node, drawing }: { readonly node: OutlineNode; readonly drawing: Drawing }) {
  const { rows, choices, target, onTick, onGroup, onChoose } = drawing;
  const { at, from, to } = node;
  const line = lineOf(node);
  const { box, selected, of } = groupOf(node, rows);
  const same = { to, box, count: countOf(selected, of), isCurrent: line === drawing.current };
  const own = at === undefined ? undefined : rows[at];
  if (at === undefined || !own?.shown) {
    return (
      <OutlineHeading {...same} {...{ line, from, onGroup }} name={node.label || '(no text)'} />
    );
  }
  return (
    <PreviewRow
      {...same}
      row={own.row}
      choice={choices.get(own.row.index)}
      {...{ at, target, onTick, onGroup, onChoose }}
    />
  );
}

function countOf(selected: number, of: number): string {
  return of === 0 ? '' : `${formatCount(selected)} of ${formatCount(of)}`;
}

interface Selecting {
  /** An item was pressed; `range`: together with all since the one before. */
  readonly onTick: (at: number, range: boolean) => void;
  readonly onGroup: (from: number, to: number) => void;
  /** Another item gets the state of the first. */
  readonly onSpread: (from: number, to: number) => void;
}

/** How presses select rows, as functions that stay the same from render to render. */
function useSelecting(
  rows: readonly OutlineRow[],
  onChoose: PreviewOutlineProps['onChoose'],
): Selecting {
  const now = useRef(rows);
  now.current = rows;
  const last = useRef<number | undefined>(undefined);
  const [selecting] = useState((): Selecting => {
    const give = (from: number, to: number, selected: boolean) =>
      changedTogether(now.current.slice(from, to), selected).map((row) => tickRow(row, selected));
    return {
      onTick: (at, range) => {
        const pressed = now.current[at];
        if (pressed === undefined) return;
        const selected = !pressed.selected;
        const start = range ? (last.current ?? at) : at;
        const others = give(Math.min(start, at), Math.max(start, at) + 1, selected);
        last.current = at;
        onChoose(...others, tickRow(pressed.row, selected));
      },
      onGroup: (from, to) => {
        const selected = tallyRows(now.current.slice(from, to)).box !== 'all';
        onChoose(...give(from, to, selected));
      },
      onSpread: (from, to) => {
        const selected = now.current[from]?.selected;
        last.current = to;
        if (selected !== undefined) onChoose(...give(to, to + 1, selected));
      },
    };
  });
  return selecting;
}

/** Moves from checkbox to checkbox; with Shift the next item gets the state of this one. */
function moveByKey(event: KeyboardEvent, onSpread: Selecting['onSpread']): void {
  const { currentTarget: list, target, key } = event;
  const isBox = target instanceof HTMLInputElement && target.dataset.box !== undefined;
  if (!isBox || !(list instanceof HTMLElement) || event.ctrlKey || event.altKey || event.metaKey)
    return;
  const boxes = [...list.querySelectorAll<HTMLInputElement>('[data-box]')];
  const place = boxes.indexOf(target);
  const next = {
    ArrowUp: boxes[place - 1],
    ArrowDown: boxes[place + 1],
    Home: boxes[0],
    End: boxes.at(-1),
  };
  if (!Object.hasOwn(next, key)) return;
  event.preventDefault();
  const to = next[key as keyof typeof next];
  to?.focus();
  const isRange =
    event.shiftKey && key.startsWith('Arrow') && target.dataset.box && to?.dataset.box;
  if (isRange) onSpread(Number(target.dataset.box), Number(to.dataset.box));
}
