// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fileName } from '../../components/panel/SyncSection.tsx';
import { checklistPanel } from '../../entrypoints/github.content/checklist-panel.tsx';
import { watchIssues } from '../../entrypoints/github.content/watch-issues.ts';
import type { PanelScript } from '../../lib/checklist-model/panel-script.ts';
import type { ChecklistView } from '../../lib/core/checklist-view.ts';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import {
  CHECKLIST,
  DIFFERENCE,
  endedJob,
  SAVED_TEXTS,
  sampleJob,
  sampleSync,
  sampleSyncPreview,
  sampleView,
  typicalPlan,
} from '../components/samples.ts';
import { type Answers, type FakeSurroundings, fakeSurroundings } from './fake-surroundings.ts';
import {
  frames,
  goTo,
  loadPage,
  otherIssue,
  panelButton,
  panelRoot,
  panelText,
} from './github-page.ts';

let ended = new AbortController();

function watch(surroundings: FakeSurroundings): FakeSurroundings {
  ended = new AbortController();
  watchIssues([checklistPanel], surroundings, ended.signal);
  return surroundings;
}

/** A background that keeps the fixture's checklist up to date. */
function answers(more: Answers = {}, view: Partial<ChecklistView> = {}): Answers {
  return {
    openChecklist: () => succeed(sampleView(14, { sync: sampleSync(), ...view })),
    getJob: () => succeed(undefined),
    getSync: () => succeed(sampleSync()),
    previewSync: () => succeed(sampleSyncPreview(5)),
    syncChecklist: () => succeed({ updated: 5, left: 0, notice: undefined }),
    previewGeneration: () => succeed(typicalPlan(54)),
    listTexts: () => succeed(SAVED_TEXTS),
    getText: () => succeed(DIFFERENCE),
    restoreText: () => succeed(undefined),
    ...more,
  };
}

/** Shows the fixture's issue and opens the panel. */
async function openPanel(surroundings: FakeSurroundings): Promise<FakeSurroundings> {
  loadPage('hydrated');
  watch(surroundings);
  panelButton(/^Masterlist/).click();
  await frames();
  return surroundings;
}

async function press(name: string | RegExp): Promise<void> {
  panelButton(name).click();
  await frames();
}

const asks = ({ asked }: FakeSurroundings, name: string) =>
  asked.filter((one) => one.name === name);

afterEach(async () => {
  ended.abort();
  await frames();
  document.documentElement.innerHTML = '';
});

