// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checklistPanel } from '../../entrypoints/github.content/checklist-panel.tsx';
import { itemBadges } from '../../entrypoints/github.content/item-badges.tsx';
import { watchIssues } from '../../entrypoints/github.content/watch-issues.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { failure, succeed } from '../../lib/core/failures.ts';
import { endedJob, sampleJob, sampleView, typicalPlan } from '../components/samples.ts';
import { patiently } from '../patiently.ts';
import { type Answers, type FakeSurroundings, fakeSurroundings } from './fake-surroundings.ts';
import {
  badges,
  frames,
  goTo,
  ISSUE_URL,
  loadPage,
  otherIssue,
  panelButton,
  panelHost,
  panelRoot,
  panelText,
} from './github-page.ts';

let ended = new AbortController();

function watch(surroundings: FakeSurroundings): FakeSurroundings {
  ended = new AbortController();
  watchIssues([checklistPanel, itemBadges], surroundings, ended.signal);
  return surroundings;
}

/** A background that knows the fixture's checklist. */
function answers(more: Answers = {}): Answers {
  return {
    openChecklist: () => succeed(sampleView(14)),
    getJob: () => succeed(undefined),
    previewGeneration: () => succeed(typicalPlan(54)),
    generateIssues: () => succeed(sampleJob()),
    openOptions: () => succeed(undefined),
    ...more,
  };
}

afterEach(async () => {
  ended.abort();
  await frames();
  document.documentElement.innerHTML = '';
});

