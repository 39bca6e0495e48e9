// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { ChecklistView } from '../../lib/core/checklist-view.ts';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { issueChecklist, issueOfChecklist } from '../../lib/core/refs.ts';
import { mixedPlan, samplePreview } from '../components/reconcile-samples.ts';
import { settle, show } from '../components/render.ts';
import {
  endedJob,
  issueAt,
  sampleJob,
  sampleSync,
  sampleSyncPreview,
  sampleView,
  typicalPlan,
} from '../components/samples.ts';
import type { Answers } from '../content/fake-surroundings.ts';
import { dashboardWorld, hashOf, numberOf, sampleFacts } from './dashboard-world.tsx';

const answersOf = (more: Answers = {}, view: Partial<ChecklistView> = {}): Answers => ({
  openChecklist: () => succeed(sampleView(14, { sync: sampleSync(), ...view })),
  getJob: () => succeed(undefined),
  getSync: () => succeed(sampleSync()),
  previewGeneration: () => succeed(typicalPlan(54)),
  previewSync: () => succeed(sampleSyncPreview(5)),
  syncChecklist: () => succeed({ updated: 5, left: 0, notice: undefined }),
  previewReconcile: () => succeed(samplePreview(mixedPlan())),
  ...more,
});

async function open(hash: string, answers: Answers = answersOf()) {
  const world = dashboardWorld(hash, sampleFacts(2), answers);
  await world.dashboard.reload();
  const view = show(world.view);
  await settle();
  return { world, view };
}

const WRITES = ['generateIssues', 'syncChecklist', 'applyReconcile', 'trackChecklist'];

