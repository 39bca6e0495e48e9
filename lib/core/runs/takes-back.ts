import type { JobEvent } from '../engine/job-facts.ts';
import { issueKey } from '../refs.ts';
import type { Edit } from '../text/edit.ts';
import { isSameEntry, type MapChange } from './map-changes.ts';
import type { TakesBack } from './run-entry.ts';

/** Takes nothing back. */
export const NOTHING_BACK: TakesBack = {
  close: 0,
  reopen: 0,
  closeAgain: 0,
  retitle: 0,
  untick: 0,
  tick: 0,
  numbers: 0,
  links: 0,
  words: 0,
};

/** Counts what takes a run back that is not a generation, from its lines of the log: each item and each issue once. */
export function takesBackOf(events: readonly JobEvent[]): TakesBack {
  const seen = new Set(events.flatMap((event) => [...textMarks(event), ...issueMarks(event)]));
  const counts: Record<keyof TakesBack, number> = { ...NOTHING_BACK };
  for (const mark of seen) {
    const [what = ''] = mark.split(' ', 1);
    if (isCounted(what)) counts[what]++;
  }
  return counts;
}

function isCounted(what: string): what is keyof TakesBack {
  return Object.hasOwn(NOTHING_BACK, what);
}

/** What is counted, and of which item: each once. */
function textMarks({ inverse = [], map = [] }: JobEvent): readonly string[] {
  const relinked = map.filter((change) => !isMove(change, map));
  return [...inverse.flatMap(editMarks), ...relinked.map(({ item }) => `links ${item}`)];
}

/** Other words give an item, and what is nested in it, another key: its issue only moves there. */
function isMove({ from, to }: MapChange, map: readonly MapChange[]): boolean {
  if (from !== undefined && to !== undefined) return false;
  return map.some((other) =>
    to === undefined
      ? other.from === undefined && isSameEntry(from, other.to)
      : other.to === undefined && isSameEntry(to, other.from),
  );
}

function editMarks(edit: Edit): readonly string[] {
  if (!('item' in edit)) return [];
  const { key } = edit.item;
  switch (edit.kind) {
    case 'tick':
    case 'untick':
      return [`${edit.kind} ${key}`];
    case 'append-pull-requests':
    case 'remove-pull-requests':
      return edit.pulls.map((pull) => `numbers ${key} ${issueKey(pull)}`);
    case 'retext':
      return [`words ${key}`];
    case 'link':
    case 'unlink':
    case 'relink':
    case 'drop-link':
      return [`links ${key}`];
  }
}

function issueMarks({ undo }: JobEvent): readonly string[] {
  if (undo === undefined) return [];
  const key = issueKey(undo.issue);
  const state = undo.state && (undo.state.to === 'open' ? 'reopen' : 'closeAgain');
  return [
    ...(state === undefined ? [] : [`${state} ${key}`]),
    ...(undo.title === undefined ? [] : [`retitle ${key}`]),
  ];
}
