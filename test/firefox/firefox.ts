import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { connectMarionette, type Marionette } from './marionette.ts';
import { localPreferences, type PreferenceValue } from './preferences.ts';
import { until } from './until.ts';

/** The longest that a start and an end may take, in milliseconds. */
const START_LIMIT_MS = 60_000;
const QUIT_LIMIT_MS = 5_000;

/** Firefox without a window, for which github.com is the local GitHub and no other host exists. */
export interface Firefox {
  readonly marionette: Marionette;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}

/** What to start. `preferences` come on top of those that keep the browser on this machine. */
export interface FirefoxOptions {
  /** Where github.com and api.github.com listen on loopback. */
  readonly githubPort: number;
  readonly preferences: Readonly<Record<string, PreferenceValue>>;
}

/** Starts Firefox with a fresh profile. The profile and the process go when this process ends, however it ends. */
export async function startFirefox(options: FirefoxOptions): Promise<Firefox> {
  const program = findFirefox();
  const profile = mkdtempSync(join(tmpdir(), 'masterlist-firefox-'));
  const browser = runFirefox(program, profile, options);
  const discard = () => {
    browser.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', discard);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  try {
    const marionette = await connectMarionette(await marionettePort(browser, profile));
    await marionette.send('WebDriver:NewSession', { acceptInsecureCerts: true });
    return {
      marionette,
      async close() {
        const ended = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
        const quit = marionette.send('Marionette:Quit', { flags: ['eForceQuit'] });
        // It may be gone before it has answered.
        quit.catch(() => undefined);
        await Promise.race([ended, after(QUIT_LIMIT_MS)]);
        marionette.close();
        process.off('exit', discard);
        discard();
      },
    };
  } catch (error) {
    process.off('exit', discard);
    discard();
    throw error;
  }
}

/** Path of a Firefox: FIREFOX_PATH, else on PATH, else the usual places. Throws when there is none. */
export function findFirefox(): string {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => [join(folder, 'firefox-esr'), join(folder, 'firefox')]);
  const candidates = [
    process.env.FIREFOX_PATH,
    ...onPath,
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found === undefined)
    throw new Error('No Firefox was found. Install one or set FIREFOX_PATH to its executable.');
  return found;
}

function runFirefox(program: string, profile: string, options: FirefoxOptions): ChildProcess {
  const preferences = {
    ...localPreferences(options.githubPort),
    // A free port, which it writes to MarionetteActivePort.
    'marionette.port': 0,
    ...options.preferences,
  };
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  // The popup and the console are read in the browser's own context, which needs system access.
  const words = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote'];
  return spawn(program, [...words, '--profile', profile, '--width=1280', '--height=900'], {
    env: {
      ...process.env,
      // What it keeps elsewhere goes with the profile; and root may run it.
      HOME: profile,
      TMPDIR: profile,
      // Firefox crashes rather than connect to anything but this machine.
      MOZ_DISABLE_NONLOCAL_CONNECTIONS: '1',
      // Without it a released Firefox ignores services.settings.server.
      MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
      MOZ_CRASHREPORTER_DISABLE: '1',
    },
    stdio: 'ignore',
  });
}

/** Waits for the port that Firefox has chosen. Throws when it ends, or takes too long. */
async function marionettePort(browser: ChildProcess, profile: string): Promise<number> {
  const file = join(profile, 'MarionetteActivePort');
  let failed: Error | undefined;
  browser.once('error', (error) => {
    failed = error;
  });
  const read = () => {
    if (failed !== undefined) throw failed;
    const { exitCode, signalCode } = browser;
    if (exitCode !== null || signalCode !== null)
      throw new Error(`Firefox ended at its start (${exitCode ?? signalCode}).`);
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  };
  return until('Firefox to start', read, (port) => port > 0, START_LIMIT_MS);
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
