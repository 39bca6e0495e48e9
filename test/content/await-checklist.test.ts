// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { awaitChecklist } from '../../entrypoints/github.content/await-checklist.ts';
import { startOnce } from '../../entrypoints/github.content/started.ts';
import { patiently } from '../patiently.ts';
import { goTo, ISSUE_URL, loadPage, otherIssue } from './github-page.ts';

const LIST_URL = 'https://github.com/octo-org/octo-repo/issues';

let ended = new AbortController();

/** Waits on the page that is shown; `isOffered` says whether the script for issues comes. */
function wait(isOffered: (items: number) => boolean = () => false) {
  ended = new AbortController();
  const asked: { items: number; editing: boolean }[] = [];
  const watched = new Map<() => void, AbortSignal>();
  awaitChecklist(
    {
      load: async ({ items, editing }) => {
        asked.push({ items, editing });
        if (isOffered(items)) startOnce(() => {});
      },
      watch: (_, onChange, signal) => void watched.set(onChange, signal),
    },
    ended.signal,
  );
  const change = () => {
    for (const [onChange, signal] of [...watched]) if (!signal.aborted) onChange();
  };
  return { asked, change };
}

/** Longer than changes settle. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 250));

function text(items: number): string {
  return '<li class="task-list-item"><input type="checkbox"> one</li>'.repeat(items);
}

afterEach(async () => {
  ended.abort();
  delete (globalThis as { masterlistStarted?: true }).masterlistStarted;
  await settled();
  document.documentElement.innerHTML = '';
});

describe('the script on every page', () => {
  it.each(['ssr', 'hydrated', 'readonly'] as const)(
    'asks for the rest once on an issue with items (%s)',
    async (fixture) => {
      const github = loadPage(fixture);
      const { asked } = wait(() => true);
      await patiently(() => expect(asked).toEqual([{ items: 14, editing: false }]));
      if (fixture === 'hydrated') github.rerenderBody(text(20));
      await settled();
      expect(asked).toHaveLength(1);
    },
  );

  it('asks for nothing where only a comment has items, and for the rest with the first item', async () => {
    const github = loadPage('hydrated');
    github.rerenderBody('<p>nothing</p>');
    const { asked } = wait();
    await settled();
    expect(document.querySelectorAll('input[type="checkbox"]').length).toBeGreaterThan(0);
    expect(asked).toEqual([]);
    github.rerenderBody(text(1));
    await patiently(() => expect(asked).toEqual([{ items: 1, editing: false }]));
  });

  it('where the button does not belong, asks again with more items and when this browser works on it', async () => {
    const github = loadPage('hydrated');
    const { asked, change } = wait();
    github.rerenderBody(text(14));
    await settled();
    expect(asked).toHaveLength(1);
    github.rerenderBody(text(15));
    await patiently(() => expect(asked).toHaveLength(2));
    change();
    await patiently(() => expect(asked.map(({ items }) => items)).toEqual([14, 15, 15]));
  });

  it('asks when the text is edited, so that writes wait for it', async () => {
    const github = loadPage('hydrated');
    github.rerenderBody('<p>nothing</p>');
    const { asked } = wait();
    github.openEditor('- [ ] x');
    await patiently(() => expect(asked).toEqual([{ items: 0, editing: true }]));
  });

  it('comes upon an issue by a soft navigation, and not on the one that still stands', async () => {
    const github = loadPage('hydrated', LIST_URL);
    const { asked } = wait();
    await settled();
    expect(asked).toEqual([]);
    goTo(ISSUE_URL.replace('/1', '/2'));
    document.dispatchEvent(new Event('soft-nav:end'));
    await settled();
    expect(asked).toEqual([]);
    github.softNav(ISSUE_URL.replace('/1', '/2'), otherIssue(2, ['a', 'b']));
    await patiently(() => expect(asked).toEqual([{ items: 2, editing: false }]));
  });

  it('is done once the rest runs, whoever had it injected', async () => {
    const github = loadPage('hydrated');
    github.rerenderBody('<p>nothing</p>');
    const { asked } = wait();
    startOnce(() => {});
    github.rerenderBody(text(3));
    await settled();
    expect(asked).toEqual([]);
  });
});

describe('the script for issues', () => {
  it('starts once, and is not taken for an element of the page that has its name', () => {
    const form = document.createElement('form');
    (globalThis as { masterlistStarted?: unknown }).masterlistStarted = form;
    let starts = 0;
    for (let injected = 0; injected < 2; injected++) startOnce(() => starts++);
    expect(starts).toBe(1);
  });
});
