// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PopupPage } from '../../components/popup/PopupPage.tsx';
import {
  createPopupModel,
  type PopupContext,
  type PopupModel,
} from '../../entrypoints/popup/popup-model.ts';
import type { ShownChecklist } from '../../entrypoints/popup/shown-checklist.ts';
import { mailLink } from '../../lib/channels/mail.ts';
import { DEFAULT_ALERT_SETTINGS } from '../../lib/core/alerts/alert-settings.ts';
import type { AlertFacts } from '../../lib/core/alerts/list-alerts.ts';
import { fail, failure, lockFailure, succeed } from '../../lib/core/failures.ts';
import type { SyncRecord } from '../../lib/core/sync/tracked.ts';
import { MINUTE_MS, NO_FACTS, NOW, planAt, trackedFacts } from '../core/overview/samples.ts';
import { patiently } from '../patiently.ts';
import { type Rendered, settle, show } from './render.ts';
import { endedJob, PROBLEMS, sampleJob, sampleSync, sampleView } from './samples.ts';

const ACCOUNT = { id: 'A', host: 'github.com', login: 'ann', expiresAt: undefined };
const OUTCOME = { updated: 2, left: 0, notice: undefined };

const ASKED = {
  item: 'item',
  name: 'TYPED',
  text: 'Backport #12',
  issue: { repo: planAt(7).repo, number: 12 },
  title: 'Crash',
  state: 'open',
} as const;
const QUESTION = { ends: [ASKED], old: [] };

