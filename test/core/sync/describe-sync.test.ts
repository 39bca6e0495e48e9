import { describe, expect, it } from 'vitest';
import { issueKey } from '../../../lib/core/refs.ts';
import {
  describeChange,
  describeRemark,
  describeSyncPlan,
  needsYou,
} from '../../../lib/core/sync/describe-sync.ts';
import type { SyncChange, SyncRemark, TickReason } from '../../../lib/core/sync/sync-plan.ts';
import { closed, plan, REPO, ref } from './build-sync.ts';

const tick = (because: TickReason): SyncChange => ({ kind: 'tick', because });
const shut = (reason: 'completed' | 'not-planned' | 'duplicate') =>
  tick({ kind: 'closed', issue: ref(12), reason });

describe('words for a sync', () => {
  it.each<[SyncChange, string]>([
    [shut('completed'), 'tick: #12 was closed'],
    [shut('not-planned'), 'tick: #12 was closed as not planned'],
    [shut('duplicate'), 'tick: #12 was closed as a duplicate'],
    [tick({ kind: 'merged', pull: ref(8, 'octo/other') }), 'tick: octo/other#8 was merged'],
    [
      tick({ kind: 'merged-into', pull: ref(8), base: 'release/2' }),
      'tick: #8 was merged into release/2',
    ],
    [tick({ kind: 'children' }), 'tick: all items in it are ticked'],
    [
      { kind: 'untick', issue: ref(12), reopenedAt: '2026-11-03T23:59:59Z' },
      'untick: #12 was reopened on 3 Nov',
    ],
    [{ kind: 'add-pulls', pulls: [ref(456)] }, 'add #456'],
    [{ kind: 'add-pulls', pulls: [ref(1), ref(2), ref(3)] }, 'add #1, #2 and #3'],
  ])('tell the change %j', (change, words) => {
    expect(describeChange(change, REPO)).toBe(words);
  });

  it('name the issue that numbers are written behind', () => {
    const change: SyncChange = { kind: 'add-pulls', pulls: [ref(456), ref(460)] };
    expect(describeChange(change, REPO, ref(12))).toBe('add #456 and #460 after #12');
  });

  it.each<[SyncRemark, string]>([
    [{ kind: 'not-planned', issue: ref(12) }, '#12 was closed as not planned: left unticked'],
    [{ kind: 'duplicate', issue: ref(12) }, '#12 was closed as a duplicate: left unticked'],
    [
      { kind: 'tick-taken-back', because: { kind: 'children' } },
      'somebody unticked it: it is not ticked again',
    ],
    [{ kind: 'pull-taken-back', pull: ref(456) }, 'somebody removed #456: it is not added again'],
    [{ kind: 'ticked-open', issue: ref(12) }, 'ticked, but #12 is open'],
    [
      { kind: 'moved', issue: ref(12), to: ref(3, 'octo/other') },
      '#12 was transferred to octo/other#3 and is followed there',
    ],
    [
      { kind: 'unreadable', issue: ref(12) },
      'GitHub does not show #12: it was deleted, or the token may not read it',
    ],
    [
      { kind: 'several-issues', issues: [ref(12), ref(13)] },
      'links #12 and #13: keep only the one that it belongs to',
    ],
  ])('tell the remark %j', (remark, words) => {
    expect(describeRemark(remark, REPO)).toBe(words);
  });

  it('ask the user only for what she alone can settle', () => {
    const remarks: SyncRemark[] = [
      { kind: 'tick-taken-back', because: { kind: 'children' } },
      { kind: 'unreadable', issue: ref(12) },
      { kind: 'several-issues', issues: [] },
      { kind: 'ticked-open', issue: ref(12) },
    ];
    expect(needsYou(remarks).map(({ kind }) => kind)).toEqual(['unreadable', 'several-issues']);
  });

  it.each([
    ['- [x] A (#12)', 'Nothing to update: the checklist agrees with GitHub'],
    ['- [ ] Verify #12', 'Nothing to update'],
    ['- [ ] A (#12)', '1 item will be updated'],
    ['- [ ] A (#12)\n- [ ] B (#12)', '2 items will be updated'],
    ['- [ ] A (#12)\n- [ ] B (#404)', '1 item will be updated, 1 item needs attention'],
    ['- [ ] A (#404)\n- [ ] B (#404)', 'Nothing to update, but 2 items need attention'],
  ])('say how much will be done of %j', (text, words) => {
    expect(
      describeSyncPlan(
        plan(text, {
          followed: { [issueKey(ref(12))]: closed(12), [issueKey(ref(404))]: 'unreadable' },
        }),
      ),
    ).toBe(words);
  });
});
