// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checklistPanel } from '../../entrypoints/github.content/checklist-panel.tsx';
import { watchIssues } from '../../entrypoints/github.content/watch-issues.ts';
import type { ChecklistView } from '../../lib/core/checklist-view.ts';
import type { ReconcileOutcome } from '../../lib/core/differences/reconcile-preview.ts';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { issueUrl } from '../../lib/core/refs.ts';
import { now } from '../clock.ts';
import {
  FOUND,
  LEFT,
  mixedPlan,
  RUNS,
  samplePreview,
  tickedPlan,
} from '../components/reconcile-samples.ts';
import {
  CHECKLIST,
  endedJob,
  NOW,
  sampleJob,
  sampleSync,
  sampleSyncPreview,
  sampleView,
} from '../components/samples.ts';
import { unfold } from '../components/unfold.ts';
import { ref } from '../core/sync/build-sync.ts';
import { type Answers, type FakeSurroundings, fakeSurroundings } from './fake-surroundings.ts';
import { frames, goTo, loadPage, panelButton, panelRoot, panelText } from './github-page.ts';

let ended = new AbortController();

const PLAN = mixedPlan();
const PREVIEW = samplePreview(PLAN, { left: LEFT });
const CHANGE_JOB = sampleJob({ id: '01JD0000000000000000000009', kind: 'change' });

/** A background that knows the fixture's checklist and its differences. */
function answers(more: Answers = {}, view: Partial<ChecklistView> = {}): Answers {
  return {
    openChecklist: () => succeed(sampleView(14, view)),
    getJob: () => succeed(undefined),
    getSync: () => succeed(sampleSync()),
    previewReconcile: () => succeed(PREVIEW),
    applyReconcile: () => succeed(outcome({ job: CHANGE_JOB })),
    searchIssues: () => succeed(FOUND),
    listRuns: () => succeed(RUNS),
    undoRun: () => succeed(CHANGE_JOB),
    turnBack: () => succeed(CHANGE_JOB),
    removeTraces: () => succeed(CHANGE_JOB),
    showAgain: () => succeed(LEFT.slice(1)),
    previewSync: () => succeed(sampleSyncPreview(5)),
    ...more,
  };
}

function outcome(change: Partial<ReconcileOutcome> = {}): ReconcileOutcome {
  return { job: undefined, changed: 0, kept: 0, ...change };
}

async function openPanel(surroundings: FakeSurroundings): Promise<FakeSurroundings> {
  loadPage('hydrated');
  ended = new AbortController();
  watchIssues([checklistPanel], surroundings, ended.signal);
  panelButton(/^Masterlist/).click();
  await frames();
  return surroundings;
}

async function openReconcile(surroundings: FakeSurroundings): Promise<FakeSurroundings> {
  await openPanel(surroundings);
  await press('Reconcile');
  return surroundings;
}

async function press(name: string | RegExp): Promise<void> {
  panelButton(name).click();
  await frames();
}

function shadow(): ShadowRoot {
  const root = panelRoot();
  if (!root) throw new Error('no panel');
  return root;
}

/** Checks a radio or a box by its words, in the row that says something. */
async function check(row: string, words: string): Promise<void> {
  const rows = [...shadow().querySelectorAll('li')].filter(({ textContent }) =>
    textContent?.includes(row),
  );
  const inputs = rows.flatMap((one) => [...one.querySelectorAll<HTMLInputElement>('input')]);
  const found = inputs.find((one) => one.closest('label')?.textContent === words);
  if (!found) throw new Error(`no ${words} at ${row}`);
  found.click();
  await frames();
}

const asks = ({ asked }: FakeSurroundings, name: string) =>
  asked.filter((one) => one.name === name).map(({ query }) => query);

const [tick, notPlanned, ticked, locked] = PLAN.differences.map(({ id }) => id);

afterEach(async () => {
  ended.abort();
  await frames();
  document.documentElement.innerHTML = '';
});