describe('the button', () => {
  it('stands above the text from the first look, counting the items of the text alone', () => {
    loadPage('ssr');
    watch(fakeSurroundings(answers()));
    expect(panelText()).toBe('Masterlist: 14 items');
  });

  it('survives hydration, re-rendering of text, row and header, and never doubles', async () => {
    const github = loadPage('ssr');
    watch(fakeSurroundings(answers()));
    const host = panelHost();
    for (const step of [
      () => github.hydrate(),
      () => github.rerenderBody(),
      () => github.rerenderRow(2),
      () => github.rerenderHeader(),
      () => github.nativeToggle(0),
      () => github.rerenderBody(),
    ]) {
      step();
      await frames();
      expect(panelText()).toBe('Masterlist: 14 items');
      expect(panelHost()).toBe(host);
    }
  });

  it('comes back by itself when React wipes it', async () => {
    loadPage('hydrated');
    watch(fakeSurroundings(answers()));
    panelHost()?.remove();
    expect(panelHost()).toBeUndefined();
    await frames();
    expect(panelText()).toBe('Masterlist: 14 items');
  });

  it('replaces lifeless copies of itself that a page cache brought back', async () => {
    loadPage('hydrated');
    watch(fakeSurroundings(answers()));
    const copy = panelHost()?.cloneNode(true);
    if (copy) document.body.prepend(copy);
    await frames();
    expect(panelText()).toBe('Masterlist: 14 items');
  });

  it('takes away what an earlier script of ours left on the page', async () => {
    loadPage('hydrated');
    document.body.prepend(document.createElement('masterlist-checklist-panel-of-yesterday'));
    watch(fakeSurroundings(answers()));
    await frames();
    expect(panelText()).toBe('Masterlist: 14 items');
  });

  it('shows the page neither its inside nor a name that it could have known', async () => {
    loadPage('hydrated');
    watch(fakeSurroundings(answers()));
    await frames();
    expect(panelHost()?.shadowRoot).toBeNull();
    expect(panelHost()?.localName).toMatch(/^masterlist-checklist-panel-[\da-f-]{36}$/);
  });

  it("leaves React's own nodes where they are", async () => {
    const github = loadPage('ssr');
    watch(fakeSurroundings(answers(), { known: true }));
    github.hydrate();
    await frames();
    expect(badges()).not.toHaveLength(0);
    expect(() => github.strictUnmount()).not.toThrow();
  });

  it('is not there when only a comment has a task list', async () => {
    loadPage('hydrated');
    document
      .querySelector('[data-testid="issue-body-viewer"] .markdown-body .markdown-body')
      ?.replaceChildren();
    watch(fakeSurroundings(answers()));
    await frames();
    expect(document.querySelectorAll('input[type="checkbox"]').length).toBeGreaterThan(0);
    expect(panelHost()).toBeUndefined();
  });

  it('appears with the first item and goes with the last', async () => {
    const github = loadPage('hydrated');
    watch(fakeSurroundings(answers()));
    github.rerenderBody('<p>nothing</p>');
    await frames();
    expect(panelHost()).toBeUndefined();
    github.rerenderBody('<li class="task-list-item"><input type="checkbox"> one</li>');
    await frames();
    expect(panelText()).toBe('Masterlist: 1 item');
  });

  it('stays away where the background says so, and is asked about again with more items', async () => {
    const github = loadPage('hydrated');
    const counted: number[] = [];
    const offers = (_: unknown, items: number, onOffered: (known: boolean) => void) => {
      counted.push(items);
      if (items > 14) onOffered(false);
    };
    watch(fakeSurroundings(answers(), { offers }));
    await frames();
    expect(panelHost()).toBeUndefined();
    github.rerenderBody('<li class="task-list-item"><input type="checkbox"> one</li>'.repeat(15));
    await frames();
    expect(panelText()).toBe('Masterlist: 15 items');
    expect(counted).toEqual([14, 15]);
  });

  it('keeps its count while the text is edited', async () => {
    const github = loadPage('hydrated');
    watch(fakeSurroundings(answers()));
    github.openEditor();
    await frames();
    expect(panelText()).toBe('Masterlist: 14 items');
    github.closeEditor();
    await frames();
    expect(panelText()).toBe('Masterlist: 14 items');
  });

  it.each(['/issues', '/pull/1', '/issues/new', '/blob/main/README.md'])(
    'is not on %s, where nothing is asked and nothing is watched',
    async (path) => {
      const observed = vi.spyOn(MutationObserver.prototype, 'observe');
      loadPage('hydrated', `https://github.com/octo-org/octo-repo${path}`);
      const { asked } = watch(fakeSurroundings(answers(), { known: true }));
      await frames();
      expect(panelHost()).toBeUndefined();
      expect(asked).toEqual([]);
      expect(observed).not.toHaveBeenCalled();
    },
  );

  it('leaves nothing behind when the extension goes', async () => {
    loadPage('hydrated');
    watch(fakeSurroundings(answers(), { known: true }));
    await frames();
    expect(badges()).not.toHaveLength(0);
    ended.abort();
    await frames();
    expect(panelHost()).toBeUndefined();
    expect(badges()).toEqual([]);
  });
});

