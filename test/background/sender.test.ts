import { describe, expect, it } from 'vitest';
import {
  type OwnAddress,
  permit,
  type Sender,
  shownIssue,
} from '../../entrypoints/background/sender.ts';

const OWN: OwnAddress = { id: 'masterlist', pages: 'chrome-extension://masterlist/' };
const CHECKLIST = { repo: { host: 'github.com', owner: 'ann', name: 'demo' }, number: 12 };
const URL_12 = 'https://github.com/ann/demo/issues/12';
const TAB: Sender = {
  id: 'masterlist',
  url: URL_12,
  frameId: 0,
  documentLifecycle: 'active',
  tab: { id: 1, url: URL_12 },
};

describe('a message', () => {
  it.each<[string, Sender]>([
    ['the page of the issue', TAB],
    [
      'the page after a soft navigation to it',
      { ...TAB, url: 'https://github.com/ann/demo/issues' },
    ],
    ['the page with a fragment', { ...TAB, tab: { url: `${URL_12}?a=b#issuecomment-1` } }],
    [
      'the page with its names in capitals',
      { ...TAB, tab: { url: 'https://github.com/Ann/DEMO/issues/12' } },
    ],
    ['a browser that tells no lifecycle', { ...TAB, documentLifecycle: undefined }],
    ['our own page', { id: 'masterlist', url: 'chrome-extension://masterlist/options.html' }],
    [
      'our own page in a tab',
      {
        id: 'masterlist',
        url: 'chrome-extension://masterlist/options.html',
        frameId: 0,
        tab: { url: 'chrome-extension://masterlist/options.html' },
      },
    ],
  ])('is heard from %s', (_who, sender) => {
    expect(permit(sender, CHECKLIST, OWN).ok).toBe(true);
  });

  it.each<[string, Sender]>([
    ['another extension', { ...TAB, id: 'other' }],
    ['nobody', {}],
    ['a sub-frame', { ...TAB, frameId: 3 }],
    ['a frame that is not told', { ...TAB, frameId: undefined }],
    ['a page that is only prerendered', { ...TAB, documentLifecycle: 'prerender' }],
    ['a page in the back/forward cache', { ...TAB, documentLifecycle: 'cached' }],
    ['a tab without an address', { ...TAB, tab: { id: 1 } }],
    ['no tab', { ...TAB, tab: undefined }],
    ['http', { ...TAB, tab: { url: URL_12.replace('https', 'http') } }],
    [
      'a look-alike host',
      { ...TAB, tab: { url: 'https://github.com.evil.test/ann/demo/issues/12' } },
    ],
    [
      'a host that only ends alike',
      { ...TAB, tab: { url: 'https://notgithub.com/ann/demo/issues/12' } },
    ],
    [
      'a user name that looks like the host',
      { ...TAB, tab: { url: 'https://github.com@evil.test/ann/demo/issues/12' } },
    ],
    ['another port', { ...TAB, tab: { url: 'https://github.com:444/ann/demo/issues/12' } }],
    ['gist', { ...TAB, tab: { url: 'https://gist.github.com/ann/demo/issues/12' } }],
    [
      'a tab that moved on to another issue',
      { ...TAB, tab: { url: 'https://github.com/ann/demo/issues/13' } },
    ],
    [
      'a tab that moved on to another repository',
      { ...TAB, tab: { url: 'https://github.com/ann/other/issues/12' } },
    ],
    ['a tab that shows the list', { ...TAB, tab: { url: 'https://github.com/ann/demo/issues' } }],
    [
      'a page that claims to be ours',
      {
        ...TAB,
        url: 'chrome-extension://masterlist.evil/options.html',
        tab: { url: 'https://evil.test/' },
      },
    ],
    [
      'a page of ours under another id',
      { id: 'other', url: 'chrome-extension://masterlist/options.html' },
    ],
  ])('is refused from %s', (_who, sender) => {
    expect(permit(sender, CHECKLIST, OWN)).toMatchObject({
      ok: false,
      failure: { code: 'stale-page' },
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'ann/demo#12'],
    ['a reference without repository', { number: 12 }],
    ['a repository of numbers', { repo: { host: 1, owner: 2, name: 3 }, number: 12 }],
    ['a path in the name', { repo: { ...CHECKLIST.repo, name: '../../user' }, number: 12 }],
    ['a query in the owner', { repo: { ...CHECKLIST.repo, owner: 'ann?x=' }, number: 12 }],
    ['another host', { repo: { ...CHECKLIST.repo, host: 'evil.test' }, number: 12 }],
    ['a number that is none', { ...CHECKLIST, number: '12; drop' }],
    ['a negative number', { ...CHECKLIST, number: -12 }],
    ['an inherited reference', JSON.parse('{"__proto__": {"repo": {}, "number": 12}}')],
    ['a megabyte', { repo: { ...CHECKLIST.repo, owner: 'a'.repeat(1_000_000) }, number: 12 }],
  ])('that carries %s is refused, even from our own page', (_what, payload) => {
    const own = { id: 'masterlist', url: 'chrome-extension://masterlist/options.html' };
    expect(permit(own, payload, OWN).ok).toBe(false);
    expect(permit(TAB, payload, OWN).ok).toBe(false);
  });

  it("passes on what the tab's address says", () => {
    const allowed = permit(TAB, { ...CHECKLIST, extra: 'x' }, OWN);
    expect(allowed).toEqual({ ok: true, value: CHECKLIST });
  });
});

describe('the issue that a tab shows', () => {
  it('is told of our script in its top frame', () => {
    expect(shownIssue(TAB, OWN)).toEqual(CHECKLIST);
  });

  it.each<[string, Sender]>([
    ['on another host', { ...TAB, tab: { url: 'https://evil.test/ann/demo/issues/12' } }],
    ['on another port', { ...TAB, tab: { url: 'https://github.com:444/ann/demo/issues/12' } }],
    ['in another extension', { ...TAB, id: 'other' }],
    ['in a sub-frame', { ...TAB, frameId: 3 }],
    ['in a page that is not shown yet', { ...TAB, documentLifecycle: 'prerender' }],
  ])('is none %s', (_where, sender) => {
    expect(shownIssue(sender, OWN)).toBeUndefined();
  });
});
