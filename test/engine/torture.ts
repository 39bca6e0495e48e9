import { mkdirSync, writeFileSync } from 'node:fs';
import { runAttacks } from '../hostile/run-attacks.ts';
import type { Verdict } from './judge.ts';
import { KILL_POINTS } from './kill.ts';
import { KILLED_ITEMS, killOnce } from './kill-run.ts';
import { walkUnderLimits } from './limit-walks.ts';
import { spread } from './spread.ts';
import { TEXTS_PER_SEED } from './text-torture.ts';
import type { TortureResult } from './torture-run.ts';

/** `npm run torture [runs] [first seed]`: every kill point at every item, random runs of the job engine, the naive script beside it, races of two syncing browsers, two machines that take runs over from each other, checklists on which people and Masterlist worked before they are reconciled, ten texts for each run that are edited and read again, walks over the whole background while GitHub asks to wait, and every attack of `test/hostile`. */
const runs = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? 1);

/** Sums over runs. */
interface Sums {
  runs: number;
  items: number;
  requests: number;
  kills: number;
  recoveries: number;
  duplicates: number;
  missing: number;
  wrongLinks: number;
  damaged: number;
  collisions: number;
}

const engine = createSums();
const naive = createSums();
const once = createSums();
const started = Date.now();

for (const point of KILL_POINTS) {
  for (let item = 0; item < KILLED_ITEMS; item++) {
    const result = await killOnce(point, item);
    add(once, { ...result, recoveries: 0, requests: 0, collisions: 0, items: KILLED_ITEMS });
    if (isBad(result)) console.log(`killed at ${point}, item ${item}:`, JSON.stringify(result));
  }
}
print(`every kill point at every one of ${KILLED_ITEMS} items`, once);

for await (const { seed, result } of spread('engine', first, runs)) {
  add(engine, result);
  if (isBad(result)) console.log(`seed ${seed}:`, JSON.stringify(result));
  if (engine.runs % Math.max(1, Math.floor(runs / 20)) === 0) printProgress();
}
// A fifth is enough to compare with.
for await (const { result } of spread('naive', first, Math.ceil(runs / 5))) add(naive, result);

print('job engine', engine);
print('naive script', naive);
const races = await runRaces(Math.ceil(runs / 5));
const takeovers = await runTakeovers(Math.ceil(runs / 5));
const drifts = await runDrifts(runs);
const texts = await runTexts(runs);
console.log('texts:', JSON.stringify(texts));
const limits = walkUnderLimits(first, runs);
console.log('limits:', JSON.stringify(limits));
mkdirSync('.output', { recursive: true });
const attacks = runAttacks();
console.log('attacks:', JSON.stringify(attacks));
writeFileSync('.output/torture.json', `${JSON.stringify(figures(), null, 2)}\n`);
const bad =
  races.bad +
  takeovers.bad +
  drifts.bad +
  texts.bad +
  limits.whileLimited +
  limits.failed +
  attacks.failed;
process.exitCode = [engine, once].some(isBadSum) || bad > 0 ? 1 : 0;

/** Two browsers and people on one checklist: one race for each five runs, because one takes longer. */
async function runRaces(count: number) {
  const sums = {
    races: 0,
    edits: 0,
    writes: 0,
    kills: 0,
    lost: 0,
    told: 0,
    toldOf: 0,
    doubled: 0,
    bad: 0,
  };
  for await (const { seed, result } of spread('race', first, count)) {
    const lost = result.told ? 0 : result.lost.length;
    const isWrong = result.wrong.length > 0 || result.unsettled;
    sums.races++;
    sums.edits += result.edits;
    sums.writes += result.writes;
    sums.kills += result.kills;
    sums.lost += lost;
    sums.told += result.told ? result.lost.length : 0;
    sums.toldOf += result.told ? 1 : 0;
    sums.doubled += result.doubled.length;
    if (lost + result.doubled.length > 0 || isWrong) {
      sums.bad++;
      console.log(`race ${seed}:`, JSON.stringify(result));
    }
    if (sums.races % Math.max(1, Math.floor(count / 10)) === 0) {
      console.log(`${sums.races}/${count} races:`, JSON.stringify(sums));
    }
  }
  return sums;
}

/** Two machines that are stopped and woken at any step, and take runs over from each other. */
async function runTakeovers(count: number) {
  const sums = { runs: 0, takeovers: 0, takenOver: 0, stops: 0, doubled: 0, bad: 0 };
  for await (const { seed, result } of spread('takeover', first, count)) {
    sums.runs++;
    sums.takeovers += result.takeovers;
    sums.takenOver += result.takenOver;
    sums.stops += result.stops;
    sums.doubled += result.duplicates;
    if (isBad(result)) {
      sums.bad++;
      console.log(`takeover ${seed}:`, JSON.stringify(result));
    }
    if (sums.runs % Math.max(1, Math.floor(count / 10)) === 0) {
      console.log(`${sums.runs}/${count} takeovers:`, JSON.stringify(sums));
    }
  }
  return sums;
}

/** Checklists on which people and Masterlist worked, then reconciled. */
async function runDrifts(count: number) {
  const sums = { runs: 0, actions: 0, writes: 0, created: 0, resolved: 0, kills: 0, bad: 0 };
  for await (const { seed, result } of spread('drift', first, count)) {
    sums.runs++;
    sums.actions += result.actions;
    sums.writes += result.writes;
    sums.created += result.created;
    sums.resolved += result.resolved;
    sums.kills += result.kills;
    if (result.problems.length > 0) {
      sums.bad++;
      console.log(`drift ${seed}:`, result.problems.join('\n'));
    }
    if (sums.runs % Math.max(1, Math.floor(count / 20)) === 0) {
      console.log(`${sums.runs}/${count} reconciled:`, JSON.stringify(sums));
    }
  }
  return sums;
}