describe('Reconcile', () => {
  it('asks for the differences, as the user of the page, and shows them', async () => {
    const surroundings = await openReconcile(fakeSurroundings(answers()));
    expect(asks(surroundings, 'previewReconcile')).toEqual([
      { checklist: CHECKLIST, pageUser: 'monalisa' },
    ]);
    expect(panelText()).toContain('3 differences, 1 can be resolved safely');
    // Nothing else is started meanwhile.
    expect(() => panelButton('Generate issues')).toThrow();
    expect(shadow().activeElement?.id).toBe('heading');
  });

  it('is offered wherever there are items, linked or not, to who is signed in', async () => {
    const counts = { items: 3, linked: 0, done: 0 };
    await openPanel(fakeSurroundings(answers({}, { counts })));
    expect(panelButton('Reconcile').disabled).toBe(false);
    expect(() => panelButton('Sync now')).toThrow();
  });

  it.each([
    ['without a token', { viewer: undefined }],
    ['without items', { counts: { items: 0, linked: 0, done: 0 } }],
  ])('is not offered %s', async (_, view) => {
    await openPanel(fakeSurroundings(answers({}, view)));
    expect(() => panelButton('Reconcile')).toThrow();
  });

  it('sends exactly what was chosen', async () => {
    const surroundings = await openReconcile(fakeSurroundings(answers()));
    await check('closed as not planned', 'Reopen #12');
    await check('Ticked, but', 'Close #13');
    await check('Ticked, but', 'Not now');
    await check('is locked', "Leave as is, don't show again");
    await press('Apply 3 changes');
    expect(asks(surroundings, 'applyReconcile')).toEqual([
      {
        checklist: CHECKLIST,
        pageUser: 'monalisa',
        preview: PREVIEW.id,
        chosen: [
          { kind: 'offered', difference: tick, choice: 0 },
          { kind: 'offered', difference: notPlanned, choice: 1 },
          { kind: 'offered', difference: locked, choice: 0 },
        ],
      },
    ]);
    expect(ticked).toBeDefined();
  });

  it('chooses what is safe again after all was cleared', async () => {
    await openReconcile(fakeSurroundings(answers()));
    await check('Ticked, but', 'Close #13');
    await press('Clear choices');
    expect(panelButton('Apply 0 changes').disabled).toBe(true);
    await press('Choose safe changes');
    expect(panelButton('Apply 1 change').disabled).toBe(false);
  });

  it('tells what became of it while the run goes on, which then takes over', async () => {
    const job = { value: CHANGE_JOB };
    const changed = outcome({ job: CHANGE_JOB, changed: 2, kept: 1 });
    const surroundings = fakeSurroundings(
      answers({
        applyReconcile: () => succeed(changed),
        previewReconcile: () => succeed(samplePreview(tickedPlan(5))),
        getJob: () => succeed(job.value),
      }),
    );
    await openReconcile(surroundings);
    for (const number of [100, 101, 102, 103, 104]) await check(`#${number}`, `Close #${number}`);
    await press('Apply 5 changes');
    expect(panelText()).toContain('2 changes are being made; 2 changed in the meantime');
    expect(panelText()).toContain('1 is not shown again');
    expect(shadow().querySelector('[role="progressbar"]')).not.toBeNull();
    expect(() => panelButton('Reconcile')).toThrow();
    job.value = endedJob({ ...CHANGE_JOB, state: 'ended', outcome: 'done' });
    surroundings.change();
    await expect.poll(panelText).not.toContain('being made');
    expect(panelText()).toContain('2 changed in the meantime');
    expect(panelButton('Reconcile').disabled).toBe(false);
  });

  it('says when all changed in the meantime, and starts nothing', async () => {
    await openReconcile(
      fakeSurroundings(answers({ applyReconcile: () => succeed(outcome({ changed: 1 })) })),
    );
    await press('Apply 1 change');
    expect(panelText()).toContain('1 changed in the meantime and was skipped: reconcile again.');
    expect(panelText()).not.toContain('being made');
  });

  it('that is out of date says so and can be looked at again', async () => {
    const problem = failure('stale-plan');
    const surroundings = await openReconcile(
      fakeSurroundings(answers({ applyReconcile: () => fail(problem) })),
    );
    await press('Apply 1 change');
    expect(panelText()).toContain(problem.message);
    await press('Refresh preview');
    expect(asks(surroundings, 'previewReconcile')).toHaveLength(2);
    expect(panelText()).not.toContain(problem.message);
  });

  it('sends nothing when the page has moved on to another issue', async () => {
    const surroundings = await openReconcile(fakeSurroundings(answers()));
    goTo(issueUrl({ ...CHECKLIST, number: 2 }));
    panelButton('Apply 1 change').click();
    expect(asks(surroundings, 'applyReconcile')).toEqual([]);
  });

  it('gives way to another preview, and to nothing', async () => {
    await openReconcile(fakeSurroundings(answers()));
    await press('Cancel');
    expect(panelText()).not.toContain('3 differences');
    await press('Sync now');
    expect(panelText()).toContain('5 items will be updated');
  });

  it('looks for issues by what was typed', async () => {
    const consequence = PLAN.differences[0]?.choices[0];
    const surroundings = await openReconcile(
      fakeSurroundings(
        answers({
          previewMatch: () => (consequence ? succeed(consequence) : fail(failure('stale-plan'))),
        }),
      ),
    );
    await unfold(shadow(), 'How items are matched to issues');
    await press('Change… Announce');
    const field = shadow().querySelector<HTMLInputElement>('.search input');
    if (!field) throw new Error('no field');
    field.value = '#40';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await frames();
    await press('Search');
    expect(asks(surroundings, 'searchIssues')).toEqual([{ checklist: CHECKLIST, text: '#40' }]);
    shadow().querySelector<HTMLInputElement>('.search [type="radio"]')?.click();
    await frames();
    const chosen = { kind: 'match', item: PLAN.matches[3]?.item.key, issue: ref(40) };
    expect(asks(surroundings, 'previewMatch')).toEqual([
      { checklist: CHECKLIST, preview: PREVIEW.id, chosen },
    ]);
    await press('Link to #40');
    // A match by hand is made alone: what was chosen above waits.
    expect(asks(surroundings, 'applyReconcile')).toMatchObject([
      { preview: PREVIEW.id, chosen: [chosen] },
    ]);
  });

  it('turns items back into plain ones where the badge has their issue open', async () => {
    const badges = PLAN.matches.map(({ issue }, index) =>
      issue
        ? {
            text: `#${issue.number}`,
            url: issueUrl(issue),
            title: '',
            state: index === 2 ? ('open' as const) : ('completed' as const),
          }
        : undefined,
    );
    const surroundings = await openReconcile(fakeSurroundings(answers({}, { badges })));
    await unfold(shadow(), 'How items are matched to issues');
    const boxes = [...shadow().querySelectorAll<HTMLInputElement>('table [type="checkbox"]')];
    expect(boxes).toHaveLength(1);
    boxes[0]?.click();
    await frames();
    await press('Unlink 1 item and close its issue');
    await press('Close 1 issue');
    expect(asks(surroundings, 'turnBack')).toEqual([
      {
        checklist: CHECKLIST,
        pageUser: 'monalisa',
        preview: PREVIEW.id,
        items: [PLAN.matches[2]?.item.key],
      },
    ]);
    expect(panelText()).not.toContain('3 differences');
  });

  it('shows again what was left', async () => {
    const surroundings = await openReconcile(fakeSurroundings(answers()));
    await unfold(shadow(), 'Left as is');
    await press('Restore: Parse dates');
    expect(asks(surroundings, 'showAgain')).toEqual([{ checklist: CHECKLIST, id: 'left 1' }]);
    expect(() => panelButton('Restore: Parse dates')).toThrow();
    await press('Refresh');
    expect(asks(surroundings, 'previewReconcile')).toHaveLength(2);
  });
});