describe("the panel's script", () => {
  it('is not loaded until a panel is opened, and then once', async () => {
    loadPage('hydrated');
    const { loadPanel } = fakeSurroundings(answers());
    const load = vi.fn(loadPanel);
    watch(fakeSurroundings(answers(), { loadPanel: load }));
    await frames();
    expect(load).not.toHaveBeenCalled();
    for (let presses = 0; presses < 3; presses += 1) await press(/^Masterlist/);
    expect(load.mock.calls).toEqual([[CHECKLIST]]);
  });

  it('shows the button busy until it is here', async () => {
    let arrive: (script: PanelScript) => void = () => {};
    const coming = new Promise<PanelScript>((resolve) => {
      arrive = resolve;
    });
    const script = await fakeSurroundings({}).loadPanel(CHECKLIST);
    await openPanel(fakeSurroundings(answers(), { loadPanel: () => coming }));
    expect(panelButton(/^Masterlist/).getAttribute('aria-busy')).toBe('true');
    expect(panelText()).toBe('Masterlist: 14 items');
    if (script) arrive(script);
    await frames();
    expect(panelButton(/^Masterlist/).getAttribute('aria-busy')).toBe('false');
    expect(panelText()).toContain('Generate issues');
    expect(panelRoot()?.activeElement?.id).toBe('heading');
  });

  it('that cannot come is told in a sentence, and asked for again at the next opening', async () => {
    const load = vi.fn(async (): Promise<PanelScript | undefined> => undefined);
    await openPanel(fakeSurroundings(answers(), { loadPanel: load }));
    expect(panelText()).toContain('Masterlist was updated or turned off. Reload the page');
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
    await press('Reload the page');
    expect(reload).toHaveBeenCalledTimes(1);
    await press(/^Masterlist/);
    expect(panelText()).not.toContain('Reload the page');
    await press(/^Masterlist/);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('takes its panel and its style away when the page moves on', async () => {
    const { loadPanel } = fakeSurroundings(answers());
    const script = await loadPanel(CHECKLIST);
    const removed = vi.fn();
    const counting: PanelScript = {
      version: 'test',
      render: (...about) => {
        const remove = script?.render(...about);
        return () => {
          remove?.();
          removed();
        };
      },
    };
    const github = loadPage('hydrated');
    watch(fakeSurroundings(answers(), { loadPanel: async () => counting }));
    await press(/^Masterlist/);
    expect(panelRoot()?.querySelectorAll('style')).toHaveLength(2);
    github.softNav('/octo-org/octo-repo/issues/2', otherIssue(2, ['a']));
    await frames();
    expect(removed).toHaveBeenCalledTimes(1);
    expect(panelText()).toBe('Masterlist: 1 item');
  });

  it('leaves the focus alone when the panel was left open on the last visit', async () => {
    const github = loadPage('hydrated');
    const first = document.querySelector('[data-target="react-app.reactRoot"]')?.innerHTML ?? '';
    watch(fakeSurroundings(answers()));
    await press(/^Masterlist/);
    github.softNav('/octo-org/octo-repo/issues/2', otherIssue(2, ['a']));
    await frames();
    github.softNav('/octo-org/octo-repo/issues/1', first);
    await frames();
    expect(panelText()).toContain('Generate issues');
    expect(panelRoot()?.activeElement).toBeNull();
  });
});

describe('a page under which the extension goes away', () => {
  it('says so within seconds, and shows the last numbers as old (case 51)', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let alive = true;
    const job = sampleJob();
    const surroundings = await openPanel(
      fakeSurroundings(answers({ getJob: () => succeed(job) }, { job }), { isAlive: () => alive }),
    );
    vi.advanceTimersByTime(5_000);
    await frames();
    expect(panelText()).toContain('Pause');
    alive = false;
    vi.advanceTimersByTime(5_000);
    await frames();
    expect(panelText()).toContain('Masterlist: reload the page');
    expect(panelText()).toContain('Masterlist was updated or turned off.');
    expect(panelText()).toContain(`Last known: ${job.words.progress}`);
    expect(panelText()).not.toMatch(/Pause|Stop|left|close this tab|Sync now|Track/);
    expect(panelButton('Reload the page').disabled).toBe(false);
    const { length } = surroundings.asked;
    vi.advanceTimersByTime(60_000);
    await frames();
    expect(surroundings.asked).toHaveLength(length);
    vi.useRealTimers();
  });
});

describe('Sync now', () => {
  it('shows first what it would write, then writes what was shown', async () => {
    const surroundings = await openPanel(fakeSurroundings(answers()));
    await press('Sync now');
    expect(panelText()).toContain('5 items will be updated');
    expect(asks(surroundings, 'syncChecklist')).toEqual([]);
    expect(() => panelButton('Sync now')).toThrow();
    await press('Update 5 items');
    expect(asks(surroundings, 'syncChecklist')).toMatchObject([
      { query: { checklist: CHECKLIST, pageUser: 'monalisa', preview: sampleSyncPreview(5).id } },
    ]);
    expect(panelText()).toContain('5 items updated.');
    expect(panelButton('Sync now').disabled).toBe(false);
  });

  it('writes at once where the user wants no preview', async () => {
    const surroundings = await openPanel(fakeSurroundings(answers(), { skipSyncPreview: true }));
    await press('Sync now');
    expect(asks(surroundings, 'previewSync')).toEqual([]);
    expect(asks(surroundings, 'syncChecklist')).toMatchObject([{ query: { preview: undefined } }]);
    expect(panelText()).toContain('5 items updated.');
  });

  it('pressed twice writes once', async () => {
    const surroundings = await openPanel(fakeSurroundings(answers()));
    await press('Sync now');
    const button = panelButton('Update 5 items');
    button.click();
    button.click();
    await frames();
    expect(asks(surroundings, 'syncChecklist')).toHaveLength(1);
  });

  it('that fails says so in the preview, which can be made again', async () => {
    const problem = failure('stale-plan');
    const surroundings = await openPanel(
      fakeSurroundings(answers({ syncChecklist: () => fail(problem) })),
    );
    await press('Sync now');
    await press('Update 5 items');
    expect(panelText()).toContain(problem.message);
    await press('Refresh preview');
    expect(asks(surroundings, 'previewSync')).toHaveLength(2);
    expect(panelText()).not.toContain(problem.message);
  });

  it('that could not be shown is tried again, not only read again', async () => {
    let problem: ReturnType<typeof failure> | undefined = failure('offline');
    const surroundings = await openPanel(
      fakeSurroundings(
        answers({ previewSync: () => (problem ? fail(problem) : succeed(sampleSyncPreview(5))) }),
      ),
    );
    await press('Sync now');
    expect(panelText()).toContain(problem.message);
    problem = undefined;
    await press('Retry');
    expect(asks(surroundings, 'previewSync')).toHaveLength(2);
    expect(asks(surroundings, 'openChecklist')).toHaveLength(1);
    panelButton('Update 5 items');
  });

  it('is not there where nothing is linked, nor without a token', async () => {
    const unlinked = sampleView(14).counts;
    await openPanel(fakeSurroundings(answers({}, { counts: { ...unlinked, linked: 0 } })));
    expect(panelButton('Generate issues').disabled).toBe(false);
    expect(() => panelButton('Sync now')).toThrow();
    ended.abort();
    await openPanel(fakeSurroundings(answers({}, { viewer: undefined })));
    expect(() => panelButton('Sync now')).toThrow();
  });

  it('is not there while a run is going on', async () => {
    const job = sampleJob();
    await openPanel(fakeSurroundings(answers({ getJob: () => succeed(job) }, { job })));
    expect(panelText()).toContain('12 of 54 created');
    expect(() => panelButton('Sync now')).toThrow();
  });

  it('gives way to a run that another tab started', async () => {
    let job: ReturnType<typeof sampleJob> | undefined;
    const surroundings = await openPanel(fakeSurroundings(answers({ getJob: () => succeed(job) })));
    await press('Sync now');
    job = endedJob();
    surroundings.change();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await frames();
    expect(panelText()).not.toContain('will be updated');
  });

  it('never acts on the old issue under the new address', async () => {
    const surroundings = await openPanel(fakeSurroundings(answers()));
    await press('Sync now');
    goTo('https://github.com/octo-org/octo-repo/issues/2');
    await press('Update 5 items');
    expect(asks(surroundings, 'syncChecklist')).toEqual([]);
    expect(panelText()).toContain(failure('stale-page').message);
  });

  it('and Generate issues show one preview at a time', async () => {
    await openPanel(fakeSurroundings(answers({}, { sync: sampleSync({ newItems: 3 }) })));
    await press('Sync now');
    expect(() => panelButton('Generate…')).toThrow();
    await press('Cancel');
    await press('Generate…');
    expect(panelText()).toContain('54 will be created');
    expect(panelText()).not.toContain('will be updated');
  });
});

describe('keeping up to date', () => {
  it('starts and stops on a click', async () => {
    const none = sampleSync({ tracked: false, login: undefined });
    const surroundings = await openPanel(
      fakeSurroundings(
        answers(
          { trackChecklist: ({ tracked }) => succeed(tracked ? sampleSync() : none) },
          { sync: none },
        ),
      ),
    );
    expect(panelText()).toContain('Not tracked in this browser.');
    await press('Track');
    expect(panelText()).toContain('Tracked in this browser as monalisa');
    await press(/^Stop tracking/);
    expect(panelText()).toContain('Not tracked in this browser.');
    expect(asks(surroundings, 'trackChecklist').map(({ query }) => query)).toMatchObject([
      { tracked: true, pageUser: 'monalisa' },
      { tracked: false, pageUser: 'monalisa' },
    ]);
  });

  it('is looked at again and again while the panel is open, and only then', async () => {
    loadPage('hydrated');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const sync = sampleSync({ newItems: 2 });
    const surroundings = watch(fakeSurroundings(answers({ getSync: () => succeed(sync) })));
    await press(/^Masterlist/);
    const before = surroundings.asked.length;
    vi.advanceTimersByTime(65_000);
    await frames();
    expect(surroundings.asked.slice(before).map(({ name }) => name)).toEqual([
      'getSync',
      'getSync',
    ]);
    expect(panelText()).toContain('2 new items');
    await press('Close the panel');
    vi.advanceTimersByTime(65_000);
    vi.useRealTimers();
    await frames();
    expect(asks(surroundings, 'getSync')).toHaveLength(2);
  });

  it('forgets new items that the user does not want', async () => {
    const sync = sampleSync({ newItems: 3 });
    const surroundings = await openPanel(
      fakeSurroundings(answers({ dismissNewItems: () => succeed(sampleSync()) }, { sync })),
    );
    expect(panelText()).toContain('3 new items');
    await press('Not now');
    expect(asks(surroundings, 'dismissNewItems')).toHaveLength(1);
    expect(panelText()).not.toContain('new items');
  });
});

describe('earlier texts', () => {
  async function unfold(): Promise<void> {
    const all = [...(panelRoot()?.querySelectorAll('details') ?? [])];
    const details = all.find((one) => one.textContent?.startsWith('Earlier texts'));
    if (!details) throw new Error('no earlier texts');
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await frames();
  }

  it('come when they are unfolded, show their difference, and are restored as it was shown', async () => {
    const surroundings = await openPanel(fakeSurroundings(answers()));
    expect(asks(surroundings, 'listTexts')).toEqual([]);
    await unfold();
    expect(asks(surroundings, 'listTexts')).toHaveLength(1);
    await press(/^Show difference/);
    expect(asks(surroundings, 'getText')).toMatchObject([{ query: { id: 3 } }]);
    await press('Restore this text');
    await press('Replace the text');
    expect(asks(surroundings, 'restoreText')).toMatchObject([
      { query: { checklist: CHECKLIST, id: 3, now: DIFFERENCE.now, pageUser: 'monalisa' } },
    ]);
    expect(panelText()).toContain('Text restored');
    expect(() => panelButton('Restore this text')).toThrow();
    // The text that was replaced is in the list now.
    expect(asks(surroundings, 'listTexts')).toHaveLength(2);
  });

  it('are not restored over a text that was changed since; the difference is shown anew', async () => {
    const problem = failure('text-changed');
    const surroundings = await openPanel(
      fakeSurroundings(answers({ restoreText: () => fail(problem) })),
    );
    await unfold();
    await press(/^Show difference/);
    await press('Restore this text');
    await press('Replace the text');
    expect(panelText()).toContain(problem.message);
    await press('Refresh');
    expect(asks(surroundings, 'getText')).toHaveLength(2);
    expect(panelText()).not.toContain(problem.message);
  });

  it('are downloaded byte for byte, under a name that says of what and when', async () => {
    const blobs: Blob[] = [];
    const names: string[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob);
      return 'blob:test';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download);
    });
    await openPanel(fakeSurroundings(answers()));
    await unfold();
    await press(/^Show difference/);
    await press('Download');
    expect(await blobs[0]?.text()).toBe(DIFFERENCE.text);
    expect(names[0]).toMatch(/^octo-org-octo-repo-1-2026-11-\d\dT\d{4}\.md$/);
    vi.restoreAllMocks();
  });

  it('are named by the clock on the wall', () => {
    const at = new Date(2026, 10, 21, 14, 2).getTime();
    expect(fileName(issueChecklist({ ...CHECKLIST, number: 12 }), at)).toBe(
      'octo-org-octo-repo-12-2026-11-21T1402.md',
    );
  });
});