describe('a soft navigation', () => {
  it('is followed to the other issue, and back, without asking about checklists it does not know', async () => {
    const github = loadPage('hydrated');
    const first = document.querySelector('[data-target="react-app.reactRoot"]')?.innerHTML ?? '';
    const { asked } = watch(fakeSurroundings(answers()));
    github.softNav('/octo-org/octo-repo/issues/2', otherIssue(2, ['a', 'b']));
    await frames();
    expect(panelText()).toBe('Masterlist: 2 items');
    github.softNav('/octo-org/octo-repo/issues', '<p>a list</p>');
    await frames();
    expect(panelHost()).toBeUndefined();
    github.softNav('/octo-org/octo-repo/issues/1', first);
    await frames();
    expect(panelText()).toBe('Masterlist: 14 items');
    expect(asked).toEqual([]);
  });

  it('shows nothing on the next issue once the extension is gone, and asks it nothing', async () => {
    const github = loadPage('hydrated');
    let alive = true;
    const surroundings = fakeSurroundings(answers(), { isAlive: () => alive });
    const gone = vi.fn(async () => {
      throw new Error('Extension context invalidated.');
    });
    watch({
      ...surroundings,
      ask: (name, query) => (alive ? surroundings.ask(name, query) : gone()),
      offers: (...asked) => (alive ? surroundings.offers(...asked) : void gone()),
    });
    alive = false;
    github.softNav('/octo-org/octo-repo/issues/2', otherIssue(2, ['a', 'b']));
    await frames();
    expect(panelHost()).toBeUndefined();
    expect(gone).not.toHaveBeenCalled();
  });

  it('starts from a page that is no issue', async () => {
    const github = loadPage('hydrated', 'https://github.com/octo-org/octo-repo/issues');
    watch(fakeSurroundings(answers()));
    github.softNav('/octo-org/octo-repo/issues/2', otherIssue(2, ['a']));
    await frames();
    expect(panelText()).toBe('Masterlist: 1 item');
  });

  it('never lets a click act on the old issue under the new address', async () => {
    loadPage('hydrated');
    const { asked } = watch(fakeSurroundings(answers()));
    panelButton(/^Masterlist/).click();
    await frames();
    const before = asked.length;
    // The address is new, the old issue still stands.
    goTo('https://github.com/octo-org/octo-repo/issues/2');
    panelButton('Generate issues').click();
    await frames();
    expect(asked).toHaveLength(before);
    expect(panelText()).toContain(failure('stale-page').message);
    expect(panelText()).toContain(failure('stale-page').action);
  });

  it('finds a panel that was left open open again, with the run that went on', async () => {
    const github = loadPage('hydrated');
    const first = document.querySelector('[data-target="react-app.reactRoot"]')?.innerHTML ?? '';
    const job = sampleJob();
    watch(
      fakeSurroundings(
        answers({
          getJob: () => succeed(job),
          openChecklist: () => succeed(sampleView(14, { job })),
        }),
      ),
    );
    panelButton(/^Masterlist/).click();
    await frames();
    expect(panelText()).toContain('12 of 54 created');
    github.softNav('/octo-org/octo-repo/issues/2', otherIssue(2, ['a']));
    await frames();
    expect(panelText()).toBe('Masterlist: 1 item');
    github.softNav('/octo-org/octo-repo/issues/1', first);
    await frames();
    expect(panelText()).toContain('Pause');
    expect(panelText()).toContain('12 of 54 created');
  });
});

