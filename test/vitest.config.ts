import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

// Workers take over the zone of this process; without one they would take the machine's.
process.env.TZ ??= 'UTC';

/** Tests of what knows no browser: neither WXT's plugin nor a database, and one load of modules per worker. */
const PLAIN = [
  '{architecture,setup}.test.ts',
  '{channels,core,engine,github,local-github,relay}/**/*.test.ts',
].map((files) => `test/${files}`);

const NAVIGATION_OFF = {
  disableMainFrameNavigation: true,
  disableChildFrameNavigation: true,
  disableChildPageNavigation: true,
  disableFallbackToSetURL: true,
};

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    // One core fewer by default: of two that is half the speed.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'plain',
          include: PLAIN,
          setupFiles: ['test/setup.ts'],
          isolate: false,
          unstubGlobals: true,
        },
      },
      {
        extends: true,
        plugins: [WxtVitest()],
        test: {
          name: 'browser',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: PLAIN,
          setupFiles: ['test/setup.ts', 'test/setup-browser.ts'],
          environmentOptions: { happyDOM: { settings: { navigation: NAVIGATION_OFF } } },
        },
      },
    ],
    restoreMocks: true,
    // Tests wait for conditions, and a machine may be busy: time ends only what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 45_000 } },
  },
});
