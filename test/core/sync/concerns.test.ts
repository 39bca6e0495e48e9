import { describe, expect, it } from 'vitest';
import type { IssueRef } from '../../../lib/core/refs.ts';
import { concerns, joinConcerns, reposOf } from '../../../lib/core/sync/concerns.ts';
import type { SyncRow } from '../../../lib/core/sync/sync-plan.ts';
import type { ChangedIssue } from '../../../lib/core/sync/tracked.ts';
import { hashText } from '../../../lib/core/text/hash-text.ts';
import { sampleRecord } from '../../engine/sync-samples.ts';

const REPO = { host: 'github.com', owner: 'Octo', name: 'demo' };
const KEY = 'github.com/octo/demo#12';
const RECORD = sampleRecord(KEY, {
  textHash: hashText('the text'),
  links: [key(7), key(8), 'github.com/other/place#7'],
});

describe('news of a repository', () => {
  it('of our own write concern nobody', () => {
    expect(look({ number: 12, body: 'the text' })).toBeUndefined();
  });

  it('of a master with another text, or that was closed or reopened, concern all its links', () => {
    expect(look({ number: 12, body: 'another' })).toBe('all');
    expect(look({ number: 12, body: 'the text', state: 'closed' })).toBe('all');
    const closed = { ...RECORD, closedAt: '2026-11-20T12:00:00Z' };
    expect(look({ number: 12, body: 'the text' }, closed)).toBe('all');
    expect(look({ number: 12, body: 'the text', state: 'closed' }, closed)).toBeUndefined();
  });

  it('of a linked issue concern it when it was closed or reopened', () => {
    expect(look({ number: 7, state: 'closed' })).toEqual([key(7)]);
    expect(look({ number: 7, stateReason: 'reopened' })).toEqual([key(7)]);
    expect(look({ number: 99, state: 'closed' })).toBeUndefined();
  });

  it('of an issue that is open and always was concern nobody, unless it was remarked on', () => {
    expect(look({ number: 7 })).toBeUndefined();
    const row = { issue: ref(7) } as unknown as SyncRow;
    expect(look({ number: 7 }, { ...RECORD, rows: [row] })).toEqual([key(7)]);
  });

  it.each([
    'Closes #7',
    'see octo/demo#7.',
    'GH-7',
    'https://github.com/octo/demo/issues/7',
    '(#7)',
    'octo/demo/pull/3 and https://github.com/Octo/Demo/pull/7#issuecomment-1',
  ])('of a merged pull request concern the issue that %s names', (body) => {
    const pull = { number: 50, kind: 'pull-request', state: 'closed', body } as const;
    expect(look({ ...pull, mergedAt: '2026-11-20T12:00:00Z' })).toEqual([key(7)]);
    expect(look(pull)).toBeUndefined();
  });

  it('know an issue of another repository by its name, and a renamed repository by its earlier one', () => {
    const pull = { number: 50, kind: 'pull-request', state: 'closed' } as const;
    const merged = { ...pull, mergedAt: '2026-11-20T12:00:00Z' };
    expect(look({ ...merged, body: 'other/place#7' })).toEqual(['github.com/other/place#7']);
    const now = { ...REPO, name: 'renamed' };
    const news = [changed({ ...merged, body: 'octo/renamed#8' })];
    expect(concerns(news, REPO, [RECORD], now).get(KEY)).toEqual([key(8)]);
  });

  it('of an item that links a pull request concern it when it is merged or closed', () => {
    const pull = { number: 8, kind: 'pull-request' } as const;
    expect(look(pull)).toBeUndefined();
    expect(look({ ...pull, state: 'closed' })).toEqual([key(8)]);
  });
});

it('concerns join, and all is all', () => {
  expect(joinConcerns(['a'], ['a', 'b'])).toEqual(['a', 'b']);
  expect(joinConcerns(undefined, ['b'])).toEqual(['b']);
  expect(joinConcerns('all', ['b'])).toBe('all');
  expect(joinConcerns(undefined, undefined)).toBeUndefined();
});

it('a checklist is about its own repository and those of its links, each once', () => {
  const names = reposOf(RECORD, REPO).map(({ owner, name }) => `${owner}/${name}`);
  expect(names).toEqual(['Octo/demo', 'other/place']);
  expect(reposOf(undefined, REPO)).toEqual([REPO]);
});

function look(change: Partial<ChangedIssue>, record = RECORD) {
  return concerns([changed(change)], REPO, [record]).get(KEY);
}

function changed(change: Partial<ChangedIssue>): ChangedIssue {
  return {
    number: 1,
    kind: 'issue',
    state: 'open',
    stateReason: undefined,
    mergedAt: undefined,
    updatedAt: '2026-11-20T12:00:00Z',
    title: 'Title',
    body: '',
    ...change,
  };
}

function ref(number: number): IssueRef {
  return { repo: REPO, number };
}

function key(number: number): string {
  return `github.com/octo/demo#${number}`;
}
