import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How many attacks of each kind were tried, and how many tests of them failed. */
export type AttackSums = Record<'messages' | 'strings' | 'deputies' | 'failed', number>;

interface Report {
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly meta?: { readonly attacks?: Partial<AttackSums> };
    }[];
  }[];
}

const REPORT = '.output/attacks.json';

/** Runs every attack of this folder, also those that `npm test` leaves out. Each test notes in its `meta` what it tried. */
export function runAttacks(): AttackSums {
  const command = `vitest run --config test/vitest.config.ts --reporter=default --reporter=json --outputFile=${REPORT} test/hostile`;
  const env = { ...process.env, HOSTILE: 'whole' };
  const { status } = spawnSync(command, { stdio: 'inherit', shell: true, env });
  const report: Report = JSON.parse(readFileSync(REPORT, 'utf8'));
  const failed = report.numFailedTests + report.numFailedTestSuites;
  const sums: AttackSums = { messages: 0, strings: 0, deputies: 0, failed };
  for (const { meta } of report.testResults.flatMap(({ assertionResults }) => assertionResults)) {
    for (const kind of ['messages', 'strings', 'deputies'] as const)
      sums[kind] += meta?.attacks?.[kind] ?? 0;
  }
  return status === 0 ? sums : { ...sums, failed: Math.max(1, failed) };
}
