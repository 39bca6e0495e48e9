import type { GenerationRow, RowReason } from './plan-generation.ts';

/** A heading, a label or an item of the checklist, with what is below it. */
export interface OutlineNode {
  /** The heading's words, or the item's text. */
  readonly label: string;
  /** Position of the item among the plan's rows; undefined for a heading. */
  readonly at: number | undefined;
  /** Positions of all its rows, itself included: from this one up to, but without, `to`. */
  readonly from: number;
  readonly to: number;
  readonly children: readonly OutlineNode[];
}

interface Growing extends Omit<OutlineNode, 'children'> {
  to: number;
  readonly index: number | undefined;
  readonly children: Growing[];
}

/** The plan as the checklist is written: its items in document order, under their headings and parent items. */
export function outlineOf(rows: readonly GenerationRow[]): readonly OutlineNode[] {
  const root = newNode('', 0);
  const open = [root];
  const add = (depth: number, node: Growing) => {
    open.length = depth;
    open.at(-1)?.children.push(node);
    open.push(node);
  };
  for (const [at, row] of rows.entries()) {
    let depth = parentDepth(open, row) + 1;
    for (const label of row.path ?? []) {
      const here = open[depth];
      if (here?.label !== label || here.at !== undefined) add(depth, newNode(label, at));
      depth += 1;
    }
    add(depth, newNode(row.text, at, row.index));
    for (const node of open) node.to = at + 1;
  }
  return root.children;
}

function newNode(label: string, from: number, index?: number): Growing {
  const at = index === undefined ? undefined : from;
  return { label, at, from, to: from, index, children: [] };
}

function parentDepth(open: readonly Growing[], { parent }: GenerationRow): number {
  return parent === undefined
    ? 0
    : Math.max(
        0,
        open.findLastIndex(({ index }) => index === parent),
      );
}

/** Which rows are selected with others, by their group or a range; the rest only each for itself. */
const TOGETHER: Readonly<Record<RowReason['kind'], boolean>> = {
  new: true,
  marked: true,
  chosen: true,
  ticked: true,
  struck: true,
  'sign-off': true,
  'package-or-team': true,
  // These cannot be selected, or need a title first.
  linked: false,
  parent: false,
  nested: false,
  empty: false,
  // An issue may exist: many at once would create it twice.
  'same-title': false,
  moved: false,
  renamed: false,
  reference: false,
  commit: false,
  whose: false,
  'two-candidates': false,
  'linked-twice': false,
  'other-checklist': false,
  'untrusted-marker': false,
  'link-unreadable': false,
};

/** A row in the outline, as the user's choices leave it. */
export interface OutlineRow {
  /** As the plan decided it. */
  readonly row: GenerationRow;
  readonly selected: boolean;
  /** Whether the filter shows it. */
  readonly shown: boolean;
  /** Whether selecting its group selects it. */
  readonly together: boolean;
}

/** Whether selecting many rows selects this one. What the plan skips is only selected where `skipped` rows alone are shown. */
export function isTakenTogether(row: GenerationRow, skipped: boolean): boolean {
  return row.selectable && TOGETHER[row.reason.kind] && (skipped || row.decision !== 'skip');
}

/** How much of a group is selected. */
export interface Tally {
  readonly selected: number;
  /** Shown items, without those that only group others or are part of another's issue. */
  readonly of: number;
  /** State of the group's checkbox; undefined where there is nothing to select together. */
  readonly box: 'all' | 'some' | 'none' | undefined;
}

/** Counts the rows of a group. */
export function tallyRows(rows: readonly OutlineRow[]): Tally {
  const shown = rows.filter((row) => row.shown);
  const selected = shown.filter((row) => row.selected).length;
  const of = shown.filter(({ row: { reason } }) => !isPartOfOthers(reason)).length;
  const together = shown.filter((row) => row.together);
  if (together.length === 0) return { selected, of, box: undefined };
  if (together.every((row) => row.selected)) return { selected, of, box: 'all' };
  return { selected, of, box: selected === 0 ? 'none' : 'some' };
}

function isPartOfOthers({ kind }: RowReason): boolean {
  return kind === 'parent' || kind === 'nested';
}

/** The rows that change when those that are shown are selected, or unselected. */
export function changedTogether(
  rows: readonly OutlineRow[],
  selected: boolean,
): readonly GenerationRow[] {
  return rows
    .filter((row) => row.shown && row.selected !== selected && (row.together || !selected))
    .map(({ row }) => row);
}

/** The first part of a plan that is too large. */
export interface FirstPart {
  /** The groups that it consists of, and whether there are items beside them. */
  readonly names: readonly string[];
  readonly items: boolean;
  readonly from: number;
  readonly to: number;
  /** How many selected rows it has. */
  readonly count: number;
}

/** The first groups whose selected rows do not exceed `room`, top down; of a group that is too large itself, its first part. */
export function firstPart(
  nodes: readonly OutlineNode[],
  selected: readonly boolean[],
  room: number,
): FirstPart | undefined {
  const taken: OutlineNode[] = [];
  let count = 0;
  for (const node of nodes) {
    const own = countSelected(selected, node);
    if (count + own > room) {
      if (taken.length === 0) return firstPart(node.children, selected, room);
      break;
    }
    if (own > 0) taken.push(node);
    count += own;
  }
  const [first, last] = [taken[0], taken.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const groups = taken.filter(({ children }) => children.length > 0);
  const names = groups.map(({ label }) => label);
  return { names, items: groups.length < taken.length, from: first.from, to: last.to, count };
}

function countSelected(selected: readonly boolean[], { from, to }: OutlineNode): number {
  return selected.slice(from, to).filter(Boolean).length;
}
