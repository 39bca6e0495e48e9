import { describe, expect, it } from 'vitest';
import { describeChoice } from '../../../lib/core/differences/describe-choice.ts';
import { describeFinding } from '../../../lib/core/differences/describe-difference.ts';
import { describeMatch } from '../../../lib/core/differences/describe-match.ts';
import type { Choice, Finding } from '../../../lib/core/differences/difference.ts';
import { merge, REPO, ref } from '../sync/build-sync.ts';
import { factsOf, made, worldOf } from './reconcile-world.ts';

const ITEM = '- [ ] Parse';
const known = [12, 13].map((number) => {
  const [issue] = factsOf(worldOf(ITEM, { issues: made(number, ITEM) })).listed.issues;
  if (issue === undefined) throw new Error('not listed');
  return issue;
});

describe('a difference in words', () => {
  it.each<[Finding, string]>([
    [
      {
        kind: 'tick-missing',
        because: { kind: 'merged-into', pull: ref(8), base: 'v2' },
        takenBack: false,
      },
      'Not ticked, but #8 was merged into v2',
    ],
    [
      { kind: 'pull-missing', issue: ref(12), pulls: [ref(8), ref(9)], takenBack: false },
      '#8 and #9 were merged for #12 and are missing here',
    ],
    [
      { kind: 'pull-wrong', pull: ref(8), why: { kind: 'unmerged', state: 'closed' } },
      '#8 was closed without being merged',
    ],
    [
      { kind: 'pull-wrong', pull: ref(8), why: { kind: 'reverted', by: merge(9).ref } },
      '#8 was reverted by #9',
    ],
    [
      { kind: 'issue-gone', issue: ref(12), guess: 'unknown' },
      'GitHub does not show #12: it was deleted, or the token may not read it',
    ],
    [
      { kind: 'issue-shared', issue: ref(12), others: ['One', 'Two', 'Three'] },
      '#12 is linked by another item too: "One", "Two" and "Three"',
    ],
    [
      { kind: 'doubled', issue: ref(11), doubles: known },
      '#12 and #13 were created for this item too, beside #11',
    ],
    [
      { kind: 'unlinked', by: 'title', candidates: known },
      'Links no issue, but #12 and #13 have its title',
    ],
    [
      { kind: 'block-disagrees', block: ref(12), text: ref(11) },
      'The hidden block names #12, the text #11',
    ],
    [
      { kind: 'group-moved', issue: ref(12), from: 'Later' },
      'Moved here from "Later" since #12 was created',
    ],
    [{ kind: 'master-closed', open: 1 }, "The checklist's issue is closed, with 1 open item"],
  ])('%j', (finding, words) => {
    expect(describeFinding(finding, REPO)).toBe(words);
  });

  it('names issues of other repositories in full', () => {
    const finding = {
      kind: 'ticked-open',
      issue: ref(9, 'octo/other'),
      reopenedAt: undefined,
    } as const;
    expect(describeFinding(finding, REPO)).toBe('Ticked, but octo/other#9 is open');
    expect(describeFinding(finding)).toBe('Ticked, but octo/other#9 is open');
  });
});

describe('how an item found its issue, in words', () => {
  it('tells a link that somebody made from one of ours', () => {
    expect([describeMatch('link'), describeMatch('hand')]).toEqual(['link', 'by hand']);
  });
});

describe('a choice in words', () => {
  it.each<[Choice, string]>([
    [{ kind: 'tick' }, 'Tick this box'],
    [{ kind: 'untick' }, 'Untick this box'],
    [{ kind: 'close-issue', issue: ref(12), reason: 'completed' }, 'Close #12'],
    [{ kind: 'reopen-issue', issue: ref(12) }, 'Reopen #12'],
    [{ kind: 'retitle-issue', issue: ref(12), title: 'x' }, 'Retitle #12'],
    [{ kind: 'rename-item', text: 'x' }, 'Rename the item'],
    [{ kind: 'link-to' }, 'Link to…'],
    [{ kind: 'remove-link', issue: ref(12) }, 'Remove the link'],
    [{ kind: 'create-issue' }, 'Create the issue'],
    [{ kind: 'leave' }, "Leave as is, don't show again"],
    [{ kind: 'add-pulls', pulls: [ref(8), ref(9)] }, 'Add #8, #9'],
  ])('%j', (choice, words) => {
    expect(describeChoice(choice, REPO)).toBe(words);
  });

  it('tells doubles apart where there are several', () => {
    const close = { kind: 'close-issue', issue: ref(13), reason: 'duplicate' } as const;
    const doubled = (doubles: typeof known): Finding => ({
      kind: 'doubled',
      issue: ref(11),
      doubles,
    });
    expect(describeChoice(close, REPO, doubled(known.slice(1)))).toBe('Close the double');
    expect(describeChoice(close, REPO, doubled(known))).toBe('Close the double #13');
  });
});
