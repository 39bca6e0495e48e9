/** Proves everything: `npm test`. Stops at the first step that fails; says how long each took as it ends, and of all at the end. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const ROOT = new URL('..', import.meta.url).pathname;

const STEPS: readonly (readonly [name: string, command: string])[] = [
  ['format and lint', 'biome ci --error-on-warnings .'],
  ['generate types', 'wxt prepare'],
  ['types', 'tsc --noEmit'],
  ['unit, property and architecture tests', 'vitest run --config test/vitest.config.ts'],
  ['a third kind of job, applied as a patch', 'node test/third-kind.ts'],
  ['build for Chrome', 'wxt build'],
  ['build for Firefox', 'wxt build -b firefox'],
  ['store lint', 'node test/store-lint.ts'],
  ['end to end in Chromium', 'playwright test --config test/e2e/playwright.config.ts'],
  ['end to end in Firefox', 'node test/firefox/smoke.ts'],
];

const ended: string[] = [];
for (const [name, command] of STEPS) {
  console.log(`\n▶ ${name}: ${command}`);
  const start = performance.now();
  const { status } = spawnSync(command, { cwd: ROOT, stdio: 'inherit', shell: true });
  const mark = status === 0 ? '✔' : '✖';
  ended.push(`${mark} ${name} (${Math.round((performance.now() - start) / 1000)} s)`);
  console.log(`\n${ended.at(-1)}`);
  if (status !== 0) {
    console.error(`\nFailed:\n${ended.join('\n')}`);
    process.exit(1);
  }
}
rmSync(new URL('../test-results', import.meta.url), { recursive: true, force: true });
console.log(`\nPassed:\n${ended.join('\n')}`);