/** Generated texts that are edited, and for which issues are generated; each is read again. */
async function runTexts(seeds: number) {
  const sums = { texts: 0, changed: 0, refused: 0, created: 0, hidden: 0, bad: 0 };
  for await (const { seed, result } of spread('texts', first, seeds)) {
    sums.texts += TEXTS_PER_SEED;
    sums.changed += result.changed;
    sums.refused += result.refused;
    sums.created += result.created;
    sums.hidden += result.hidden;
    sums.bad += result.problems.length;
    for (const problem of result.problems) console.log(`texts ${seed}:`, problem);
  }
  return sums;
}

function createSums(): Sums {
  return {
    runs: 0,
    items: 0,
    requests: 0,
    kills: 0,
    recoveries: 0,
    duplicates: 0,
    missing: 0,
    wrongLinks: 0,
    damaged: 0,
    collisions: 0,
  };
}

function add(sums: Sums, result: TortureResult): void {
  sums.runs++;
  sums.items += result.items;
  sums.requests += result.requests;
  sums.kills += result.kills;
  sums.recoveries += result.recoveries;
  sums.duplicates += result.duplicates;
  sums.missing += result.missing;
  sums.wrongLinks += result.wrongLinks;
  sums.damaged += result.damaged ? 1 : 0;
  sums.collisions += result.collisions;
}

function isBad({ duplicates, missing, wrongLinks, damaged }: Verdict): boolean {
  return duplicates + missing + wrongLinks > 0 || damaged;
}

function isBadSum({ duplicates, missing, wrongLinks, damaged }: Sums): boolean {
  return duplicates + missing + wrongLinks + damaged > 0;
}

function printProgress(): void {
  const seconds = Math.round((Date.now() - started) / 1_000);
  const { duplicates, missing, wrongLinks, damaged, kills } = engine;
  console.log(
    `${engine.runs}/${runs} runs, ${seconds} s, ${kills} kills:`,
    `${duplicates} duplicates, ${missing} missing, ${wrongLinks} wrong links, ${damaged} texts damaged`,
  );
}

function print(name: string, sums: Sums): void {
  const percent = (count: number) => `${((100 * count) / Math.max(1, sums.items)).toFixed(2)} %`;
  console.log(
    `${name}: ${sums.runs} runs, ${sums.items} items, ${sums.kills} kills, ${sums.recoveries} recoveries,`,
    `${(sums.requests / Math.max(1, sums.items)).toFixed(2)} requests per item;`,
    `duplicates ${sums.duplicates} (${percent(sums.duplicates)}), missing ${sums.missing} (${percent(sums.missing)}),`,
    `wrong links ${sums.wrongLinks}, texts damaged ${sums.damaged}, collisions told ${sums.collisions}`,
  );
}

function figures() {
  const none = (value: number, unit: string) => ({ value, unit, goal: '0' });
  return {
    runs: { value: engine.runs, unit: 'runs', goal: '>= 10000' },
    'kill-point-runs': { value: once.runs, unit: 'runs', goal: '>= 325' },
    duplicates: none(engine.duplicates + once.duplicates, 'issues'),
    missing: none(engine.missing + once.missing, 'items'),
    'wrong-links': none(engine.wrongLinks + once.wrongLinks, 'links'),
    'texts-damaged': none(engine.damaged + once.damaged, 'runs'),
    races: { value: races.races, unit: 'races', goal: '>= 2000' },
    'edits-lost': none(races.lost, 'edits'),
    'edits-lost-and-told': { value: races.told, unit: `of ${races.edits} edits`, goal: '' },
    'races-told': { value: races.toldOf, unit: `of ${races.races} races`, goal: '' },
    'numbers-doubled': none(races.doubled, 'lines'),
    takeovers: { value: takeovers.takeovers, unit: `in ${takeovers.runs} runs`, goal: '' },
    'takeovers-doubled': none(takeovers.doubled, 'issues'),
    reconciled: { value: drifts.runs, unit: 'checklists', goal: '>= 10000' },
    'reconciled-wrongly': none(drifts.bad, 'checklists'),
    texts: { value: texts.texts, unit: 'texts', goal: '>= 100000' },
    'texts-edited': { value: texts.changed, unit: 'edits', goal: '' },
    'texts-refused': { value: texts.refused, unit: 'edits', goal: '' },
    'texts-generated': { value: texts.created, unit: 'items', goal: '' },
    'texts-linked-in-block': { value: texts.hidden, unit: 'items', goal: '' },
    'texts-wrong': none(texts.bad, 'texts'),
    'limit-steps': { value: limits.steps, unit: 'steps', goal: '>= 10000' },
    'requests-while-limited': none(
      limits.whileLimited,
      `of ${limits.requests} requests, ${limits.limits} limits`,
    ),
    messages: { value: attacks.messages, unit: 'hostile messages', goal: '>= 500' },
    strings: { value: attacks.strings, unit: 'hostile strings', goal: '>= 300' },
    deputies: { value: attacks.deputies, unit: 'confused deputies', goal: '>= 20' },
    'attacks-failed': none(attacks.failed, 'tests'),
    'naive-duplicates': { value: naive.duplicates, unit: `issues in ${naive.runs} runs`, goal: '' },
    'naive-missing': { value: naive.missing, unit: `items in ${naive.runs} runs`, goal: '' },
  };
}