describe('the page of one checklist', () => {
  it.each([
    ['/generate', 'previewGeneration', 'Preview'],
    ['/sync', 'previewSync', 'Preview of the sync'],
    ['/reconcile', 'previewReconcile', 'Differences'],
    ['/matches', 'previewReconcile', 'Differences'],
  ])('%s makes its preview on arrival, once, and writes nothing', async (path, message, label) => {
    const { world, view } = await open(hashOf(path, 1));
    expect(world.asked(message).map(numberOf)).toEqual([1]);
    expect(view.root.querySelector('.preview')?.getAttribute('aria-label')).toContain(label);
    expect(world.surroundings.asked.filter(({ name }) => WRITES.includes(name))).toEqual([]);
    expect(view.root.querySelector('main h1')?.nextElementSibling?.textContent).toContain('Plan 1');
  });

  it('writes no sync on arrival, even where the user wants no preview', async () => {
    const skip = { skipSyncPreview: true };
    const world = dashboardWorld(hashOf('/sync', 1), sampleFacts(1), answersOf(), skip);
    await world.dashboard.reload();
    const view = show(world.view);
    await settle();
    expect(world.asked('syncChecklist')).toEqual([]);
    await view.click(view.button('Update 5 items'));
    const preview = sampleSyncPreview(5).id;
    expect(world.asked('syncChecklist')).toMatchObject([{ checklist: issueAt(1), preview }]);
    expect(view.text()).toContain('5 items updated.');
    await view.click(view.button('Sync now'));
    expect(world.asked('syncChecklist')).toHaveLength(2);
  });

  it('unfolds the matches on their own page, above the differences', async () => {
    const { view } = await open(hashOf('/matches', 1));
    const table = view.root.querySelector('.matches');
    const differences = view.root.querySelector('.differences');
    if (!table || !differences) throw new Error('not both are there');
    expect(table.compareDocumentPosition(differences)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('looks only once where Reconcile and its matches are looked at in turn', async () => {
    const { world, view } = await open(hashOf('/reconcile', 1));
    expect(view.root.querySelector('.matches')).toBeNull();
    world.goTo(hashOf('/matches', 1));
    await settle();
    expect(view.root.querySelector('.matches')).not.toBeNull();
    expect(world.asked('previewReconcile')).toHaveLength(1);
    world.goTo(hashOf('/generate', 1));
    await settle();
    expect(world.asked('previewGeneration')).toHaveLength(1);
    expect(world.asked('openChecklist')).toHaveLength(1);
  });

  it('shows nothing of one checklist on the page of another', async () => {
    let answerFirst: (view: ReturnType<NonNullable<Answers['openChecklist']>>) => void = () => {};
    const late = new Promise((resolve) => {
      answerFirst = resolve;
    });
    const first = succeed(sampleView(99, { checklist: issueChecklist(issueAt(1)) }));
    const { world, view } = await open(
      hashOf('/generate', 1),
      answersOf({
        openChecklist: ({ checklist }) =>
          issueOfChecklist(checklist).number === 1 ? (late as never) : succeed(sampleView(14)),
      }),
    );
    world.goTo(hashOf('/generate', 2));
    await settle();
    answerFirst(first);
    await settle();
    expect(view.text()).toContain('of 14 items done');
    expect(view.text()).not.toContain('of 99 items');
    expect(world.asked('previewGeneration').map(numberOf)).toEqual([2]);
  });

  it('says what it does while it waits', async () => {
    const { view } = await open(
      hashOf('/reconcile', 1),
      answersOf({ previewReconcile: (() => new Promise(() => {})) as never }),
    );
    expect(view.text()).toContain('Finding differences…');
  });

  it('shows a run that goes on instead of starting anything', async () => {
    const { world, view } = await open(hashOf('/generate', 1), answersOf({}, { job: sampleJob() }));
    expect(world.asked('previewGeneration')).toEqual([]);
    expect(view.text()).toContain('12 of 54 created');
  });

  it('shows what a run that ended has left to decide, and starts its preview on request', async () => {
    const problem = { index: 0, text: 'Write', failure: failure('still-unknown'), choices: [] };
    const job = endedJob({ problems: [problem] });
    const { world, view } = await open(hashOf('/generate', 1), answersOf({}, { job }));
    expect(world.asked('previewGeneration')).toEqual([]);
    expect(view.text()).toContain(problem.failure.message);
    await view.click(view.button('Preview the issues'));
    expect(world.asked('previewGeneration')).toHaveLength(1);
  });

  it('says why it cannot be read, and tries again', async () => {
    let answer: ReturnType<NonNullable<Answers['openChecklist']>> = fail(
      failure('not-found', { repo: 'octo-org/octo-repo' }),
    );
    const { world, view } = await open(
      hashOf('/sync', 9),
      answersOf({ openChecklist: () => answer }),
    );
    expect(view.text()).toContain('GitHub does not show this issue to you');
    expect(world.asked('previewSync')).toEqual([]);
    answer = succeed(sampleView(14));
    await view.click(view.button('Retry'));
    expect(world.asked('previewSync').map(numberOf)).toEqual([9]);
    expect(view.text()).not.toContain('GitHub does not show this issue');
  });

  it('says what is missing before it asks anything', async () => {
    const none = await open(
      hashOf('/generate', 1),
      answersOf({}, { counts: { items: 0, linked: 0, done: 0 } }),
    );
    expect(none.view.text()).toContain('This issue has no task list.');
    expect(none.world.asked('previewGeneration')).toEqual([]);
    const signedOut = await open(hashOf('/reconcile', 1), answersOf({}, { viewer: undefined }));
    expect(signedOut.view.text()).toContain('You are not signed in to github.com.');
    expect(signedOut.world.asked('previewReconcile')).toEqual([]);
  });

  it('previews the issues without a token', async () => {
    const { world } = await open(hashOf('/generate', 1), answersOf({}, { viewer: undefined }));
    expect(world.asked('previewGeneration')).toHaveLength(1);
  });

  it('rests when its preview is closed, and starts again on request', async () => {
    const { world, view } = await open(hashOf('/sync', 1));
    await view.click(view.button('Cancel'));
    expect(view.root.querySelector('.preview')).toBeNull();
    expect(world.asked('previewSync')).toHaveLength(1);
    await view.click(view.button('Sync now'));
    expect(world.asked('previewSync')).toHaveLength(2);
  });
});

describe('a page without its checklist', () => {
  it('waits for what is stored, so that nothing jumps', async () => {
    const world = dashboardWorld('#/sync', sampleFacts(2));
    const view = show(world.view);
    expect(view.root.querySelector('main')?.textContent).toBe('SyncReading…');
    await world.dashboard.reload();
    await settle();
    expect(view.text()).toContain('Sync 2 checklists now');
  });

  it.each(['/generate', '/matches'])('%s offers those that are kept up to date', async (path) => {
    const { view } = await open(`#${path}`);
    const links = [...view.root.querySelectorAll('.picked a')].map((one) =>
      one.getAttribute('href'),
    );
    expect(links).toEqual([hashOf(path, 1), hashOf(path, 2)]);
  });

  it('opens the issue that is typed, and refuses in a sentence what is none', async () => {
    const { world, view } = await open('#/generate');
    const field = view.root.querySelector<HTMLInputElement>('form input');
    if (!field) throw new Error('no field');
    await view.type(field, 'https://github.com/octo-org/octo-repo/pull/4');
    await view.click(view.button('Preview the issues'));
    expect(view.text()).toContain('This is a pull request, not an issue.');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    expect(world.place.value.route.checklist).toBeUndefined();
    await view.type(field, 'octo-org/octo-repo#7');
    await view.click(view.button('Preview the issues'));
    expect(world.place.value.route).toMatchObject({ path: '/generate', checklist: issueAt(7) });
    expect(world.asked('previewGeneration').map(numberOf)).toEqual([7]);
  });
});