describe('differences that the last look left', () => {
  const sync = sampleSync({ reconcile: { at: NOW - 10_800_000, left: 7, failure: undefined } });

  it('are told in a line with a way to see them', async () => {
    const surroundings = await openPanel(fakeSurroundings(answers({}, { sync })));
    expect(panelText()).toContain('7 differences at the last search, ');
    await press('Show the differences');
    expect(asks(surroundings, 'previewReconcile')).toHaveLength(1);
    // They are shown already.
    expect(() => panelButton('Show the differences')).toThrow();
  });

  it('make room for the reason where nobody could look', async () => {
    const problem = failure('forbidden', { reason: 'Resource not accessible.' });
    const unlooked = sampleSync({
      reconcile: { at: now() - 10_800_000, left: 7, failure: problem },
    });
    await openPanel(fakeSurroundings(answers({}, { sync: unlooked })));
    expect(panelText()).toMatch(
      /search for differences failed\. The last one that worked was 3 hours ago/,
    );
    expect(panelText()).toContain(`${problem.message}`);
    expect(panelText()).toContain(`${problem.action}`);
  });

  it('name no search that worked where none has yet', async () => {
    const problem = failure('forbidden', { reason: 'Resource not accessible.' });
    const never = sampleSync({ reconcile: { at: undefined, left: 0, failure: problem } });
    await openPanel(fakeSurroundings(answers({}, { sync: never })));
    expect(panelText()).toContain('The last search for differences failed.');
    expect(panelText()).not.toContain('that worked');
  });

  it('that are none need no line', async () => {
    const none = sampleSync({ reconcile: { at: NOW, left: 0, failure: undefined } });
    await openPanel(fakeSurroundings(answers({}, { sync: none })));
    expect(panelText()).not.toContain('at the last search');
  });
});

