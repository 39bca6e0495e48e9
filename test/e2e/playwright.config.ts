import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  fullyParallel: true,
  // Tests wait more than they work: three on two cores took 7.2 minutes where two took 8.2 with fewer tests.
  workers: 3,
  retries: 0,
  // Long enough for a machine that is busy with other work: what is waited for comes, or never does.
  timeout: 480_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
});