describe('a click', () => {
  it('by a script of the page does nothing', async () => {
    loadPage('hydrated');
    const { asked } = watch(fakeSurroundings(answers(), { trusts: (event) => event.isTrusted }));
    panelButton(/^Masterlist/).dispatchEvent(new Event('click', { bubbles: true }));
    await frames();
    expect(asked).toEqual([]);
    expect(panelText()).toBe('Masterlist: 14 items');
  });

  it('opens the panel with counts from GitHub, and moves the focus there', async () => {
    loadPage('hydrated');
    const { asked } = watch(fakeSurroundings(answers()));
    panelButton(/^Masterlist/).click();
    await frames();
    expect(asked).toMatchObject([
      { name: 'openChecklist', query: { pageUser: 'monalisa', known: false } },
    ]);
    expect(panelText()).toContain('12 linked');
    expect(panelRoot()?.activeElement?.id).toBe('heading');
    expect(panelButton(/^Masterlist/).getAttribute('aria-expanded')).toBe('true');
  });

  it('Escape closes the panel and gives the focus back', async () => {
    loadPage('hydrated');
    watch(fakeSurroundings(answers()));
    panelButton(/^Masterlist/).click();
    await frames();
    const heading = panelRoot()?.activeElement;
    heading?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await frames();
    expect(panelRoot()?.activeElement).toBe(panelButton(/^Masterlist/));
    expect(panelButton(/^Masterlist/).getAttribute('aria-expanded')).toBe('false');
  });

  it("in a field of ours never reaches GitHub's hotkeys", async () => {
    loadPage('hydrated');
    const heard: string[] = [];
    for (const type of ['keydown', 'keyup', 'keypress'])
      document.addEventListener(type, () => heard.push(type), { signal: ended.signal });
    watch(fakeSurroundings(answers()));
    for (const type of ['keydown', 'keyup', 'keypress'])
      panelButton(/^Masterlist/).dispatchEvent(
        new KeyboardEvent(type, { key: 's', bubbles: true, composed: true }),
      );
    expect(heard).toEqual([]);
  });

  it('generates: preview, confirmation with the choices, progress', async () => {
    loadPage('hydrated');
    const { asked } = watch(fakeSurroundings(answers()));
    panelButton(/^Masterlist/).click();
    await frames();
    panelButton('Generate issues').click();
    await frames();
    expect(panelText()).toContain('54 will be created, 2 skipped, 1 needs your decision');
    panelButton('Create 54 issues in octo-org/octo-repo').click();
    await frames();
    expect(asked.at(-1)).toMatchObject({
      name: 'generateIssues',
      query: { run: typicalPlan(54).run, choices: [], only: 'all' },
    });
    expect(panelText()).toContain('12 of 54 created');
    expect(panelText()).not.toContain('Generate issues');
  });

  it('twice confirms once', async () => {
    loadPage('hydrated');
    const { asked } = watch(fakeSurroundings(answers()));
    panelButton(/^Masterlist/).click();
    await frames();
    panelButton('Generate issues').click();
    await frames();
    const button = panelButton(/^Create 54/);
    button.click();
    button.click();
    await frames();
    expect(asked.filter(({ name }) => name === 'generateIssues')).toHaveLength(1);
  });

  it('without a token leads to the options', async () => {
    loadPage('hydrated');
    const view = sampleView(14, { viewer: undefined });
    const { asked } = watch(fakeSurroundings(answers({ openChecklist: () => succeed(view) })));
    panelButton(/^Masterlist/).click();
    await frames();
    expect(panelText()).toContain('Not signed in.');
    panelButton('Add a token in the options').click();
    await frames();
    expect(asked.at(-1)?.name).toBe('openOptions');
  });

  it('says once that a token is missing, where the preview says it too', async () => {
    loadPage('hydrated');
    const view = sampleView(14, { viewer: undefined });
    const plan = typicalPlan(54, { blockers: [failure('signed-out', { host: 'github.com' })] });
    watch(
      fakeSurroundings(
        answers({ openChecklist: () => succeed(view), previewGeneration: () => succeed(plan) }),
      ),
    );
    panelButton(/^Masterlist/).click();
    await frames();
    panelButton('Generate issues').click();
    await frames();
    expect(panelText()).toContain('You are not signed in to github.com.');
    expect(panelText()).not.toContain('Not signed in.');
  });
});

describe('badges', () => {
  it('stand in their rows, by order, and nowhere else', async () => {
    const github = loadPage('ssr');
    watch(fakeSurroundings(answers(), { known: true }));
    await frames();
    const expected = sampleView(14).badges.flatMap((badge) => badge?.text ?? []);
    expect(badges()).toEqual(expected);
    for (const step of [
      () => github.hydrate(),
      () => github.rerenderBody(),
      () => github.rerenderRow(3),
    ]) {
      step();
      await frames();
      expect(badges()).toEqual(expected);
    }
    const row = document.querySelectorAll('[data-testid^="tasklist-item-"]');
    expect(row[0]?.querySelector('masterlist-item-badge')?.textContent).toBe('#100');
  });

  it('are left out when the counts differ, and the panel says so', async () => {
    loadPage('hydrated');
    const view = sampleView(15);
    watch(fakeSurroundings(answers({ openChecklist: () => succeed(view) }), { known: true }));
    await frames();
    expect(badges()).toEqual([]);
    panelButton(/^Masterlist/).click();
    await frames();
    expect(panelText()).toContain('The page shows 14 items, the text has 15');
    expect(panelText()).toContain('Masterlist: 15 items');
  });

  it('are not asked for when this browser never worked on the checklist', async () => {
    loadPage('hydrated');
    const { asked } = watch(fakeSurroundings(answers()));
    await frames();
    expect(asked).toEqual([]);
    expect(badges()).toEqual([]);
  });
});

