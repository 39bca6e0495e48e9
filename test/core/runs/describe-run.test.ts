import { describe, expect, it } from 'vitest';
import { describeRun } from '../../../lib/core/runs/describe-run.ts';
import { NOTHING_BACK } from '../../../lib/core/runs/list-runs.ts';
import type { RunEntry, TakesBack } from '../../../lib/core/runs/run-entry.ts';
import { RUN } from './build-runs.ts';

function run(kind: RunEntry['kind'], takesBack: Partial<TakesBack>, changes = {}): RunEntry {
  return {
    run: RUN,
    kind,
    at: 0,
    login: 'ada',
    byItself: false,
    origin: 'log',
    takesBack: { ...NOTHING_BACK, ...takesBack },
    undone: false,
    ...changes,
  };
}

describe('the words of a run', () => {
  it.each([
    [
      run('generate', { close: 54 }),
      'Generate: 54 issues',
      'Close 54 issues and remove their links; sent emails cannot be recalled',
      'Close 54 issues',
    ],
    [
      run('generate', { close: 1 }),
      'Generate: 1 issue',
      'Close 1 issue and remove its link; sent emails cannot be recalled',
      'Close 1 issue',
    ],
    [
      run('sync', { untick: 3, numbers: 2 }),
      'Sync: 3 boxes, 2 pull request numbers',
      'Untick 3 boxes, remove 2 pull request numbers',
      'Untick 3 boxes …',
    ],
    [
      run('sync', { tick: 1 }, { byItself: true }),
      'Sync (automatic): 1 box',
      'Tick 1 box',
      'Tick 1 box',
    ],
    [
      run('resolve', {
        untick: 1,
        numbers: 1,
        links: 2,
        words: 1,
        reopen: 1,
        closeAgain: 2,
        retitle: 1,
      }),
      'Reconcile: 1 box, 1 pull request number, 2 links, 1 renamed item, 4 issues',
      'Untick 1 box, restore 1 pull request number, restore 2 links, restore the text of 1 item, reopen 1 issue, close 2 issues again, restore 1 title',
      'Untick 1 box …',
    ],
    [
      run('unlink', { reopen: 2, links: 2 }),
      'Unlink items and close their issues: 2 links, 2 issues',
      'Restore 2 links, reopen 2 issues',
      'Restore 2 links …',
    ],
  ])('of $kind', (entry, title, undo, button) => {
    expect(describeRun(entry)).toEqual({ title, undo, button });
  });

  it('have no button where there is nothing to undo', () => {
    const told = (entry: RunEntry) => [describeRun(entry).undo, describeRun(entry).button];
    expect(told(run('sync', { untick: 3 }, { undone: true }))).toEqual(['Reverted', undefined]);
    expect(told(run('traces', {}))).toEqual(['Cannot be undone', undefined]);
    expect(told(run('generate', {}))).toEqual(['Nothing left to undo', undefined]);
    expect(told(run('restore', {}))[1]).toBe(undefined);
  });
});
