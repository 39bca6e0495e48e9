// `node test/install.mjs SCRIPT [ARGUMENT …]`: installs what tests and demo need on a machine that has only Node
// and npm, then runs the script on the Node that was installed. Plain JavaScript, because it runs before
// anything is there, on the machine's own Node.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

installPackages();
installChromium();
process.exit(runScript(process.argv.slice(2)));

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

function installChromium() {
  if (process.env.CHROMIUM_PATH || CHROMIUM.some(isOnPath)) return;
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    console.error(
      'Chromium is missing: install Chromium or Google Chrome, or set CHROMIUM_PATH to its program file.',
    );
    process.exit(1);
  }
  console.log('Installing Chromium…');
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
  execFileSync('apt-get', ['update', '-qq'], quiet);
  const packages = ['chromium', 'fonts-liberation', 'fonts-noto-color-emoji'];
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  execFileSync('apt-get', install, quiet);
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
