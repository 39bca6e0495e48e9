import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../lib/core/differences/choice.ts';
import { rulesOf } from '../../../lib/core/differences/choices.ts';
import { masterClosed } from '../../../lib/core/differences/kinds/checklist-shut.ts';
import { doubled } from '../../../lib/core/differences/kinds/doubled.ts';
import { groupMoved } from '../../../lib/core/differences/kinds/group-moved.ts';
import { issueShared } from '../../../lib/core/differences/kinds/linked-twice.ts';
import { pullMissing } from '../../../lib/core/differences/kinds/pull-missing.ts';
import { pullWrong } from '../../../lib/core/differences/kinds/pull-wrong.ts';
import { tickMissing } from '../../../lib/core/differences/kinds/tick-missing.ts';
import { tickedOpen } from '../../../lib/core/differences/kinds/ticked-open.ts';
import { unlinked } from '../../../lib/core/differences/kinds/unlinked.ts';
import { REPO, ref } from '../sync/build-sync.ts';
import { factsOf, made, worldOf } from './reconcile-world.ts';

const ITEM = '- [ ] Parse';
const known = [12, 13].map((number) => {
  const [issue] = factsOf(worldOf(ITEM, { issues: made(number, ITEM) })).listed.issues;
  if (issue === undefined) throw new Error('not listed');
  return issue;
});

describe('a difference in words', () => {
  it.each([
    [
      tickMissing.say(
        {
          kind: 'tick-missing',
          because: { kind: 'merged-into', pull: ref(8), base: 'v2' },
          left: undefined,
        },
        REPO,
      ),
      'Not ticked, but #8 was merged into v2',
      [8],
    ],
    [
      pullMissing.say(
        { kind: 'pull-missing', issue: ref(12), pulls: [ref(8), ref(9)], takenBack: false },
        REPO,
      ),
      '#8 and #9 were merged for #12 and are missing here',
      [8, 9, 12],
    ],
    [
      pullWrong.say(
        { kind: 'pull-wrong', pull: ref(8), why: { kind: 'unmerged', state: 'closed' } },
        REPO,
      ),
      '#8 was closed without being merged',
      [8],
    ],
    [
      pullWrong.say(
        { kind: 'pull-wrong', pull: ref(8), why: { kind: 'reverted', by: ref(9) } },
        REPO,
      ),
      '#8 was reverted by #9',
      [8, 9],
    ],
    [
      issueShared.say(
        { kind: 'issue-shared', issue: ref(12), others: ['One', 'Two', 'Three'] },
        REPO,
      ),
      '#12 is linked by another item too: "One", "Two" and "Three"',
      [12],
    ],
    [
      doubled.say({ kind: 'doubled', issue: ref(11), doubles: known }, REPO),
      '#12 and #13 were created for this item too, beside #11',
      [12, 13, 11],
    ],
    [
      unlinked.say({ kind: 'unlinked', by: 'title', candidates: known }, REPO),
      'Links no issue, but #12 and #13 have its title',
      [12, 13],
    ],
    [
      groupMoved.say({ kind: 'group-moved', issue: ref(12), from: 'Later' }, REPO),
      'Moved here from "Later" since #12 was created',
      [12],
    ],
    [
      masterClosed.say({ kind: 'master-closed', open: 1 }, REPO),
      "The checklist's issue is closed, with 1 open item",
      [],
    ],
  ])('%j', ({ words, links }, said, named) => {
    expect(words).toBe(said);
    expect(links.map(({ number }) => number)).toEqual(named);
  });

  it('names issues of other repositories in full', () => {
    const issue = ref(9, 'octo/other');
    const finding = { kind: 'ticked-open', issue, reopenedAt: undefined } as const;
    expect(tickedOpen.say(finding, REPO).words).toBe('Ticked, but octo/other#9 is open');
  });
});

describe('a choice in words', () => {
  it.each<[Choice, string]>([
    [{ kind: 'tick' }, 'Tick this box'],
    [{ kind: 'untick' }, 'Untick this box'],
    [{ kind: 'close-issue', issue: ref(12), reason: 'completed' }, 'Close #12'],
    [{ kind: 'reopen-issue', issue: ref(12) }, 'Reopen #12'],
    [{ kind: 'retitle-issue', issue: ref(12), from: 'y', title: 'x' }, 'Retitle #12'],
    [{ kind: 'rename-item', text: 'x' }, 'Rename the item'],
    [{ kind: 'link-to' }, 'Link to…'],
    [{ kind: 'remove-link', issue: ref(12) }, 'Remove the link'],
    [{ kind: 'create-issue', instead: undefined }, 'Create the issue'],
    [{ kind: 'leave' }, "Leave as is, don't show again"],
    [{ kind: 'add-pulls', pulls: [ref(8), ref(9)] }, 'Add #8, #9'],
  ])('%j', (choice, words) => {
    expect(rulesOf(choice, REPO).words([choice])).toBe(words);
  });

  it('tells doubles apart where there are several', () => {
    const close = (number: number): Choice => ({
      kind: 'close-issue',
      issue: ref(number),
      reason: 'duplicate',
    });
    const { words } = rulesOf(close(13), REPO);
    expect(words([close(13)])).toBe('Close the double');
    expect(words([close(12), close(13)])).toBe('Close the double #13');
  });
});