describe('the question about numbers', () => {
  const { repo } = CHECKLIST;
  const asked = {
    item: 'item',
    name: 'TYPED',
    text: 'Backport #7',
    issue: { repo, number: 7 },
    title: 'Crash',
    state: 'open',
  } as const;
  const sync = sampleSync({ question: { ends: [asked], old: [] } });
  const section = () => panelRoot()?.querySelector('.question');

  it('goes when it is answered, and the focus stays in the panel', async () => {
    const surroundings = fakeSurroundings(
      answers({ answerNumbers: () => succeed(sampleSync()) }, { sync }),
    );
    await openPanel(surroundings);
    expect(section()?.textContent).toContain('1 item ends in a number.');
    panelButton('Its issue').focus();
    await press('Its issue');
    expect(asks(surroundings, 'answerNumbers')).toMatchObject([
      {
        query: {
          checklist: CHECKLIST,
          pageUser: 'monalisa',
          own: [{ name: 'TYPED', issue: asked.issue }],
          about: [],
        },
      },
    ]);
    expect(section()).toBeNull();
    expect(panelRoot()?.activeElement?.id).toBe('heading');
  });

  it('stays where the answer was not written, and says why beside it', async () => {
    const refused = failure('editor-open');
    const none = { answerNumbers: () => fail(refused) };
    await openPanel(fakeSurroundings(answers(none, { sync })));
    await press('What it is about');
    expect(section()?.querySelector('[role=alert]')?.textContent).toContain(refused.message);
    expect(panelRoot()?.querySelectorAll('[role=alert]')).toHaveLength(1);
  });
});
