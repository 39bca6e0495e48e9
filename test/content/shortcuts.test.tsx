// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { checklistPanel } from '../../entrypoints/github.content/checklist-panel.tsx';
import { watchIssues } from '../../entrypoints/github.content/watch-issues.ts';
import { succeed } from '../../lib/core/failures.ts';
import { sampleView, typicalPlan } from '../components/samples.ts';
import { patiently } from '../patiently.ts';
import { fakeSurroundings } from './fake-surroundings.ts';
import { frames, loadPage } from './github-page.ts';

let ended = new AbortController();

afterEach(async () => {
  ended.abort();
  await frames();
  document.documentElement.innerHTML = '';
});

describe('a key on an issue with a checklist', () => {
  function watch() {
    ended = new AbortController();
    loadPage('ssr');
    const surroundings = fakeSurroundings({
      openChecklist: () => succeed(sampleView(14)),
      getJob: () => succeed(undefined),
      previewGeneration: () => succeed(typicalPlan(54)),
    });
    watchIssues([checklistPanel], surroundings, ended.signal);
    return () => surroundings.asked.map(({ name }) => name);
  }

  /** What the page answers. */
  const press = async (message: unknown) => {
    const answer = vi.fn();
    await Promise.all(await fakeBrowser.runtime.onMessage.trigger(message, {} as never, answer));
    return answer.mock.lastCall?.[0];
  };

  it.each([
    ['generate', 'previewGeneration'],
    ['sync', 'previewSync'],
    ['reconcile', 'previewReconcile'],
  ])('for %s opens the panel and asks for %s', async (shortcut, message) => {
    const asked = watch();
    expect(await press({ shortcut })).toBe(true);
    await patiently(() => expect(asked()).toEqual(['openChecklist', message]));
  });

  it('acts in a panel that is open already', async () => {
    const asked = watch();
    await press({ shortcut: 'sync' });
    await patiently(() => expect(asked()).toHaveLength(2));
    await press({ shortcut: 'reconcile' });
    await patiently(() => expect(asked().slice(2)).toEqual(['previewReconcile']));
  });

  it('does nothing for other messages, and nothing once the page shows another issue', async () => {
    const asked = watch();
    for (const message of [undefined, null, 'sync', {}, { shortcut: 'toString' }]) {
      expect(await press(message)).toBeUndefined();
    }
    ended.abort();
    expect(await press({ shortcut: 'sync' })).toBeUndefined();
    await frames();
    expect(asked()).toEqual([]);
  });
});