describe('a running job', () => {
  it('moves the numbers when its revision changes, without a click', async () => {
    loadPage('hydrated');
    let job: JobStatus = sampleJob();
    const surroundings = watch(
      fakeSurroundings(answers({ getJob: () => succeed(job) }), { known: true }),
    );
    await frames();
    expect(panelText()).toBe('Masterlist: 12 of 54 created');
    job = sampleJob({ counts: { ...job.counts, created: 13 } });
    surroundings.change();
    await patiently(() => expect(panelText()).toBe('Masterlist: 13 of 54 created'));
  });

  it('is asked about again and again while the page is visible', async () => {
    loadPage('hydrated');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const surroundings = fakeSurroundings(answers({ getJob: () => succeed(sampleJob()) }), {
      known: true,
    });
    watch(surroundings);
    await frames();
    const before = surroundings.asked.length;
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    await frames();
    expect(surroundings.asked.slice(before).map(({ name }) => name)).toEqual(['getJob', 'getSync']);
  });

  it('counts the links that it has written since the text was read, and its tracking', async () => {
    loadPage('hydrated');
    const [before, now] = [10, 14].map((linked) =>
      sampleJob({ counts: { ...sampleJob().counts, linked } }),
    );
    const view = sampleView(20, { job: before, counts: { items: 20, linked: 11, done: 0 } });
    let job = before;
    watch(
      fakeSurroundings(
        answers({
          getJob: () => succeed(job),
          getSync: () => succeed({ ...view.sync, tracked: true, login: 'ada' }),
          openChecklist: () => succeed(view),
        }),
        { known: true },
      ),
    );
    await frames();
    panelButton(/^Masterlist/).click();
    await frames();
    expect(panelText()).toContain('11 linked');
    job = now;
    document.dispatchEvent(new Event('visibilitychange'));
    await frames();
    expect(panelText()).toContain('15 linked');
    expect(panelText()).toContain('Tracked in this browser as ada');
  });

  it('shows its end, and badges for what it linked', async () => {
    loadPage('hydrated');
    let job: JobStatus = sampleJob();
    const surroundings = watch(
      fakeSurroundings(
        answers({
          getJob: () => succeed(job),
          openChecklist: () => succeed(sampleView(14, { job })),
        }),
      ),
    );
    panelButton(/^Masterlist/).click();
    await frames();
    job = endedJob();
    surroundings.change();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await frames();
    expect(panelText()).toContain('Done: 54 issues created, all linked.');
    expect(badges()).not.toEqual([]);
  });
});

it('a run that another tab started takes the place of the preview', async () => {
  loadPage('hydrated');
  let job: JobStatus | undefined;
  const surroundings = watch(fakeSurroundings(answers({ getJob: () => succeed(job) })));
  panelButton(/^Masterlist/).click();
  await frames();
  panelButton('Generate issues').click();
  await frames();
  expect(panelText()).toContain('54 will be created');
  job = endedJob();
  surroundings.change();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await frames();
  expect(panelText()).not.toContain('54 will be created');
});

describe("GitHub's editor", () => {
  it('holds writes to the checklist while it is open', async () => {
    const github = loadPage('hydrated');
    const { held } = watch(fakeSurroundings(answers()));
    expect([...held]).toEqual([]);
    github.openEditor();
    await frames();
    expect([...held]).toEqual(['github.com/octo-org/octo-repo#1']);
    github.closeEditor();
    await frames();
    expect([...held]).toEqual([]);
  });

  it('is let go when the user leaves the page with it open', async () => {
    const github = loadPage('hydrated');
    const { held } = watch(fakeSurroundings(answers()));
    github.openEditor();
    await frames();
    expect(held.size).toBe(1);
    github.softNav('/octo-org/octo-repo/issues', '<p>a list</p>');
    await frames();
    expect(held.size).toBe(0);
  });

  it('on a comment holds nothing', async () => {
    loadPage('hydrated');
    const { held } = watch(fakeSurroundings(answers()));
    const comment = document.querySelector('.react-issue-comment');
    if (comment)
      comment.innerHTML =
        '<div class="MarkdownEditor-module__container__fx"><textarea></textarea></div>';
    await frames();
    expect(held.size).toBe(0);
  });
});

it('runs on the address that the fixtures have', () => {
  expect(ISSUE_URL).toContain('/issues/1');
});
