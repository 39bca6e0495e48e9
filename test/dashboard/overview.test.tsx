// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { settle, show } from '../components/render.ts';
import { endedJob, issueAt, NOW, PROBLEMS, sampleSync } from '../components/samples.ts';
import {
  type DashboardWorld,
  dashboardWorld,
  hashOf,
  jobOf,
  NO_FACTS,
  numberOf,
  sampleChecklist,
  sampleFacts,
} from './dashboard-world.tsx';

async function open(world: DashboardWorld) {
  const view = show(world.view);
  await world.dashboard.reload();
  await settle();
  return view;
}

const card = (root: HTMLElement, title: string) => {
  const found = [...root.querySelectorAll<HTMLElement>('.card')].find(
    (one) => one.querySelector('h3')?.textContent === title,
  );
  if (!found) throw new Error(`no card ${title}`);
  return found;
};

describe('the overview', () => {
  it('reserves its room while it reads, and then shows the first use in three steps', async () => {
    const world = dashboardWorld('', NO_FACTS);
    const view = show(world.view);
    expect(view.text()).toContain('Reading…');
    await world.dashboard.reload();
    await settle();
    expect(view.text()).not.toContain('Reading…');
    expect(view.root.querySelectorAll('.start li')).toHaveLength(3);
    expect(view.root.querySelector('.start a')?.getAttribute('href')).toBe('#/generate');
    await view.click(view.button('Open the options'));
    expect(world.openedOptions()).toBe(1);
  });

  it('asks for no token where there is one', async () => {
    const world = dashboardWorld('#/', sampleFacts(0));
    const view = await open(world);
    expect(view.text()).toContain('this browser has one');
    expect(view.root.querySelectorAll('.start button')).toHaveLength(0);
  });

  it('says that it could not read, and reads again', async () => {
    const world = dashboardWorld('', sampleFacts(1));
    world.broken.value = true;
    const view = await open(world);
    expect(view.root.querySelector('[role="alert"]')?.textContent).toContain('database is locked');
    world.broken.value = false;
    await view.click(view.button('Retry'));
    expect(card(view.root, 'Plan 1').textContent).toContain('octo-org/octo-repo#1');
  });

  it.each(['generate', 'sync', 'reconcile', 'matches'])(
    'says on the page %s that it could not read, instead of showing no checklists',
    async (path) => {
      const world = dashboardWorld(`#/${path}`, sampleFacts(1));
      world.broken.value = true;
      const view = await open(world);
      expect(view.root.querySelector('main')?.textContent).toContain('database is locked');
      expect(view.root.querySelector('main input')).toBeNull();
      world.broken.value = false;
      await view.click(view.button('Retry'));
      expect(view.text()).not.toContain('database is locked');
    },
  );

  it('shows what needs the user first, each with its one way', async () => {
    const facts = sampleFacts(0, {
      checklists: [
        sampleChecklist(1),
        sampleChecklist(2, { reconcile: { left: 3, kinds: { 'ticked-open': 3 } } }),
      ],
    });
    const view = await open(dashboardWorld('', facts));
    const [first] = [...view.root.querySelectorAll('main h2')].map((one) => one.textContent);
    expect(first).toBe('What needs attention');
    const link = view.root.querySelector<HTMLAnchorElement>('.needs a');
    expect(link?.textContent).toBe('Review 3 differences');
    expect(link?.getAttribute('href')).toContain('#/reconcile?checklist=');
    expect(link?.target).toBe('');
  });

  it('says so when nothing needs the user', async () => {
    const view = await open(dashboardWorld('', sampleFacts(2)));
    expect(view.text()).toContain('Nothing right now.');
  });

  it('shows of each checklist where it is, how far, when it was checked', async () => {
    const facts = sampleFacts(0, {
      checklists: [sampleChecklist(1, { sync: { counts: { items: 57, followed: 54, done: 12 } } })],
    });
    const view = await open(dashboardWorld('', facts));
    const one = card(view.root, 'Plan 1');
    expect(one.textContent).toContain('octo-org/octo-repo#1');
    expect(one.textContent).toContain('12 of 57 items done, 54 linked');
    expect(one.textContent).toContain('refreshed 2 minutes ago');
    expect(one.querySelector<HTMLAnchorElement>('h3 a')?.href).toBe(
      'https://github.com/octo-org/octo-repo/issues/1',
    );
  });

  it('syncs one checklist and shows what was written, in its own card only', async () => {
    const world = dashboardWorld('', sampleFacts(2), {
      syncChecklist: () => succeed({ updated: 5, left: 0, notice: undefined }),
    });
    const view = await open(world);
    await view.click(view.button('Sync now: octo-org/octo-repo#2'));
    expect(world.asked('syncChecklist')).toEqual([
      { checklist: issueAt(2), pageUser: undefined, preview: undefined },
    ]);
    expect(card(view.root, 'Plan 2').textContent).toContain('5 items updated.');
    expect(card(view.root, 'Plan 1').textContent).not.toContain('updated');
  });

  it('shows why a sync failed, and what resolves it', async () => {
    const world = dashboardWorld('', sampleFacts(1), {
      syncChecklist: () => fail(failure('bad-token')),
    });
    const view = await open(world);
    await view.click(view.button(/^Sync now/));
    expect(card(view.root, 'Plan 1').textContent).toContain('Paste a new token in the options.');
    await view.click(view.button('Open the options'));
    expect(world.openedOptions()).toBe(1);
  });

  it('stops keeping a checklist up to date only after it has asked', async () => {
    const world = dashboardWorld('', sampleFacts(2), {
      trackChecklist: () => succeed(sampleSync({ tracked: false })),
    });
    const view = await open(world);
    await view.click(view.button(/^Stop tracking: octo-org\/octo-repo#1/));
    expect(world.asked('trackChecklist')).toEqual([]);
    world.facts.value = sampleFacts(0, { checklists: [sampleChecklist(2)] });
    await view.click(view.button('Stop tracking'));
    expect(world.asked('trackChecklist')).toEqual([
      { checklist: issueAt(1), tracked: false, pageUser: undefined },
    ]);
    expect(view.text()).not.toContain('Plan 1');
    expect(document.activeElement?.tagName).toBe('H1');
  });

  it('calls only a sync a sync', async () => {
    const never = (() => new Promise(() => {})) as never;
    const world = dashboardWorld('', sampleFacts(2), { trackChecklist: never });
    const view = await open(world);
    await view.click(view.button(/^Stop tracking: octo-org\/octo-repo#1/));
    await view.click(view.button('Stop tracking'));
    expect(view.text()).not.toContain('Syncing…');
    expect(view.button(/^Sync now: octo-org\/octo-repo#1/).getAttribute('aria-busy')).toBe('true');
  });

  it('shows running jobs with their controls', async () => {
    const facts = sampleFacts(2, { jobs: [jobOf(1), jobOf(2, { state: 'paused' })] });
    const world = dashboardWorld('', facts, {
      controlJob: () => succeed(jobOf(1, { state: 'paused' }).status),
    });
    const view = await open(world);
    expect(view.text()).toContain('12 of 54 created');
    await view.click(view.button('Pause'));
    expect(world.asked('controlJob')).toEqual([
      { checklist: issueAt(1), job: 'job-1', action: 'pause' },
    ]);
  });

  it('sends all rows of a run that are tried again at once', async () => {
    const again = PROBLEMS.filter(({ choices }) => choices.includes('retry'));
    const facts = sampleFacts(1, { jobs: [jobOf(1, { problems: again })] });
    const world = dashboardWorld('', facts, { resolveRows: () => fail(failure('offline')) });
    const view = await open(world);
    await view.click(view.button(`Retry all ${again.length}`));
    expect(world.asked('resolveRows')).toMatchObject([
      { indexes: again.map(({ index }) => index) },
    ]);
    expect(view.text()).toContain('GitHub cannot be reached.');
  });

  it('tells of runs that ended, with the way to the log', async () => {
    const status = endedJob({
      id: 'job-9',
      checklist: issueChecklist(issueAt(1)),
      endedAt: NOW - 3_600_000,
    });
    const view = await open(
      dashboardWorld('', sampleFacts(1, { jobs: [{ status, title: 'Plan 1' }] })),
    );
    expect(view.text()).toContain('54 issues created, all linked.');
    const link = [...view.root.querySelectorAll('a')].find(
      ({ textContent }) => textContent === 'Show in the log',
    );
    expect(link?.getAttribute('href')).toMatch(/^#\/log\?checklist=.*&run=job-9$/);
  });

  it('shows a run that ended with something to decide once, with its actions', async () => {
    const checklist = issueChecklist(issueAt(1));
    const status = endedJob({ id: 'job-9', checklist, endedAt: NOW - 60_000, problems: PROBLEMS });
    const world = dashboardWorld('', sampleFacts(1, { jobs: [{ status, title: 'Plan 1' }] }));
    const view = await open(world);
    expect(view.text()).toContain('3 items need attention');
    expect(view.text()).not.toContain('Ended in the last day');
    await view.click(view.button('Skip it: Keyboard navigation'));
    expect(world.asked('resolveRows')).toMatchObject([{ indexes: [5] }]);
    await view.click(view.button('Dismiss: Plan 1'));
    expect(world.asked('controlJob')).toMatchObject([{ job: 'job-9', action: 'dismiss' }]);
  });

  it('shows one checklist alone', async () => {
    const facts = sampleFacts(3, { jobs: [jobOf(2)] });
    const view = await open(dashboardWorld(hashOf('/', 1), facts));
    expect(view.root.querySelectorAll('.card')).toHaveLength(1);
    expect(view.text()).not.toContain('12 of 54 created');
  });

  it('says what can be done with a checklist that is not kept up to date', async () => {
    const view = await open(dashboardWorld(hashOf('/', 99), sampleFacts(3)));
    expect(view.text()).toContain('Not tracked in this browser;');
    const links = [...view.root.querySelectorAll('main a')].map((one) => one.getAttribute('href'));
    expect(links).toContain(hashOf('/generate', 99));
  });

  it('shows fifty checklists, and finds one among them', async () => {
    const view = await open(dashboardWorld('', sampleFacts(50)));
    expect(view.root.querySelectorAll('.card')).toHaveLength(50);
    expect(view.text()).toContain('50 of 50');
    await view.type(view.field('Find'), 'plan 37');
    expect([...view.root.querySelectorAll('.card h3')].map((one) => one.textContent)).toEqual([
      'Plan 37',
    ]);
    expect(view.text()).toContain('1 of 50');
  });

  it('lets checklists wait for their turn', async () => {
    const world = dashboardWorld('', sampleFacts(2), {
      syncChecklist: () => succeed({ updated: 0, left: 0, notice: undefined }),
    });
    const view = await open(world);
    view.button('Sync now: octo-org/octo-repo#1').click();
    view.button('Sync now: octo-org/octo-repo#2').click();
    view.button('Sync now: octo-org/octo-repo#2').click();
    await settle();
    expect(world.asked('syncChecklist').map(numberOf)).toEqual([1, 2]);
  });
});
