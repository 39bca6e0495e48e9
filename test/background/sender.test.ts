import { describe, expect, it } from 'vitest';
import {
  type OwnAddress,
  permit,
  type Sender,
  shownIssue,
} from '../../entrypoints/background/sender.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { FORGED_CHECKLISTS } from '../hostile/messages.ts';
import { forgedSenders } from '../hostile/senders.ts';

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

  it.each(forgedSenders(OWN, issueChecklist(CHECKLIST)))('is refused from %s', (_who, sender) => {
    expect(permit(sender, CHECKLIST, OWN)).toMatchObject({
      ok: false,
      failure: { code: 'stale-page' },
    });
  });

  it.each(FORGED_CHECKLISTS)(
    'that carries %s is refused, even from our own page',
    (_what, payload) => {
      const own = { id: 'masterlist', url: 'chrome-extension://masterlist/options.html' };
      expect(permit(own, payload, OWN).ok).toBe(false);
      expect(permit(TAB, payload, OWN).ok).toBe(false);
    },
  );

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
