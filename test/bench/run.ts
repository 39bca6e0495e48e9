/** `npm run bench`: prints figures and ratios, and writes them to `.output/bench.json`. Never part of the tests. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { benchContentSize } from './content-size.bench.ts';
import { benchDashboard } from './dashboard.bench.ts';
import { benchGenerate } from './generate.bench.ts';
import { benchMetrics } from './metrics.bench.ts';
import { benchPageCost } from './page-cost.bench.ts';
import { benchParse } from './parse.bench.ts';
import { benchPassphrase } from './passphrase.bench.ts';
import { benchPlan } from './plan.bench.ts';
import { benchPopup } from './popup.bench.ts';
import { benchReconcile } from './reconcile.bench.ts';
import { benchSync } from './sync.bench.ts';
import { benchWorker } from './worker.bench.ts';

/** Takes one figure: name, value, unit, and the goal as text, e.g. `<= 20`. */
export type Report = (name: string, value: number, unit: string, goal: string) => void;

const figures: Record<string, { value: number; unit: string; goal: string }> = {};
const report: Report = (name, value, unit, goal) => {
  const rounded = Math.round(value * 1000) / 1000;
  figures[name] = { value: rounded, unit, goal };
  console.log(`  ${name}: ${rounded} ${unit} (goal ${goal})`);
};

const build = spawnSync('wxt build', { shell: true, stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
const benches = [
  benchContentSize,
  benchParse,
  benchPlan,
  benchGenerate,
  benchSync,
  benchReconcile,
  benchWorker,
  benchPassphrase,
  benchMetrics,
  benchPageCost,
  benchPopup,
  benchDashboard,
];
for (const bench of benches) {
  console.log(`\n▶ ${bench.name}`);
  await bench(report);
}
mkdirSync('.output', { recursive: true });
writeFileSync('.output/bench.json', `${JSON.stringify(figures, null, 2)}\n`);
