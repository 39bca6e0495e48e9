// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { issueOfChecklist } from '../../lib/core/refs.ts';
import type { SyncOutcome } from '../../lib/core/sync/sync-preview.ts';
import { mixedPlan, samplePreview } from '../components/reconcile-samples.ts';
import { settle, show } from '../components/render.ts';
import { endedJob, issueAt, sampleJob } from '../components/samples.ts';
import { unfold } from '../components/unfold.ts';
import { type DashboardWorld, dashboardWorld, numberOf, sampleFacts } from './dashboard-world.tsx';

async function open(world: DashboardWorld) {
  await world.dashboard.reload();
  const view = show(world.view);
  await settle();
  return view;
}

const rows = (root: HTMLElement) =>
  [...root.querySelectorAll('.picked')].map((row) => row.textContent ?? '');

const tick = (root: HTMLElement, words: string) => {
  const label = [...root.querySelectorAll('label')].find((one) =>
    one.textContent?.startsWith(words),
  );
  label?.querySelector('input')?.click();
  return settle();
};

const WROTE = succeed<SyncOutcome>({ updated: 2, left: 0, notice: undefined });

describe('Sync for several checklists', () => {
  it('syncs all, one after another, and says what came of each as it comes', async () => {
    const outcomes: Result<SyncOutcome>[] = [
      WROTE,
      succeed({ updated: 0, left: 0, notice: undefined }),
      fail(failure('bad-token')),
    ];
    const world = dashboardWorld('#/sync', sampleFacts(3), {
      syncChecklist: ({ checklist }) => outcomes[issueOfChecklist(checklist).number - 1] ?? WROTE,
    });
    const view = await open(world);
    await view.click(view.button('Sync 3 checklists now'));
    expect(world.asked('syncChecklist').map(numberOf)).toEqual([1, 2, 3]);
    const [one, two, three] = rows(view.root);
    expect(one).toContain('2 items updated.');
    expect(two).toContain('Nothing to update.');
    expect(three).toContain('GitHub rejected the token. Paste a new token in the options.');
    expect(view.root.querySelector('p.said')?.textContent).toBe(
      '2 checklists synced, 2 items updated. 1 checklist failed.',
    );
  });

  it('syncs only those that are chosen', async () => {
    const world = dashboardWorld('#/sync', sampleFacts(4), { syncChecklist: () => WROTE });
    const view = await open(world);
    await tick(view.root, 'Plan 2');
    await view.click(view.button('Sync 3 checklists now'));
    expect(world.asked('syncChecklist').map(numberOf)).toEqual([1, 3, 4]);
    await tick(view.root, 'All 4 checklists');
    await tick(view.root, 'All 4 checklists');
    expect(view.button('Sync 0 checklists now').disabled).toBe(true);
    await tick(view.root, 'Plan 4');
    expect(view.button('Sync 1 checklist now').disabled).toBe(false);
  });

  it('shows how far it is, takes no second click, and stops behind the one it is at', async () => {
    const ends: ((answer: Result<SyncOutcome>) => void)[] = [];
    const held = () =>
      new Promise<Result<SyncOutcome>>((resolve) => {
        ends.push(resolve);
      });
    const world = dashboardWorld('#/sync', sampleFacts(3), {
      // A background that has not answered yet.
      syncChecklist: held as never,
    });
    const view = await open(world);
    await view.click(view.button('Sync 3 checklists now'));
    await view.click(view.button('Sync 3 checklists now'));
    expect(view.text()).toContain('0 of 3 synced.');
    expect(rows(view.root)[0]).toContain('Syncing…');
    expect(rows(view.root)[1]).toContain('Waiting…');
    await view.click(view.button('Stop after this one'));
    ends[0]?.(WROTE);
    await settle();
    expect(world.asked('syncChecklist').map(numberOf)).toEqual([1]);
    expect(view.text()).toContain('1 checklist synced, 2 items updated.');
  });

  it('keeps its results while another page is looked at', async () => {
    const world = dashboardWorld('#/sync', sampleFacts(2), { syncChecklist: () => WROTE });
    const view = await open(world);
    await view.click(view.button('Sync 2 checklists now'));
    world.goTo('#/log');
    await settle();
    world.goTo('#/sync');
    await settle();
    expect(rows(view.root)[1]).toContain('2 items updated.');
  });

  it('asks for an issue where nothing is kept up to date', async () => {
    const world = dashboardWorld('#/sync', sampleFacts(0));
    const view = await open(world);
    expect(view.text()).not.toContain('Tracked in this browser');
    await view.type(view.field(/./), 'octo-org/octo-repo#8');
    expect(view.root.querySelectorAll('form')).toHaveLength(1);
  });
});