describe('the popup', () => {
  let facts: AlertFacts;
  let isPaused: boolean;
  let shown: ShownChecklist | undefined;
  let asks: ReturnType<typeof newAsks>;
  const now = signal(NOW);

  beforeEach(() => {
    facts = { ...NO_FACTS, accounts: [ACCOUNT] };
    isPaused = false;
    shown = undefined;
    asks = newAsks();
    now.value = NOW;
  });

  describe('at first use', () => {
    it('shows three steps, the preview before the token', async () => {
      facts = NO_FACTS;
      const { view } = await open();
      const steps = [...view.root.querySelectorAll('ol > li')].map((step) => step.textContent);
      expect(steps).toHaveLength(3);
      expect(steps[0]).toContain('needs no token');
      expect(steps[1]).toContain('Add a token');
      await view.click(view.button('Add a token'));
      expect(asks.openOptions).toHaveBeenCalledOnce();
    });

    it('says less once there is a token', async () => {
      const { view } = await open();
      expect(view.root.querySelector('ol')).toBeNull();
      expect(view.text()).toContain('Nothing is tracked yet.');
    });

    it("offers the preview of the page's issue without a token, and no more", async () => {
      facts = NO_FACTS;
      shown = { checklist: planAt(7), title: 'Plan 7' };
      const { view } = await open();
      expect(link(view, 'Generate issues…').getAttribute('href')).toBe(
        'dashboard.html#/generate?checklist=github.com%2Fann%2Fdemo%237',
      );
      expect(() => view.button('Sync now')).toThrow();
      expect(() => view.button('Track')).toThrow();
    });

    it('has nothing to check and nothing to pause', async () => {
      const { view } = await open();
      expect(view.root.querySelector('footer')).toBeNull();
    });
  });

  describe('what needs the user', () => {
    it('stands first, one entry per cause, each with its one action and an email', async () => {
      track(1, { failure: failure('bad-token'), failures: 3 });
      track(2, { failure: failure('bad-token'), failures: 3 });
      const { view } = await open();
      const [first] = view.root.querySelectorAll('section');
      expect(first?.querySelector('h2')?.textContent).toBe('What needs attention');
      expect(first?.querySelectorAll('li')).toHaveLength(1);
      const [action, mail] = first?.querySelectorAll('a') ?? [];
      expect(action?.textContent).toBe('Replace the token');
      expect(action?.getAttribute('href')).toBe('options.html');
      expect(action?.target).toBe('_blank');
      expect(mail?.textContent).toBe('Write an email');
      expect(mail?.getAttribute('href')).toMatch(
        /^mailto:\?subject=GitHub%20rejected%20the%20token/,
      );
    });

    it('is gone when it is resolved', async () => {
      track(1, { failure: failure('bad-token'), failures: 3 });
      const { model, view } = await open();
      expect(view.text()).toContain('What needs attention');
      facts = { ...facts, checklists: [trackedFacts(1)] };
      await model.reload();
      await settle();
      expect(view.text()).not.toContain('What needs attention');
    });

    it('is no mere news', async () => {
      track(1);
      facts = {
        ...facts,
        jobs: [
          { status: sampleJob({ state: 'ended', outcome: 'done', endedAt: NOW }), title: 'Plan' },
        ],
      };
      const { view } = await open();
      expect(view.text()).not.toContain('What needs attention');
    });
  });

  describe('a checklist', () => {
    it('shows where it is, how far, when it was checked, and what is new', async () => {
      track(1, {
        counts: { items: 10, followed: 7, done: 3 },
        checkedAt: NOW - 2 * MINUTE_MS,
        newItems: 3,
      });
      const { view } = await open();
      const title = view.root.querySelector<HTMLAnchorElement>('a.title');
      expect(title?.href).toBe('https://github.com/ann/demo/issues/1');
      expect(title?.target).toBe('_blank');
      expect(title?.title).toBe('Plan 1');
      expect(view.text()).toContain('ann/demo#1 · refreshed 2 minutes ago');
      expect(view.text()).toContain('3 of 10 items done, 7 linked');
      expect(link(view, 'Generate 3 new items: Plan 1').getAttribute('href')).toContain(
        '#/generate',
      );
      now.value = NOW + 58 * MINUTE_MS;
      await settle();
      expect(view.text()).toContain('refreshed 1 hour ago');
    });

    it('shows what fails and what it waits for', async () => {
      track(1, { failure: failure('offline'), failures: 1 });
      track(2, { waiting: 'editor' });
      const { view } = await open();
      expect(view.text()).toContain('GitHub cannot be reached');
      expect(view.text()).toContain('waits for the editor in a tab to close');
    });

    it('names the differences that the last look left, and leads to them', async () => {
      track(1);
      const kinds = { 'ticked-open': 5, 'issue-gone': 2 };
      const reconcile = {
        key: '',
        checkedAt: NOW,
        nightlyAt: NOW,
        left: 7,
        kinds,
        failure: undefined,
      };
      facts = {
        ...facts,
        checklists: facts.checklists.map((each) => ({ ...each, reconcile })),
      };
      const { view } = await open();
      const words = '7 differences: 5 ticked but open, 2 issues gone: Plan 1';
      expect(link(view, words).getAttribute('href')).toContain('dashboard.html#/reconcile?');
      expect(link(view, 'Reconcile: Plan 1').getAttribute('href')).toContain('#/reconcile?');
    });

    it('is synced at once, and shows what came of it beside it', async () => {
      track(1);
      track(2);
      const { view } = await open();
      const button = view.button('Sync now: Plan 2');
      await view.click(button);
      expect(asks.sync.mock.calls).toEqual([[planAt(2)]]);
      const [first, second] = view.root.querySelectorAll('.tracked');
      expect(second?.textContent).toContain('2 items updated.');
      expect(first?.textContent).not.toContain('updated');
      asks.sync.mockResolvedValue(fail(failure('offline')));
      await view.click(button);
      expect(second?.textContent).not.toContain('updated');
      expect(second?.textContent).toContain('GitHub cannot be reached');
    });

    it('is not synced twice at once, and its result is told into a region that stood before', async () => {
      track(1);
      let finish = (_: ReturnType<typeof succeed<typeof OUTCOME>>) => {};
      asks.sync.mockReturnValue(
        new Promise((resolve) => {
          finish = resolve;
        }),
      );
      const { model, view } = await open();
      const region = view.root.querySelector('.tracked [role=status]');
      await view.click(view.button('Sync now: Plan 1'));
      model.onSync(planAt(1));
      expect(asks.sync).toHaveBeenCalledOnce();
      expect(view.button('Sync now: Plan 1').getAttribute('aria-busy')).toBe('true');
      expect(region?.textContent).toBe('Asking GitHub…');
      finish(succeed(OUTCOME));
      await settle();
      expect(view.root.querySelector('.tracked [role=status]')).toBe(region);
      expect(region?.textContent?.trim()).toBe('2 items updated.');
    });

    it('survives a background that does not answer', async () => {
      track(1);
      const { view } = await open();
      asks.sync.mockRejectedValue(new Error('no receiver'));
      await view.click(view.button('Sync now: Plan 1'));
      expect(view.text()).toContain('its background process did not respond.');
    });
  });

  describe("the page's checklist", () => {
    beforeEach(() => {
      shown = { checklist: planAt(7), title: 'Plan 7' };
    });

    it('stands before all others and only once when it is tracked; GitHub is not asked again', async () => {
      track(1);
      track(7, { counts: { items: 4, followed: 4, done: 1 } });
      const { view } = await open();
      const sections = [...view.root.querySelectorAll('section')];
      expect(sections[0]?.textContent).toContain('1 of 4 items done');
      expect(view.text().match(/Plan 7/g)).toHaveLength(1);
      expect(asks.read).not.toHaveBeenCalled();
      await view.click(view.button('Stop tracking'));
      expect(asks.track.mock.calls).toEqual([[planAt(7), false]]);
    });

    it('is read from GitHub when it is not, and offers what the panel offers', async () => {
      const { view } = await open();
      expect(asks.read.mock.calls).toEqual([[planAt(7)]]);
      expect(view.text()).toContain('ann/demo#7 · not tracked in this browser');
      expect(view.text()).toMatch(/\d of 8 items done, \d linked/);
      link(view, 'Generate issues…');
      expect(link(view, 'Reconcile').getAttribute('href')).toContain('#/reconcile?');
      await view.click(view.button('Sync now'));
      expect(asks.sync.mock.calls).toEqual([[planAt(7)]]);
      await view.click(view.button('Track'));
      expect(asks.track.mock.calls).toEqual([[planAt(7), true]]);
    });

    it('offers nothing where the text has no list', async () => {
      asks.read.mockResolvedValue(succeed(sampleView(0, { refused: failure('no-items') })));
      const { view } = await open();
      expect(view.text()).toContain('has no task list');
      expect(view.root.querySelector('.shown .btn')).toBeNull();
      expect(view.root.querySelector('[role=alert]')).toBeNull();
    });

    it('says why it cannot be read', async () => {
      asks.read.mockResolvedValue(fail(failure('offline')));
      const { view } = await open();
      expect(view.root.querySelector('.shown [role=alert]')?.textContent).toContain(
        'GitHub cannot be reached',
      );
    });

    it('is read again on request, and has no failure once a refresh has come through', async () => {
      asks.read.mockResolvedValue(fail(failure('offline')));
      const { view, model } = await open();
      await view.click(view.button('Retry'));
      expect(asks.read).toHaveBeenCalledTimes(2);
      track(7);
      await model.reload();
      await settle();
      expect(view.root.querySelector('.shown [role=alert]')).toBeNull();
      expect(view.root.querySelector('.shown')?.textContent).toContain('refreshed just now');
    });

    it('starts nothing while a run is open', async () => {
      const status = sampleJob({ checklist: planAt(7), state: 'running' });
      facts = { ...facts, jobs: [{ status, title: 'Plan 7' }] };
      const { view } = await open();
      expect(view.root.querySelector('.shown .btn')).toBeNull();
      expect(view.text()).toContain('A run is in progress');
    });

    it('asks whose its numbers are, and takes the answer', async () => {
      track(7, { question: QUESTION });
      const { view, model } = await open();
      expect(view.text()).not.toContain('need attention');
      await view.click(view.button('What it is about'));
      expect(asks.answer.mock.calls).toEqual([
        [planAt(7), { own: [], about: [{ name: 'TYPED', issue: ASKED.issue }] }],
      ]);
      facts = { ...facts, checklists: [trackedFacts(7)] };
      await model.reload();
      await settle();
      expect(view.text()).not.toContain('in a number');
      expect(document.activeElement?.textContent).toBe('Plan 7');
    });

    it('has the question of another one a click away', async () => {
      track(1, { question: QUESTION });
      const { view } = await open();
      const asked = link(view, 'Say what the number in 1 item means: Plan 1');
      expect(asked.getAttribute('href')).toContain('#/sync?');
      expect(() => view.button('What it is about')).toThrow();
    });

    it('is missing where the tab cannot be read', async () => {
      track(1);
      const { view } = await open({ findShown: () => Promise.reject(new Error('no tab')) });
      expect(view.root.querySelector('.shown')).toBeNull();
      expect(view.text()).toContain('Plan 1');
    });
  });

  describe('a run', () => {
    it('shows how far it is, and is paused, resumed and, once confirmed, stopped', async () => {
      const status = sampleJob({ state: 'running' });
      facts = { ...facts, jobs: [{ status, title: 'Release' }] };
      const { model, view } = await open();
      expect(view.text()).toContain(`${status.counts.created} of ${status.counts.total} created`);
      await view.click(view.button('Pause: Release'));
      expect(asks.control).toHaveBeenLastCalledWith(status, 'pause');
      const paused = sampleJob({ state: 'paused' });
      facts = { ...facts, jobs: [{ status: paused, title: 'Release' }] };
      await model.reload();
      await settle();
      await view.click(view.button('Resume: Release'));
      expect(asks.control).toHaveBeenLastCalledWith(paused, 'resume');
      await view.click(view.button('Stop: Release'));
      expect(asks.control).not.toHaveBeenLastCalledWith(paused, 'stop');
      expect(view.text()).toContain('The rest is not created.');
      await view.click(view.button('Stop this run'));
      expect(asks.control).toHaveBeenLastCalledWith(paused, 'stop');
    });

    it('shows the items that need the user, each with what may be done', async () => {
      const status = sampleJob({ problems: PROBLEMS });
      facts = { ...facts, jobs: [{ status, title: 'Release' }] };
      const { view } = await open();
      expect(view.text()).toContain('3 items need attention');
      await view.click(view.button('Skip it: Keyboard navigation'));
      expect(asks.resolve.mock.calls).toEqual([[status, [5], { kind: 'skip' }]]);
    });

    it('that ended with something to decide is shown with its actions', async () => {
      const status = endedJob({ problems: PROBLEMS });
      facts = { ...facts, jobs: [{ status, title: 'Release' }] };
      const { view } = await open();
      expect(view.text()).toContain('3 items need attention');
      expect(view.text()).not.toContain('Undo this run');
      await view.click(view.button('Skip it: Keyboard navigation'));
      expect(asks.resolve).toHaveBeenLastCalledWith(status, [5], { kind: 'skip' });
      await view.click(view.button('Dismiss: Release'));
      expect(asks.control).toHaveBeenLastCalledWith(status, 'dismiss');
    });

    it('is told to screen readers', async () => {
      facts = { ...facts, jobs: [{ status: sampleJob(), title: 'Release' }] };
      const { view } = await open();
      expect(view.root.querySelector('[aria-live=polite]')?.textContent).toContain('Release: ');
    });
  });

  describe('everything', () => {
    it('is paused and resumed', async () => {
      track(1);
      const { view } = await open();
      await view.click(view.button('Pause everything'));
      expect(asks.setPaused.mock.calls).toEqual([[true]]);
      expect(view.text()).toContain('Everything is paused in this browser.');
      expect(() => view.button('Refresh all now')).toThrow();
      await view.click(view.button('Resume everything'));
      expect(asks.setPaused.mock.calls).toEqual([[true], [false]]);
      expect(view.text()).not.toContain('Everything is paused');
    });

    it('is refreshed at once, and shows what came of it', async () => {
      track(1, { checkedAt: NOW - MINUTE_MS });
      const { view } = await open();
      const button = view.button('Refresh all now');
      facts = { ...facts, checklists: [trackedFacts(1)] };
      await view.click(button);
      expect(asks.pollNow).toHaveBeenCalledOnce();
      expect(view.text()).toContain('refreshed just now');
      asks.pollNow.mockResolvedValue(fail(failure('offline')));
      await view.click(button);
      expect(view.text()).toContain('GitHub cannot be reached');
      expect(button.disabled).toBe(false);
    });
  });

  describe('at the opening', () => {
    it('shows what is stored before anybody is asked', async () => {
      track(1, { checkedAt: NOW - 9 * MINUTE_MS });
      asks.pollNow.mockReturnValue(new Promise(() => {}));
      const { view } = await open();
      expect(asks.pollNow).toHaveBeenCalledOnce();
      expect(view.text()).toContain('refreshed 9 minutes ago');
      // Nobody pressed a button.
      expect(view.root.querySelector('footer')?.textContent).not.toContain('Asking GitHub');
    });

    it('asks nothing when the last refresh is recent, or all is paused', async () => {
      track(1, { checkedAt: NOW - MINUTE_MS });
      await open();
      facts = { ...facts, checklists: [trackedFacts(1, { checkedAt: undefined })] };
      isPaused = true;
      await open();
      expect(asks.pollNow).not.toHaveBeenCalled();
    });

    it('keeps what the quiet check could not do to the records', async () => {
      track(1, { checkedAt: undefined });
      asks.pollNow.mockRejectedValue(new Error('no receiver'));
      const { view } = await open();
      expect(view.root.querySelector('[role=alert]')).toBeNull();
    });

    it('says so when the records cannot be read, and tries again', async () => {
      let isBroken = true;
      const { view } = await open({
        load: async () => {
          if (isBroken) throw new Error('the disk is full');
          return { facts, settings: DEFAULT_ALERT_SETTINGS, everyMinutes: 2, isPaused };
        },
      });
      expect(view.root.querySelector('[role=alert]')?.textContent).toContain('the disk is full');
      isBroken = false;
      await view.click(view.button('Retry'));
      expect(view.root.querySelector('[role=alert]')).toBeNull();
      expect(view.text()).toContain('Nothing is tracked yet.');
    });

    it('has its frame before anything is read', async () => {
      const model = createPopupModel({ ...asks, ...contextOf() });
      const view = show(<PopupPage {...model} />);
      expect(view.root.querySelector('main')?.getAttribute('aria-busy')).toBe('true');
      expect(link(view, 'Dashboard').getAttribute('href')).toBe('dashboard.html#/');
    });

    it('reads once more for all that changed during a reading', async () => {
      let reads = 0;
      const load = async () => {
        reads += 1;
        return { facts, settings: DEFAULT_ALERT_SETTINGS, everyMinutes: 2, isPaused };
      };
      const model = createPopupModel({ ...asks, ...contextOf(), load });
      await Promise.all([model.reload(), model.reload(), model.reload()]);
      expect(reads).toBe(2);
    });
  });

  describe('with many checklists', () => {
    it('has no search for nine', async () => {
      trackMany(9);
      const { view } = await open();
      expect(view.root.querySelector('input')).toBeNull();
    });

    it('is searched from ten on', async () => {
      trackMany(12);
      const { view } = await open();
      await view.type(view.field('Search the checklists'), 'plan 12');
      expect(titles(view)).toEqual(['Plan 12']);
      expect(view.root.querySelector('section [role=status]')?.textContent).toBe(
        '1 of 12 checklists',
      );
      await view.type(view.field('Search the checklists'), 'nothing');
      expect(view.text()).toContain('No checklist has "nothing"');
      await view.click(view.button('Show all'));
      expect(titles(view)).toHaveLength(12);
      expect(document.activeElement).toBe(view.field('Search the checklists'));
    });

    it('draws the first of five hundred at once and the rest between frames', async () => {
      trackMany(500);
      const model = createPopupModel({ ...asks, ...contextOf() });
      await model.start();
      const view = show(<PopupPage {...model} />);
      expect(titles(view)).toHaveLength(8);
      await patiently(() => expect(titles(view)).toHaveLength(500));
    });
  });

  describe('with a token that waits for its owner', () => {
    it('asks for its passphrase, once, above all else', async () => {
      track(7);
      shown = { checklist: planAt(8), title: 'Plan 8' };
      asks.read.mockImplementation(async () => fail(lockFailure('token-locked')));
      facts = { ...facts, accounts: [{ ...ACCOUNT, lock: 'token-locked' }] };
      const { view } = await open();
      expect(view.text().match(/Waiting for your passphrase/g)).toHaveLength(1);
      expect(view.text()).toContain("until ann's token is unlocked");
      // What is due waits, too.
      expect(asks.pollNow).not.toHaveBeenCalled();
      await view.type(view.field('Passphrase'), 'correct horse');
      asks.unlock.mockImplementation(async () => {
        facts = { ...facts, accounts: [ACCOUNT] };
        return succeed(undefined);
      });
      asks.read.mockImplementation(async () => succeed(sampleView(8)));
      await view.click(view.button('Unlock'));
      expect(asks.unlock).toHaveBeenCalledWith('A', 'correct horse');
      expect(view.text()).not.toContain('passphrase');
    });

    it('says in one sentence that it was another passphrase, and keeps what is stored', async () => {
      facts = { ...facts, accounts: [{ ...ACCOUNT, lock: 'token-locked' }] };
      asks.unlock.mockImplementation(async () => fail(failure('wrong-passphrase')));
      const { view } = await open();
      await view.type(view.field('Passphrase'), 'wrong horse');
      await view.click(view.button('Unlock'));
      expect(view.field('Passphrase').getAttribute('aria-invalid')).toBe('true');
      expect(view.text()).toContain('This is not the passphrase of the token.');
    });

    it('that was kept for a session leads to where it is pasted', async () => {
      facts = { ...facts, accounts: [{ ...ACCOUNT, lock: 'token-ended' }] };
      const { view } = await open();
      expect(view.text()).toContain('The token was kept only until the browser closed.');
      await view.click(view.button('Open the options'));
      expect(asks.openOptions).toHaveBeenCalled();
    });
  });

  it('says for a week which checklists it let go, and why', async () => {
    const letGo = (number: number, gone?: ReturnType<typeof failure>) => ({
      tracked: trackedFacts(number).tracked,
      at: NOW - 2 * 24 * 60 * MINUTE_MS,
      gone,
    });
    facts = { ...facts, released: [letGo(1, failure('gone')), letGo(2)] };
    const { view } = await open();
    expect(view.text()).toContain('No longer tracked');
    expect(view.text()).toContain(
      'ann/demo#1 · This issue was deleted or turned into a discussion.',
    );
    expect(view.text()).toContain('ann/demo#2 · It has been closed for seven days.');
  });

  it('names every button and link by what it shows, so that it can be said aloud', async () => {
    trackMany(10);
    shown = { checklist: planAt(7), title: 'Plan 7' };
    facts = { ...facts, jobs: [{ status: sampleJob(), title: 'Release' }] };
    const { view } = await open();
    const named = view.root.querySelectorAll<HTMLElement>('a[aria-label], button[aria-label]');
    expect(named.length).toBeGreaterThan(18);
    for (const node of named) expect(node.getAttribute('aria-label')).toContain(node.textContent);
  });

  function track(number: number, change: Partial<SyncRecord> = {}) {
    facts = { ...facts, checklists: [...facts.checklists, trackedFacts(number, change)] };
  }

  function trackMany(count: number) {
    for (let number = 1; number <= count; number += 1) track(number);
  }

  function contextOf(): Pick<PopupContext, 'load' | 'findShown' | 'mailHref' | 'now'> {
    return {
      load: async () => ({ facts, settings: DEFAULT_ALERT_SETTINGS, everyMinutes: 2, isPaused }),
      findShown: async () => shown,
      mailHref: mailLink,
      now,
    };
  }

  async function open(
    change: Partial<PopupContext> = {},
  ): Promise<{ model: PopupModel; view: Rendered }> {
    asks.setPaused.mockImplementation(async (next: boolean) => {
      isPaused = next;
      return succeed(undefined);
    });
    const model = createPopupModel({ ...asks, ...contextOf(), ...change });
    const view = show(<PopupPage {...model} />);
    void model.start();
    await settle();
    return { model, view };
  }
});

