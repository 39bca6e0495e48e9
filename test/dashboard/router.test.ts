// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { readIssueAddress } from '../../entrypoints/dashboard/issue-address.ts';
import { hrefOf, PATHS, readHash, route } from '../../entrypoints/dashboard/router.ts';
import { formatRoute } from '../../lib/core/alerts/alert-route.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { CHECKLIST } from '../components/samples.ts';

describe("the dashboard's addresses", () => {
  it('name a page, one checklist or all, and a run', () => {
    for (const path of PATHS)
      for (const checklist of [undefined, CHECKLIST])
        for (const run of [undefined, '01JD0000000000000000000000']) {
          const named = { path, checklist, run };
          expect(readHash(hrefOf(named))).toEqual({ route: named, unknown: undefined });
        }
  });

  it('are read as alerts write them', () => {
    const href = formatRoute({
      page: 'dashboard',
      path: '/sync',
      checklist: CHECKLIST,
    });
    expect(readHash(href.slice(href.indexOf('#'))).route).toMatchObject({
      path: '/sync',
      checklist: CHECKLIST,
    });
  });

  it('keep the capitals of owners and names', () => {
    const repo = { host: 'github.com', owner: 'Octo-Org', name: 'Demo.js' };
    const { checklist } = readHash(
      hrefOf({ path: '/', checklist: issueChecklist({ repo, number: 7 }) }),
    ).route;
    expect(checklist).toEqual({ repo, number: 7 });
  });

  it.each(['', '#', '#/'])('show the overview for %j', (hash) => {
    expect(readHash(hash)).toEqual({
      route: { path: '/', checklist: undefined, run: undefined },
      unknown: undefined,
    });
  });

  it('say what of them nobody knows', () => {
    expect(readHash('#/nowhere').unknown).toBe('page');
    expect(readHash('#sync').unknown).toBe('page');
    for (const named of [
      '',
      'x',
      'github.com',
      'github.com/a',
      'github.com/a/b',
      '/a/b#1',
      'a/b#1',
    ])
      expect(readHash(`#/sync?checklist=${encodeURIComponent(named)}`)).toEqual({
        route: { path: '/sync', checklist: undefined, run: undefined },
        unknown: 'checklist',
      });
  });

  it('are followed as they change', () => {
    expect(route.value.path).toBe('/');
    location.hash = '#/metrics';
    dispatchEvent(new Event('hashchange'));
    expect(route.value.path).toBe('/metrics');
  });
});

describe('an issue that is typed', () => {
  const ref = { repo: { host: 'github.com', owner: 'octo-org', name: 'octo-repo' }, number: 12 };

  it.each([
    'https://github.com/octo-org/octo-repo/issues/12',
    ' https://github.com/octo-org/octo-repo/issues/12#issuecomment-7 ',
    'github.com/octo-org/octo-repo/issues/12',
    'octo-org/octo-repo#12',
  ])('is read from %j', (typed) => {
    expect(readIssueAddress(typed)).toEqual({ ref });
  });

  it.each([
    ['', "Paste an issue's URL."],
    ['#12', "This is not an issue's URL."],
    ['octo-org/octo-repo', "This is not an issue's URL."],
    ['http://github.com/octo-org/octo-repo/issues/12', "This is not an issue's URL."],
    ['https://github.com/octo-org/octo-repo/pull/12', 'This is a pull request, not an issue.'],
    ['https://example.com/octo-org/octo-repo/issues/12', 'Only issues on github.com'],
  ])('is refused in a sentence: %j', (typed, sentence) => {
    const read = readIssueAddress(typed);
    expect('mistake' in read && read.mistake).toContain(sentence);
  });
});
