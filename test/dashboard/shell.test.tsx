// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { settle, show } from '../components/render.ts';
import { issueAt } from '../components/samples.ts';
import type { Answers } from '../content/fake-surroundings.ts';
import { dashboardWorld, hashOf, sampleFacts } from './dashboard-world.tsx';

async function open(hash: string, answers: Answers = {}) {
  const world = dashboardWorld(hash, sampleFacts(3), answers);
  await world.dashboard.reload();
  const view = show(world.view);
  await settle();
  return { world, view };
}

const pages = (root: HTMLElement) => [...root.querySelectorAll<HTMLAnchorElement>('nav a')];

describe('the head of the dashboard', () => {
  it('names every page and marks the one that is shown', async () => {
    const { world, view } = await open('#/log');
    expect(pages(view.root).map(({ textContent }) => textContent)).toEqual([
      'Overview',
      'Generate',
      'Sync',
      'Reconcile',
      'Matches',
      'Log',
      'Metrics',
    ]);
    const current = () =>
      pages(view.root)
        .filter((link) => link.getAttribute('aria-current') === 'page')
        .map(({ textContent }) => textContent);
    expect(current()).toEqual(['Log']);
    world.goTo('#/metrics');
    await settle();
    expect(current()).toEqual(['Metrics']);
    expect(document.title).toBe('Metrics · Masterlist');
  });

  it('keeps the chosen checklist from page to page', async () => {
    const { view } = await open(hashOf('/log', 2));
    const [overview, , sync] = pages(view.root);
    expect(overview?.getAttribute('href')).toBe(hashOf('/', 2));
    expect(sync?.getAttribute('href')).toBe(hashOf('/sync', 2));
  });

  it('shows one checklist or all', async () => {
    const { world, view } = await open('#/log');
    const filter = view.root.querySelector('select');
    if (!filter) throw new Error('no filter');
    expect([...filter.options].map(({ text }) => text)).toEqual([
      'All checklists',
      'Plan 1 · octo-org/octo-repo#1',
      'Plan 2 · octo-org/octo-repo#2',
      'Plan 3 · octo-org/octo-repo#3',
    ]);
    filter.focus();
    await view.type(filter, 'github.com/octo-org/octo-repo#2');
    expect(world.place.value.route).toMatchObject({ path: '/log', checklist: issueAt(2) });
    // Whoever steps through the list with arrows stays in it.
    expect(document.activeElement).toBe(filter);
    await view.type(filter, '');
    expect(world.place.value.route.checklist).toBeUndefined();
  });

  it('names a checklist that this browser does not know', async () => {
    const { view } = await open(hashOf('/log', 77));
    const filter = view.root.querySelector('select');
    expect(filter?.selectedOptions[0]?.text).toBe('octo-org/octo-repo#77');
  });

  it('pauses everything, says so, and lets it go on', async () => {
    const { world, view } = await open('', { setPaused: () => succeed(undefined) });
    await view.click(view.button('Pause everything'));
    expect(world.asked('setPaused')).toEqual([{ paused: true }]);
    world.paused.value = true;
    await settle();
    expect(view.root.querySelector('header [role="status"]')?.textContent).toContain(
      'Everything is paused in this browser.',
    );
    await view.click(view.button('Resume everything'));
    expect(world.asked('setPaused')).toEqual([{ paused: true }, { paused: false }]);
  });

  it('says why it could not pause', async () => {
    const reason = 'its background process did not respond.';
    const { view } = await open('', { setPaused: () => fail(failure('internal', { reason })) });
    await view.click(view.button('Pause everything'));
    expect(view.root.querySelector('header [role="alert"]')?.textContent).toContain(reason);
    expect(view.button('Pause everything').disabled).toBe(false);
  });

  it('opens the options', async () => {
    const { world, view } = await open('');
    await view.click(view.button('Options'));
    expect(world.openedOptions()).toBe(1);
  });
});

describe('going from page to page', () => {
  it("moves the focus to the new page's heading, and leaves it alone at first", async () => {
    const { world, view } = await open('#/log');
    expect(document.activeElement).toBe(document.body);
    world.goTo('#/metrics');
    await settle();
    expect(document.activeElement?.textContent).toBe('Metrics');
    expect(document.activeElement?.tagName).toBe('H1');
    expect(view.text()).toContain('The metrics');
    expect(view.text()).not.toContain('The log');
  });

  it('lets the keyboard skip the head', async () => {
    const { view } = await open('#/log');
    await view.click(view.button('Skip to content'));
    expect(document.activeElement?.tagName).toBe('H1');
  });

  it('says that there is no such page, and leads to the overview', async () => {
    const { view } = await open('#/nowhere');
    expect(view.root.querySelector('h1')?.textContent).toBe('Page not found');
    expect(view.root.querySelector('main a')?.getAttribute('href')).toBe('#/');
    expect(view.root.querySelector('[aria-current]')).toBeNull();
  });

  it('asks for the issue where the address names no checklist', async () => {
    const { world, view } = await open('#/sync?checklist=nothing');
    expect(view.text()).toContain('This address names no checklist.');
    expect(view.button('Preview the sync').disabled).toBe(false);
    expect(world.surroundings.asked).toEqual([]);
  });
});
