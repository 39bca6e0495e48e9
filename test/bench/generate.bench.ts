import { checklistKey } from '../../lib/core/refs.ts';
import { runNaively } from '../engine/naive-script.ts';
import {
  confirm,
  createWorld,
  drive,
  MASTER,
  previewPlan,
  runId,
  sampleChecklist,
  type World,
} from '../engine/world.ts';
import type { Report } from './run.ts';

const RUN = runId(1);

/** Milliseconds that the fake GitHub takes to answer. */
const LATENCY = 200;

/** Requests and time to generate issues, by a fake clock and GitHub's limits, beside a plain one-by-one script. */
export async function benchGenerate(report: Report): Promise<void> {
  for (const count of [50, 100, 450]) {
    for (const comment of [false, true]) {
      const mine = await generate(count, comment);
      const floor = floorOf(count, comment);
      const budget = count + 2 * Math.ceil(count / 25) + 6 + (comment ? count : 0);
      console.log(
        `  ${count} issues${comment ? ' with comments' : ''}: ${mine.requests} requests (budget ${budget}),`,
        `${mine.seconds.toFixed(1)} s (floor ${floor} s, ratio ${(mine.seconds / floor).toFixed(3)})`,
      );
      if (count !== 100) continue;
      if (comment)
        report('generate-100-comments-vs-floor', mine.seconds / floor, 'ratio', '<= 1.1');
      else {
        report('generate-100-requests', mine.requests, 'requests', `<= ${budget}`);
        report('generate-100-vs-floor', mine.seconds / floor, 'ratio', '<= 1.1');
      }
    }
    const plain = await generateNaively(count);
    console.log(
      `  ${count} issues by a plain script: ${plain.requests} requests, ${plain.seconds.toFixed(1)} s`,
    );
  }
}

async function generate(count: number, comment: boolean): Promise<Measure> {
  const world = createWorld({
    text: sampleChecklist(count),
    latency: LATENCY,
    options: { comment },
  });
  const plan = await previewPlan(world, RUN);
  const start = startMeasure(world);
  await confirm(world, plan);
  await drive(world, RUN);
  const job = await world.store.loadLastJob(checklistKey(MASTER));
  const verified = job?.rows.filter((row) => row.phase === 'verified').length;
  if (verified !== count) throw new Error(`${verified} of ${count} rows are verified`);
  return start();
}

async function generateNaively(count: number): Promise<Measure> {
  const world = createWorld({ text: sampleChecklist(count), latency: LATENCY });
  const plan = await previewPlan(world, RUN);
  const start = startMeasure(world);
  await runNaively(world, plan);
  return start();
}

interface Measure {
  readonly requests: number;
  readonly seconds: number;
}

function startMeasure({ clock, github }: World): () => Measure {
  const sum = () => Object.values(github.requests).reduce((total, times) => total + times, 0);
  const before = sum();
  const start = clock.now();
  return () => ({ requests: sum() - before, seconds: (clock.now() - start) / 1_000 });
}

/** A second per creation; above 450 creations in an hour the schedule's own waits. */
function floorOf(count: number, comment: boolean): number {
  const creations = comment ? 2 * count : count;
  const hours = Math.floor((creations - 1) / 450);
  return hours * 3_600 + creations - hours * 450;
}