describe('earlier runs', () => {
  it('are listed when unfolded, and undone by their id', async () => {
    const surroundings = await openPanel(fakeSurroundings(answers()));
    expect(asks(surroundings, 'listRuns')).toEqual([]);
    await unfold(shadow(), 'Earlier runs');
    await press(/other browsers on GitHub$/);
    expect(asks(surroundings, 'listRuns')).toEqual([
      { checklist: CHECKLIST, everywhere: false },
      { checklist: CHECKLIST, everywhere: true },
    ]);
    await press(/^Undo: Generate: 12 issues/);
    await press('Close 12 issues');
    expect(asks(surroundings, 'undoRun')).toEqual([{ checklist: CHECKLIST, run: 'r1' }]);
    expect(shadow().querySelector('[role="progressbar"]')).not.toBeNull();
  });

  it('that cannot be undone say why beside them', async () => {
    const problem = failure('job-open');
    await openPanel(fakeSurroundings(answers({ undoRun: () => fail(problem) })));
    await unfold(shadow(), 'Earlier runs');
    await press(/^Undo: Generate: 12 issues/);
    await press('Close 12 issues');
    const runs = [...shadow().querySelectorAll('details')].find((one) =>
      one.textContent?.startsWith('Earlier runs'),
    );
    expect(runs?.textContent).toContain(problem.message);
    expect(shadow().querySelectorAll('[role="alert"]')).toHaveLength(1);
  });

  it('take nothing away of what failed above them, nor does the end of a run', async () => {
    const problem = failure('offline');
    let job: ReturnType<typeof sampleJob> | undefined = sampleJob();
    const surroundings = await openPanel(
      fakeSurroundings(
        answers({
          getJob: () => succeed(job),
          openChecklist: () => succeed(sampleView(14, { job })),
          controlJob: () => fail(problem),
        }),
        { known: true },
      ),
    );
    await press('Pause');
    await unfold(shadow(), 'Earlier runs');
    expect(panelText()).toContain(problem.message);
    job = endedJob();
    surroundings.change();
    await vi.waitFor(() => expect(asks(surroundings, 'listRuns')).toHaveLength(2));
    await frames();
    const [alert] = shadow().querySelectorAll('[role="alert"]');
    expect(alert?.textContent).toContain(problem.message);
    expect(alert?.closest('details')).toBeNull();
  });

  it('that cannot be listed say so beside what failed above them, each repeated by its own button', async () => {
    const problem = failure('offline');
    const lost = failure('internal', { reason: 'no disk' });
    let isDown = true;
    const surroundings = await openPanel(
      fakeSurroundings(
        answers({
          previewReconcile: () => (isDown ? fail(problem) : succeed(PREVIEW)),
          listRuns: () => (isDown ? fail(lost) : succeed(RUNS)),
        }),
      ),
    );
    await press('Reconcile');
    await unfold(shadow(), 'Earlier runs');
    const notes = () => [...shadow().querySelectorAll('[role="alert"]')];
    expect(notes().map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining(problem.message),
      expect.stringContaining(lost.message),
    ]);
    isDown = false;
    notes()[1]?.querySelector('button')?.click();
    await frames();
    expect(asks(surroundings, 'listRuns')).toHaveLength(2);
    expect(notes().map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining(problem.message),
    ]);
    notes()[0]?.querySelector('button')?.click();
    await frames();
    expect(asks(surroundings, 'previewReconcile')).toHaveLength(2);
    expect(notes()).toEqual([]);
  });

  it('say to the ear how they ended, in a region that was there before', async () => {
    let job = sampleJob();
    const surroundings = await openPanel(
      fakeSurroundings(
        answers({
          getJob: () => succeed(job),
          openChecklist: () => succeed(sampleView(14, { job })),
        }),
        { known: true },
      ),
    );
    const region = shadow().querySelector('p[role="status"]');
    expect(region?.textContent).toBe('');
    job = endedJob();
    surroundings.change();
    await vi.waitFor(() => expect(region?.textContent).toContain('54 issues created, all linked.'));
    expect(region?.isConnected).toBe(true);
  });

  it('end with the removal of all traces', async () => {
    const surroundings = await openPanel(fakeSurroundings(answers()));
    await unfold(shadow(), 'Earlier runs');
    await press("Remove Masterlist's traces");
    await press('Remove the traces');
    expect(asks(surroundings, 'removeTraces')).toEqual([
      { checklist: CHECKLIST, pageUser: 'monalisa', bracket: false },
    ]);
  });
});
