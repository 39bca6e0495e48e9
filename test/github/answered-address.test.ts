import { describe, expect, it } from 'vitest';
import { issueAt } from '../../lib/core/refs.ts';
import { transferred } from '../../lib/github/ask.ts';

const ISSUE = { repo: { host: 'github.com', owner: 'ann', name: 'demo' }, number: 12 };

describe('an address in an answer', () => {
  it('names an issue of the host that answered, and no more of it is used', () => {
    const url = 'https://github.com/ann/demo/issues/12/x?y=z#w';
    expect(issueAt(url, 'github.com')).toEqual(ISSUE);
    expect(transferred(url, 'github.com')).toMatchObject({
      url: 'https://github.com/ann/demo/issues/12',
      message: 'This issue was moved to ann/demo#12.',
    });
  });

  it.each<unknown>([
    'https://evil.test/ann/demo/issues/12',
    'https://github.com.evil.test/ann/demo/issues/12',
    'https://github.com@evil.test/ann/demo/issues/12',
    'http://github.com/ann/demo/issues/12',
    'javascript:alert(1)//github.com/ann/demo/issues/12',
    'https://github.com/ann/demo',
    '<b>https://github.com/ann/demo/issues/12',
    undefined,
    7,
    { toString: () => 'https://github.com/ann/demo/issues/12' },
  ])('leads nowhere else: %s', (url) => {
    expect(issueAt(url, 'github.com')).toBeUndefined();
    const problem = transferred(url, 'github.com');
    expect(problem.url).toBeUndefined();
    expect(problem.message).toBe('This issue was moved to another repository.');
  });
});
