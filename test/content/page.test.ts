// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import {
  badgePlace,
  findShownIssue,
  issueOfAddress,
  pageUser,
  panelPlace,
} from '../../entrypoints/github.content/page.ts';
import { CHECKLIST } from '../components/samples.ts';
import { loadPage } from './github-page.ts';

describe.each(['ssr', 'hydrated', 'readonly'] as const)("GitHub's %s page", (fixture) => {
  it('names its issue by its own link, and counts the items of its text alone', () => {
    loadPage(fixture);
    const page = findShownIssue();
    expect(page?.issue).toEqual(CHECKLIST);
    expect(page?.boxes).toHaveLength(14);
    expect(page?.editing).toBe(false);
  });

  it('has a place for the panel before all text', () => {
    loadPage(fixture);
    const page = findShownIssue();
    const place = page && panelPlace(page);
    expect(place?.inside ?? false).toBe(fixture === 'ssr');
    const text = page?.text?.querySelector('p');
    expect(text && place?.before?.compareDocumentPosition(text)).not.toBe(
      Node.DOCUMENT_POSITION_PRECEDING,
    );
  });

  it('has a place for a badge behind the text of each row, before nested items', () => {
    loadPage(fixture);
    const places = findShownIssue()?.boxes.map(badgePlace) ?? [];
    const parent = places.find((place) => place?.parent.textContent?.includes('Parent task'));
    const before = [...(parent?.parent.childNodes ?? [])].filter(
      (node) =>
        !parent?.before ||
        node.compareDocumentPosition(parent.before) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    const words = before.map((node) => node.textContent).join(' ');
    expect(words).toContain('Parent task');
    expect(words).not.toContain('Child task');
  });
});

describe('the address', () => {
  it('names issues, not pull requests, lists or new issues', () => {
    expect(issueOfAddress('https://github.com/octo-org/octo-repo/issues/1?x#y')).toEqual(CHECKLIST);
    expect(issueOfAddress('https://github.com/octo-org/octo-repo/pull/1')).toBeUndefined();
    expect(issueOfAddress('https://github.com/octo-org/octo-repo/issues')).toBeUndefined();
    expect(issueOfAddress('https://github.com/octo-org/octo-repo/issues/new')).toBeUndefined();
  });
});

describe('the page', () => {
  it('says who is signed in', () => {
    loadPage('hydrated');
    expect(pageUser()).toBe('monalisa');
    document.querySelector('meta[name="user-login"]')?.remove();
    expect(pageUser()).toBeUndefined();
  });

  it('shows no issue when the link of the text is gone', () => {
    loadPage('hydrated');
    document.querySelector('[data-testid="issue-body-header-link"]')?.remove();
    for (const link of document.querySelectorAll('a[href*="#issue-"]')) link.remove();
    expect(findShownIssue()).toBeUndefined();
  });

  it('is being edited while the editor stands in place of the text', () => {
    const github = loadPage('hydrated');
    github.openEditor('- [ ] x');
    expect(findShownIssue()).toMatchObject({ editing: true, boxes: [], text: undefined });
    github.closeEditor();
    expect(findShownIssue()).toMatchObject({ editing: false });
  });
});