describe('Reconcile for several checklists', () => {
  const answers = {
    previewReconcile: () => succeed(samplePreview(mixedPlan())),
    applyReconcile: () => succeed({ job: sampleJob({ id: 'change' }), changed: 0, kept: 0 }),
  };

  it('looks at each, and shows its differences folded, with the way to decide them', async () => {
    const world = dashboardWorld('#/reconcile', sampleFacts(2), answers);
    const view = await open(world);
    await view.click(view.button('Reconcile 2 checklists'));
    expect(world.asked('previewReconcile').map(numberOf)).toEqual([1, 2]);
    expect(world.asked('applyReconcile')).toEqual([]);
    expect(rows(view.root)[0]).toContain('3 differences, 1 can be resolved safely');
    expect(rows(view.root)[0]).not.toContain('Write docs');
    await unfold(view.root, 'Differences');
    expect(rows(view.root)[0]).toContain('Write docs');
    expect(rows(view.root)[1]).not.toContain('Write docs');
    const [link] = [...view.root.querySelectorAll('.picked a')];
    expect(link?.getAttribute('href')).toContain('#/reconcile?checklist=');
  });

  it('does what is safe in all of them, as it was shown, and once', async () => {
    const world = dashboardWorld('#/reconcile', sampleFacts(2), {
      ...answers,
      previewReconcile: ({ checklist }) =>
        succeed(samplePreview(mixedPlan(), { id: `look-${issueOfChecklist(checklist).number}` })),
    });
    const view = await open(world);
    await view.click(view.button('Reconcile 2 checklists'));
    await view.click(view.button(/^Apply 2 safe changes in 2 checklists/));
    const sent = world.asked('applyReconcile') as { preview: string; chosen: unknown[] }[];
    expect(sent.map(({ preview }) => preview)).toEqual(['look-1', 'look-2']);
    for (const { chosen } of sent) expect(chosen).toHaveLength(1);
    expect(view.text()).not.toContain('Apply 2 safe changes');
    expect(rows(view.root)[0]).toContain('1 change is being made');
    const status = endedJob({
      id: 'change',
      kind: 'change',
      change: { cause: 'resolve', creates: 0 },
      counts: { total: 1, created: 0, linked: 1, failed: 0, unknown: 0, review: 0, left: 0 },
    });
    world.facts.value = sampleFacts(2, { jobs: [{ status, title: 'Plan 1' }] });
    await world.dashboard.reload();
    await settle();
    expect(rows(view.root)[0]).toContain('1 change made.');
  });

  it('offers nothing for a checklist that cannot be written, and tells of one that cannot be read', async () => {
    const blocker = failure('cannot-edit-master', { repo: 'octo-org/octo-repo' });
    const world = dashboardWorld('#/reconcile', sampleFacts(2), {
      ...answers,
      previewReconcile: ({ checklist }) =>
        issueOfChecklist(checklist).number === 1
          ? succeed(samplePreview(mixedPlan(), { blocker }))
          : fail(failure('offline')),
    });
    const view = await open(world);
    await view.click(view.button('Reconcile 2 checklists'));
    expect(view.text()).not.toContain('Apply 2 safe changes');
    expect(rows(view.root)[0]).toContain('You cannot edit this issue');
    expect(rows(view.root)[1]).toContain('GitHub cannot be reached.');
    expect(view.text()).toContain('1 checklist could not be searched.');
  });

  it('can be asked of a checklist that is out of date, and says so', async () => {
    const world = dashboardWorld('#/reconcile', sampleFacts(1), {
      ...answers,
      applyReconcile: () => fail(failure('stale-plan')),
    });
    const view = await open(world);
    await view.click(view.button('Reconcile 1 checklist'));
    await view.click(view.button(/^Apply \d safe/));
    expect(rows(view.root)[0]).toContain('The preview is out of date.');
    expect(world.asked('applyReconcile')).toMatchObject([{ checklist: issueAt(1) }]);
  });
});
