import { describe, expect, test } from 'vitest';
import { formatDuration } from '../../../lib/core/format-duration.ts';
import { describeReason, describeSummary } from '../../../lib/core/plan/describe-reason.ts';
import type { RowReason } from '../../../lib/core/plan/plan-generation.ts';
import { REPO } from './build-facts.ts';

const ISSUE = { repo: REPO, number: 12 };

describe('reasons', () => {
  test.each<[RowReason, string]>([
    [{ kind: 'new' }, 'will create'],
    [{ kind: 'linked', issue: ISSUE, pullRequest: false }, 'already linked to #12'],
    [{ kind: 'linked', issue: ISSUE, pullRequest: true }, 'already linked to pull request #12'],
    [{ kind: 'marked', issue: ISSUE }, 'has #12, created by an earlier run: will link it'],
    [{ kind: 'chosen', issue: ISSUE }, 'will link #12'],
    [{ kind: 'ticked' }, 'ticked'],
    [{ kind: 'struck' }, 'struck out'],
    [{ kind: 'sign-off' }, 'sign-off: names people only'],
    [{ kind: 'package-or-team' }, 'a package or a team? Select it if it is a task'],
    [{ kind: 'parent' }, 'groups other items'],
    [{ kind: 'nested' }, 'part of the item above it'],
    [{ kind: 'empty' }, 'no words to make a title of'],
    [{ kind: 'same-title', issue: ISSUE }, '#12 has the same title: link it instead?'],
    [{ kind: 'moved', issue: ISSUE }, '#12 was created for an item with these words: link it?'],
    [{ kind: 'reference', issue: ISSUE }, 'mentions #12: review'],
    [{ kind: 'commit', commit: '3f2a9c1b7d' }, 'mentions commit 3f2a9c1b7d: review'],
    [{ kind: 'two-candidates' }, 'two or more issues match: choose one'],
    [{ kind: 'linked-twice', issue: ISSUE }, '#12 is already linked by another item: choose'],
    [
      { kind: 'other-checklist', issue: ISSUE },
      'links #12, which belongs to another checklist: create a new one?',
    ],
    [
      { kind: 'untrusted-marker', issue: ISSUE, author: 'mallory' },
      '#12 says it was made for this item; its author mallory has no rights here now: link it?',
    ],
    [{ kind: 'link-unreadable', issue: ISSUE }, 'links #12, which GitHub does not show to you'],
  ])('of kind %o are put in short words', (reason, words) => {
    expect(describeReason(reason, REPO)).toBe(words);
  });

  test('name issues elsewhere in full', () => {
    const far = { repo: { ...REPO, name: 'far' }, number: 12 };
    expect(describeReason({ kind: 'reference', issue: far }, REPO)).toBe(
      'mentions octo/far#12: review',
    );
  });
});

describe('the head of the preview', () => {
  test.each([
    [
      { create: 54, link: 0, skip: 2, ask: 1 },
      '54 will be created, 2 skipped, 1 needs your decision',
    ],
    [
      { create: 1, link: 3, skip: 0, ask: 2 },
      '1 will be created, 3 will be linked, 2 need your decision',
    ],
    [{ create: 0, link: 0, skip: 0, ask: 1 }, '0 will be created, 1 needs your decision'],
    [{ create: 0, link: 0, skip: 57, ask: 0 }, 'Nothing to do, 57 skipped'],
    [{ create: 0, link: 0, skip: 0, ask: 0 }, 'Nothing to do'],
  ])('of %o', (summary, words) => {
    expect(describeSummary(summary)).toBe(words);
  });
});

describe('durations', () => {
  test.each([
    [0, 'less than a minute'],
    [Number.NaN, 'less than a minute'],
    [49, 'less than a minute'],
    [50, 'about 1 min'],
    [61, 'about 2 min'],
    [540, 'about 9 min'],
    [3_541, 'about 1 h'],
    [3_600, 'about 1 h'],
    [4_750, 'about 1 h 20 min'],
    [7_200, 'about 2 h'],
  ])('of %d s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});
