/** Runs unit tests on other days and in other zones, one after the other; arguments go to Vitest. Stops at none, fails if one fails. */
import { spawnSync } from 'node:child_process';

const DAY_MS = 86_400_000;
const now = Date.now();

const DAYS: readonly (readonly [name: string, at: string, zone: string])[] = [
  ['today', day(0), 'UTC'],
  ['a day ahead', day(1), 'UTC'],
  ['400 days ahead, east of all', day(400), 'Pacific/Kiritimati'],
  ['400 days ahead, west of all', day(400), 'Pacific/Pago_Pago'],
  ['a leap day', '2028-02-29T12:00:00Z', 'UTC'],
  ['a night when the clock is put back', '2026-10-25T00:30:00Z', 'Europe/Berlin'],
];

const failed = DAYS.filter(([name, at, zone]) => {
  console.log(`\n▶ ${name}: TEST_NOW=${at} TZ=${zone}`);
  const { status } = spawnSync(
    'vitest',
    ['run', '--config', 'test/vitest.config.ts', ...process.argv.slice(2)],
    { stdio: 'inherit', env: { ...process.env, TEST_NOW: at, TZ: zone } },
  );
  return status !== 0;
});
for (const [name] of failed) console.error(`✖ ${name}`);
process.exit(failed.length === 0 ? 0 : 1);

function day(ahead: number): string {
  return new Date(now + ahead * DAY_MS).toISOString();
}
