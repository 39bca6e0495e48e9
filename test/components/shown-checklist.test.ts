import { describe, expect, it } from 'vitest';
import { shownChecklist } from '../../entrypoints/popup/shown-checklist.ts';
import { planAt } from '../core/overview/samples.ts';

const URL = 'https://github.com/ann/demo/issues/7';

describe('the issue of a tab', () => {
  it('is named by the address, its title by that of the page', () => {
    expect(shownChecklist({ url: URL, title: 'Plan · Issue #7 · ann/demo' })).toEqual({
      checklist: planAt(7),
      title: 'Plan',
    });
    expect(
      shownChecklist({ url: `${URL}#issuecomment-1`, title: 'A · b · Issue #7 · ann/demo' }),
    ).toMatchObject({ title: 'A · b' });
  });

  it('has its number as title where the page has none yet', () => {
    expect(shownChecklist({ url: URL })?.title).toBe('#7');
    expect(shownChecklist({ url: URL, title: '' })?.title).toBe('#7');
  });

  it.each([
    undefined,
    {},
    { url: 'https://github.com/ann/demo/pull/7' },
    { url: 'https://github.com/ann/demo' },
    { url: 'https://github.com.evil.example/ann/demo/issues/7' },
    { url: 'https://ghe.example/ann/demo/issues/7' },
    { url: 'chrome://extensions' },
  ])('is none for %o', (tab) => {
    expect(shownChecklist(tab)).toBeUndefined();
  });
});
