import { expect, it } from 'vitest';
import { webLocks } from '../../entrypoints/background/web-locks.ts';
import type { Difference } from '../../lib/core/differences/difference.ts';
import type { LeftDifference } from '../../lib/core/differences/reconcile-record.ts';
import { checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import {
  leaveDifferences,
  listLeft,
  MOST_LEFT,
  moveLeft,
  unleaveDifference,
} from '../../lib/engine/left-differences.ts';
import type { Ports } from '../../lib/ports.ts';

const CHECKLIST = issueChecklist({
  repo: { host: 'github.com', owner: 'ann', name: 'demo' },
  number: 1,
});

it('keeps the newest of what was left, each once, and loses none of two at a time', async () => {
  let now = 1;
  const clock = { now: () => now, sleep: async () => {} };
  const background = { locks: webLocks, clock, left: storeLeft() };
  await Promise.all([
    leaveDifferences(background, CHECKLIST, [difference('a')]),
    leaveDifferences(background, CHECKLIST, [difference('b')]),
  ]);
  now = 2;
  await leaveDifferences(background, CHECKLIST, [difference('a')]);
  expect((await listLeft(background, CHECKLIST)).map(({ id, at }) => [id, at])).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
  const many = Array.from({ length: MOST_LEFT }, (_, index) => difference(`n${index}`));
  await leaveDifferences(background, CHECKLIST, many);
  const left = await listLeft(background, CHECKLIST);
  expect(left).toHaveLength(MOST_LEFT);
  expect(left[0]).toEqual({
    id: 'n0',
    what: "The checklist's issue is closed, with 2 open items",
    text: '',
    at: 2,
  });
  expect(await unleaveDifference(background, CHECKLIST, 'n0')).toHaveLength(MOST_LEFT - 1);
  expect(await listLeft(background, issueChecklist({ ...CHECKLIST, number: 2 }))).toEqual([]);
});

it('goes with a renamed repository, where the same issues have a new name', async () => {
  const background = {
    locks: webLocks,
    clock: { now: () => 1, sleep: async () => {} },
    left: storeLeft(),
  };
  const ids = ['orphan github.com/ann/demo#12', 'issue-gone k1 github.com/ann/demo2#3'];
  await leaveDifferences(background, CHECKLIST, ids.map(difference));
  const to = { ...CHECKLIST, repo: { ...CHECKLIST.repo, name: 'plans' } };
  await moveLeft(background, CHECKLIST, to);
  expect((await listLeft(background, to)).map(({ id }) => id)).toEqual([
    'orphan github.com/ann/plans#12',
    'issue-gone k1 github.com/ann/demo2#3',
  ]);
  expect(await listLeft(background, CHECKLIST)).toEqual([]);
});

/** What was left of each checklist, in memory. */
function storeLeft(): Ports['left'] {
  const lists = new Map<string, readonly LeftDifference[]>();
  return (checklist) => ({
    getValue: async () => lists.get(checklistKey(checklist)) ?? [],
    setValue: async (list) => void lists.set(checklistKey(checklist), list),
    removeValue: async () => void lists.delete(checklistKey(checklist)),
  });
}

function difference(id: string): Difference {
  return {
    id,
    finding: { kind: 'master-closed', open: 2 },
    words: "The checklist's issue is closed, with 2 open items",
    links: [],
    item: undefined,
    index: undefined,
    label: '',
    text: '',
    level: 'action',
    isSettled: false,
    choices: [],
    safe: undefined,
    byItself: false,
  };
}
