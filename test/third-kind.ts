/** `npm run test:third-kind`: a third kind of job, kept as a patch of four files and a test, is applied, type-checked and tested in a copy. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = new URL('..', import.meta.url).pathname;
const COPIED = ['.wxt', 'components', 'entrypoints', 'lib', 'public', 'test'];
const FILES = ['package.json', 'tsconfig.json', 'wxt.config.ts'];

const STEPS = [
  'git apply --unsafe-paths test/engine/third-kind.patch',
  'tsc --noEmit',
  'vitest run --config test/vitest.config.ts --project plain test/engine/third-kind.test.ts',
];

const copy = mkdtempSync(join(tmpdir(), 'third-kind-'));
try {
  for (const name of [...COPIED, ...FILES]) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const path = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path, GIT_CEILING_DIRECTORIES: tmpdir() };
  const failed = STEPS.find((command) => {
    console.log(`▶ ${command}`);
    return spawnSync(command, { cwd: copy, stdio: 'inherit', shell: true, env }).status !== 0;
  });
  if (failed !== undefined) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