/** What the popup asks of others; each answers at once, and well. */
function newAsks() {
  return {
    read: vi.fn<PopupContext['read']>(async () => succeed(sampleView(8))),
    sync: vi.fn<PopupContext['sync']>(async () => succeed(OUTCOME)),
    track: vi.fn<PopupContext['track']>(async () => succeed(sampleSync())),
    answer: vi.fn<PopupContext['answer']>(async () => succeed(sampleSync())),
    control: vi.fn<PopupContext['control']>(async (job) => succeed(job)),
    resolve: vi.fn<PopupContext['resolve']>(async (job) => succeed(job)),
    unlock: vi.fn<PopupContext['unlock']>(async () => succeed(undefined)),
    pollNow: vi.fn<PopupContext['pollNow']>(async () => succeed(undefined)),
    setPaused: vi.fn<PopupContext['setPaused']>(),
    openOptions: vi.fn<PopupContext['openOptions']>(),
  };
}

function link(view: Rendered, name: string): HTMLAnchorElement {
  const links = [...view.root.querySelectorAll('a')];
  const found = links.find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent) === name,
  );
  if (!found) throw new Error(`no link named ${name}`);
  return found;
}

function titles(view: Rendered): readonly string[] {
  return [...view.root.querySelectorAll('.tracked .title')].map(
    ({ textContent }) => textContent ?? '',
  );
}
