import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly license?: string;
}

const LOCKFILE = readFileSync('package-lock.json');
const { packages }: { packages: Record<string, Locked> } = JSON.parse(LOCKFILE.toString());
const LOCKED = Object.entries(packages).filter(([path]) => path !== '');

describe('the lockfile', () => {
  it('has the hash of every package, and no address: none comes from git, a file or a URL', () => {
    expect(LOCKED.length).toBeGreaterThan(100);
    const strange = LOCKED.filter(
      ([, { integrity, resolved, link, version }]) =>
        !/^sha512-[\w+/]{86}==$/.test(integrity ?? '') ||
        resolved !== undefined ||
        link === true ||
        !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? ''),
    );
    expect(strange).toEqual([]);
  });

  it('names a license for every package, and no GPL', () => {
    const strange = LOCKED.filter(([, { license = 'unknown' }]) =>
      /\b[AL]?GPL|unknown|unlicensed|see license/i.test(license),
    );
    expect(strange).toEqual([]);
  });

  it('is of exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const asked = Object.values<string>({ ...dependencies, ...devDependencies });
    expect(asked.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

describe('setting up on a machine without browsers', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  /** The set-up as copied to a machine where `apt-get` only writes down what it was asked. */
  function setUp(variables: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(join(tmpdir(), 'masterlist-set-up-'));
    folders.push(folder);
    for (const name of ['bin', 'test', 'node_modules']) mkdirSync(join(folder, name));
    copyFileSync('test/install.mjs', join(folder, 'test/install.mjs'));
    writeFileSync(join(folder, 'package-lock.json'), LOCKFILE);
    const stamp = createHash('sha256').update(LOCKFILE).digest('hex');
    writeFileSync(join(folder, 'node_modules/.masterlist-installed'), stamp);
    writeFileSync(join(folder, 'script.js'), 'console.log("ran");');
    for (const [name, line] of [
      ['apt-get', `echo "$@" >> ${join(folder, 'asked')}`],
      // The set-up looks for programs with the shell; this one finds none but apt-get.
      ['sh', '[ "$2" = "command -v apt-get" ]'],
    ] as const) {
      writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${line}\n`);
      chmodSync(join(folder, 'bin', name), 0o755);
    }
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(folder, 'test/install.mjs'), 'script.js'],
      { encoding: 'utf8', env: { PATH: join(folder, 'bin'), ...variables } },
    );
    const asked = spawnSync('/bin/cat', [join(folder, 'asked')], { encoding: 'utf8' }).stdout;
    return { stdout, stderr, status, asked };
  }

  const PACKAGES = ['chromium', 'fonts-liberation', 'fonts-noto-color-emoji'];

  it.runIf(process.getuid?.() === 0)('says what apt-get installs before it does', () => {
    const { stdout, status, asked } = setUp({});
    expect(stdout).toBe(
      `apt-get installs ${PACKAGES.join(', ')}. (MASTERLIST_NO_APT=1 switches this off.)\nran\n`,
    );
    expect(status).toBe(0);
    expect(asked).toContain(`install -y -qq --no-install-recommends ${PACKAGES.join(' ')}`);
  });

  it.runIf(process.getuid?.() === 0)('installs nothing where that is switched off', () => {
    const { stdout, stderr, status, asked } = setUp({ MASTERLIST_NO_APT: '1' });
    expect(stderr).toContain(`apt-get would install ${PACKAGES.join(', ')}.`);
    expect(stderr).toContain('Chromium or Google Chrome is missing');
    expect({ stdout, status, asked }).toEqual({ stdout: '', status: 1, asked: '' });
  });
});
