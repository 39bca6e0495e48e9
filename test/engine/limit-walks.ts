import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import type { Walk } from '../background/limits-walk.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** A walk gathers workers and alarms: many of this length see more than a long one. */
const STEPS_PER_WALK = 250;

/**
 * Walks at random over all handlers and alarms of the background while GitHub asks to wait now and then
 * (`test/background/limits.test.ts`, which needs the browser that Vitest stands in for).
 */
export function walkUnderLimits(first: number, steps: number) {
  const folder = mkdtempSync(join(tmpdir(), 'masterlist-walks-'));
  const { status } = spawnSync(
    'vitest',
    ['run', '--config', 'test/vitest.config.ts', 'test/background/limits.test.ts', '-t', 'seed'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...env,
        LIMIT_WALKS: String(Math.ceil(steps / STEPS_PER_WALK)),
        LIMIT_STEPS: String(Math.min(steps, STEPS_PER_WALK)),
        LIMIT_FIRST: String(first),
        LIMIT_FOLDER: folder,
      },
    },
  );
  const walks = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Walk,
  );
  rmSync(folder, { recursive: true });
  const sum = (count: (walk: Walk) => number) =>
    walks.reduce((total, walk) => total + count(walk), 0);
  return {
    steps: sum((walk) => walk.steps),
    requests: sum((walk) => walk.requests),
    limits: sum((walk) => walk.limits),
    refused: sum((walk) => walk.refused),
    whileLimited: sum((walk) => walk.requestsWhileLimited.length),
    failed: status === 0 ? 0 : 1,
  };
}
