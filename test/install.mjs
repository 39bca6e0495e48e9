// `node test/install.mjs SCRIPT [ARGUMENT …]`: installs what tests and demo need on a machine that has only Node
// and npm, then runs the script on the Node that was installed. Plain JavaScript, because it runs before
// anything is there, on the machine's own Node.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Browsers: the programs that would do, the package that brings one, and how to say where another one is. */
const CHROMIUM = {
  name: 'Chromium or Google Chrome',
  programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  aptPackage: 'chromium',
  variable: 'CHROMIUM_PATH',
};
const FIREFOX = {
  name: 'Firefox',
  programs: ['firefox-esr', 'firefox'],
  aptPackage: 'firefox-esr',
  variable: 'FIREFOX_PATH',
};
const FONTS = ['fonts-liberation', 'fonts-noto-color-emoji'];
/** Set to anything, nothing is installed on the machine itself. */
const NO_APT = 'MASTERLIST_NO_APT';
/** Scripts that need Firefox too. */
const IN_FIREFOX = ['test/run.ts'];

const script = process.argv.slice(2);
installPackages();
installBrowsers(IN_FIREFOX.includes(script[0]) ? [CHROMIUM, FIREFOX] : [CHROMIUM]);
process.exit(runScript(script));

function installPackages() {
  const lockfile = readFileSync(join(ROOT, 'package-lock.json'));
  const wanted = createHash('sha256').update(lockfile).digest('hex');
  const stamp = join(ROOT, 'node_modules', '.masterlist-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing npm packages…');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  writeFileSync(stamp, wanted);
}

function installBrowsers(wanted) {
  const missing = wanted.filter(
    ({ programs, variable }) => !process.env[variable] && !programs.some(isOnPath),
  );
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) failFor(missing);
  const packages = [...missing.map(({ aptPackage }) => aptPackage), ...FONTS];
  if (process.env[NO_APT]) {
    console.error(`${NO_APT} is set: apt-get would install ${packages.join(', ')}.`);
    failFor(missing);
  }
  console.log(`apt-get installs ${packages.join(', ')}. (${NO_APT}=1 switches this off.)`);
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  try {
    execFileSync('apt-get', ['update', '-qq'], quiet);
    execFileSync('apt-get', install, quiet);
  } catch {
    failFor(missing);
  }
}

function failFor(missing) {
  for (const { name, variable } of missing)
    console.error(`${name} is missing: install it, or set ${variable} to its program file.`);
  process.exit(1);
}

function runScript(words) {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = join(ROOT, 'node_modules', 'node', 'bin', file);
  const node = existsSync(installed) ? installed : process.execPath;
  return spawnSync(node, words, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

function isOnPath(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
