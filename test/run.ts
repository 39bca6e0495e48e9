/** Proves everything: `npm test`. Stops at the first step that fails; says at the end how long each took. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const ROOT = new URL('..', import.meta.url).pathname;

const STEPS: readonly (readonly [name: string, command: string])[] = [
  ['format and lint', 'biome ci --error-on-warnings .'],
  ['generate types', 'wxt prepare'],
  ['types', 'tsc --noEmit'],
  ['unit, property and architecture tests', 'vitest run --config test/vitest.config.ts'],
  ['build for Chrome', 'wxt build'],
  ['build for Firefox', 'wxt build -b firefox'],
  ['store lint', 'node test/store-lint.ts'],
  ['end to end in Chromium', 'playwright test --config test/e2e/playwright.config.ts'],
  ['end to end in Firefox', 'node test/firefox/smoke.ts'],
];

const seconds = new Map<string, number>();
for (const [name, command] of STEPS) {
  console.log(`\n▶ ${name}: ${command}`);
  const start = Date.now();
  const { status } = spawnSync(command, { cwd: ROOT, stdio: 'inherit', shell: true });
  seconds.set(name, Math.round((Date.now() - start) / 1000));
  if (status !== 0) {
    console.error(`\n✖ ${name} failed`);
    process.exit(1);
  }
}
rmSync(new URL('../test-results', import.meta.url), { recursive: true, force: true });
for (const [name, time] of seconds) console.log(`✔ ${name} (${time} s)`);
