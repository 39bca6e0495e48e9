import { describe, expect, it } from 'vitest';
import { readChosen, readChosenMatch } from '../../../lib/core/differences/chosen.ts';
import { ref } from '../sync/build-sync.ts';

const ISSUE = ref(12);

describe('choices that a page sent', () => {
  it.each([
    { kind: 'offered', difference: 'orphan x', choice: 0 },
    { kind: 'link', difference: 'orphan x', issue: ISSUE },
    { kind: 'adopt', difference: 'orphan x', item: 'key' },
    { kind: 'match', item: 'key', issue: ISSUE },
    { kind: 'unmatch', item: 'key' },
  ])('are read: $kind', (one) => {
    expect(readChosen([{ ...one, more: 'words' }])).toEqual([one]);
  });

  it.each<[string, unknown]>([
    ['no list', { kind: 'unmatch', item: 'key' }],
    ['nothing', [undefined]],
    ['text', ['unmatch']],
    ['an unknown kind', [{ kind: 'delete', item: 'key' }]],
    ['no place', [{ kind: 'offered', difference: 'x', choice: -1 }]],
    ['half a place', [{ kind: 'offered', difference: 'x', choice: 0.5 }]],
    ['no difference', [{ kind: 'offered', difference: '', choice: 0 }]],
    ['no item', [{ kind: 'unmatch' }]],
    ['no issue', [{ kind: 'match', item: 'key' }]],
    ['no number', [{ kind: 'match', item: 'key', issue: { ...ISSUE, number: '12' } }]],
    ['zero', [{ kind: 'match', item: 'key', issue: { ...ISSUE, number: 0 } }]],
    ['no name', [{ kind: 'match', item: 'key', issue: { number: 1, repo: { host: 'x' } } }]],
    [
      'a path',
      [{ kind: 'match', item: 'key', issue: { number: 1, repo: { ...ISSUE.repo, name: 'a/b' } } }],
    ],
    ['one of many that is wrong', [{ kind: 'unmatch', item: 'key' }, 7]],
    ['too many', Array.from({ length: 5_001 }, () => ({ kind: 'unmatch', item: 'key' }))],
  ])('are refused whole: %s', (_, value) => {
    expect(readChosen(value)).toBeUndefined();
  });

  it('are matches where a match is asked for', () => {
    expect(readChosenMatch({ kind: 'unmatch', item: 'key' })).toEqual({
      kind: 'unmatch',
      item: 'key',
    });
    expect(readChosenMatch({ kind: 'offered', difference: 'x', choice: 0 })).toBeUndefined();
  });
});
