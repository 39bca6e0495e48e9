import { describe, expect, it } from 'vitest';
import { revertedByText } from '../../lib/github/revert-words.ts';

const REPO = { host: 'github.com', owner: 'Ann', name: 'demo' };

function reverted(body: string, title = 'T'): readonly string[] {
  return [...revertedByText({ title, body }, REPO)];
}

describe('a pull request says that it reverts', () => {
  it.each([
    ['by the Revert button', 'Reverts ann/demo#12'],
    ['after other lines', 'It broke the build.\r\n\r\nReverts ann/demo#12\r\nsorry'],
    ['by number', 'Reverts #12'],
    ['in small letters, with a colon', 'reverts: #12.'],
    ['in a sentence', 'This reverts pull request #12 from bob/x.'],
    ['in another sentence', 'This PR reverts #12 because of #13'],
    ['in a list', '- Reverts the PR #12'],
    ['by address', 'Reverts https://github.com/ann/demo/pull/12.'],
  ])('one of its repository %s', (_, body) => {
    expect(reverted(body)).toEqual(['github.com/ann/demo#12']);
  });

  it('several, and those of other repositories', () => {
    expect(reverted('Reverts #1, #2 and bob/x#3\nReverts #4')).toEqual([
      'github.com/ann/demo#1',
      'github.com/ann/demo#2',
      'github.com/bob/x#3',
      'github.com/ann/demo#4',
    ]);
  });

  it('one that its title names', () => {
    expect(reverted('', 'Revert #12: too slow')).toEqual(['github.com/ann/demo#12']);
    expect(reverted('', 'Reverts PR #12')).toEqual(['github.com/ann/demo#12']);
  });

  it.each([
    ['a part of it', 'Partially reverts #12'],
    ['only a mention', 'See #12, which reverts a lot'],
    ['a condition', 'Revert #12 if it fails'],
    ['a commit', 'This reverts commit 8fa7f667cf61386257c00d6e954855cc3215ae91.'],
    ['code', '```\nReverts #12\n```'],
    ['a comment', '<!--\nReverts #12\n-->'],
    ['a quotation', '> Reverts #12'],
    ['no number', 'Reverts #12a, reverts #'],
  ])('nothing where there is %s', (_, body) => {
    expect(reverted(body)).toEqual([]);
  });

  it('nothing by the title that the Revert button copies', () => {
    expect(reverted('', 'Revert "Reverts #12" (#13)')).toEqual([]);
  });
});
