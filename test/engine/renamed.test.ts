import { describe, expect, it } from 'vitest';
import { renamedSince } from '../../lib/core/engine/item-in-place.ts';
import { isOfKind } from '../../lib/core/engine/job.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { FRESH_PACE } from '../../lib/core/engine/pace.ts';
import { summarizeJob } from '../../lib/core/engine/summarize-job.ts';
import { planGeneration } from '../../lib/core/plan/make-plan.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { resolveRows } from '../../lib/engine/resolve-rows.ts';
import {
  confirm,
  createWorld,
  drive,
  previewPlan,
  readFacts,
  runFor,
  runId,
  sampleChecklist,
  type World,
} from './world.ts';

const RUN = runId(1);
const JOB = { id: RUN, account: 'github.com/ada' };

describe('an item that is renamed between its issue and its link', () => {
  it('is recognized by its place, and linked when the user says so: nothing is created twice', async () => {
    const world = await renameInRun('number 3 of', 'count 3 of');
    const [problem] = (await statusOf(world)).problems;
    expect(problem).toMatchObject({
      index: 3,
      failure: {
        code: 'item-renamed',
        message:
          'The item says “Verify step count 3 of the release” since #104 was created for it.',
      },
      choices: ['link', 'skip'],
      issue: { number: 104 },
    });
    await resolveRows(world.ports, JOB, [3], { kind: 'link' });
    await drive(world, RUN);
    expect(world.github.text()).toContain('step count 3 of the release (closes #104)');
    expect(world.github.issues).toHaveLength(12);
    expect(await statusOf(world)).toMatchObject({ outcome: 'done', problems: [] });
    const plan = await previewPlan(world, runId(2));
    expect(plan.rows.filter(({ selected }) => selected)).toEqual([]);
  });

  it('is linked as before where the old words come back', async () => {
    const world = await renameInRun('number 3 of', 'count 3 of');
    world.github.edit((text) => text.replace('count 3 of', 'number 3 of'));
    await resolveRows(world.ports, JOB, [3], { kind: 'retry' });
    await drive(world, RUN);
    expect(world.github.text()).toContain('number 3 of the release (closes #104)');
    expect(world.github.issues).toHaveLength(12);
  });

  it('is asked about in the next preview, with its issue to link, and not created', async () => {
    const world = await renameInRun('number 3 of', 'count 3 of');
    const facts = await readFacts(world);
    const job = await world.store.loadJob(RUN);
    if (!facts.ok || job === undefined || !isOfKind(job, 'generate')) throw new Error('no run');
    const read = parseChecklist(facts.value.master.body, {
      placeholder: world.options.placeholder,
    });
    const planned = { ...facts.value, renamed: renamedSince(job, read) };
    const plan = planGeneration(planned, read, world.options, runId(2));
    expect(plan.rows[3]).toMatchObject({
      decision: 'ask',
      selected: false,
      reason: { kind: 'renamed', issue: { number: 104 } },
      candidates: [{ ref: { number: 104 } }],
    });
    const without = planGeneration(facts.value, read, world.options, runId(2));
    expect(without.rows[3]?.decision).toBe('create');
  });

  it('is said to be gone, with its issue, where its place does not tell', async () => {
    const world = await renameInRun('* [ ] Verify step number 3 of the release\t\r\n', '');
    expect((await statusOf(world)).problems).toMatchObject([
      {
        index: 3,
        failure: { code: 'made-item-gone' },
        choices: ['retry', 'skip'],
        issue: { number: 104 },
      },
    ]);
  });
});

describe('items that are missing for a while', () => {
  it('need nobody once they are there again: the whole text was emptied by mistake', async () => {
    const world = createWorld({ text: sampleChecklist(60) });
    await confirm(world, await previewPlan(world, RUN));
    while (world.github.issues.length < 20) await runFor(world, 500);
    const whole = world.github.text();
    world.github.edit(() => 'Oops.');
    while (world.github.issues.length < 25) await runFor(world, 500);
    await runFor(world, 3_000);
    const { problems } = await statusOf(world);
    // One question each for those with an issue and those without, whatever their number.
    expect(new Set(problems.map(({ failure: { code } }) => code)).size).toBeLessThanOrEqual(2);
    world.github.edit((text) =>
      text.includes('masterlist:claim') ? `${whole}\r\n${text}` : whole,
    );
    await drive(world, RUN);
    expect(world.github.issues).toHaveLength(60);
    expect(await statusOf(world)).toMatchObject({
      outcome: 'done',
      counts: { created: 60, linked: 60 },
      problems: [],
    });
    expect(world.github.text()).not.toContain('masterlist:claim');
  });

  it('are created where they are back before the run ends', async () => {
    const world = createWorld({ text: sampleChecklist(60) });
    await confirm(world, await previewPlan(world, RUN));
    while (world.github.issues.length < 20) await runFor(world, 500);
    world.github.edit((text) => text.replace('number 50 of', 'count 50 of'));
    while (world.github.issues.length < 30) await runFor(world, 500);
    expect((await statusOf(world)).problems).toMatchObject([
      { index: 50, failure: { code: 'item-gone' }, choices: ['retry', 'skip'] },
    ]);
    world.github.edit((text) => text.replace('count 50 of', 'number 50 of'));
    await drive(world, RUN);
    expect(await statusOf(world)).toMatchObject({
      counts: { created: 60, linked: 60 },
      problems: [],
    });
  });
});

/** A run of 12 items in which the text changes after all were created, and before any is linked. */
async function renameInRun(from: string, to: string): Promise<World> {
  const world = createWorld({ text: sampleChecklist(12) });
  await confirm(world, await previewPlan(world, RUN));
  while (world.github.issues.length < 11) await runFor(world, 200);
  world.github.edit((text) => text.replace(from, to));
  await drive(world, RUN);
  return world;
}

async function statusOf(world: World): Promise<JobStatus> {
  const job = await world.store.loadJob(RUN);
  if (job === undefined) throw new Error('no such job');
  const pace = (await world.store.loadPace(job.header.account)) ?? FRESH_PACE;
  return summarizeJob(job, job.control, pace, world.clock.now(), world.ports.timing);
}
