import { failure } from '../../lib/core/failures.ts';
import { previewSync, syncChecklist } from '../../lib/engine/sync-checklist.ts';
import type { ReconcilePorts } from '../../lib/ports.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createPlague, KillSignal } from './kill.ts';
import { createRandom, type Random } from './random.ts';
import { createSyncFake, type SyncFake } from './sync-fake.ts';
import { inhabitRace, judgeRace, type RaceVerdict, raceText } from './sync-people.ts';
import { type Browser, createBrowser, EVERY_MS, MASTER } from './sync-world.ts';

/** What a race came to. */
export interface RaceResult extends RaceVerdict {
  readonly seed: number;
  readonly kills: number;
  readonly writes: number;
  readonly edits: number;
  /** Whether some browser still wants to write after the quiet polls. */
  readonly unsettled: boolean;
}

/** A browser is wrong by up to a day now and then. */
const SKEWS = [0, 0, 0, 86_400_000, -86_400_000];

/**
 * Two browsers keep one checklist up to date while people edit, tick, close, reopen and merge at random moments, also
 * between a read and a write; workers die, answers get lost, lists lag. Then it is quiet, and the text is judged. `spoil` breaks the engine on purpose.
 */
export async function race(
  seed: number,
  spoil: (ports: ReconcilePorts) => ReconcilePorts = (ports) => ports,
  look: (fake: SyncFake, browsers: readonly Browser[]) => void = () => {},
): Promise<RaceResult> {
  const random = createRandom(seed);
  const clock = createFakeClock();
  const fake = createSyncFake({ clock, master: MASTER, text: raceText(), latency: 400 });
  fake.lag = () => random.whole(40_000);
  const people = inhabitRace(fake, random);
  const turns = createTurns(fake, clock, random, () => {
    if (random.chance(0.25)) people.act();
  });
  const killer = createPlague(random, random.pick([0, 0.01, 0.05]) ?? 0, 12);
  const logins = random.chance(0.5) ? ['ada', 'ada'] : ['ada', 'bob'];
  const browsers = logins.map((login, at) => {
    const browser = createBrowser({ login, clock, fake, killer, skew: random.pick(SKEWS) ?? 0 });
    const { sync } = browser;
    let runs = 0;
    const newId = () => `browser ${at}, run ${++runs}`;
    browser.sync = () => spoil({ ...sync(), newId });
    return browser;
  });
  const troubles = random.pick([0, 0, 0.03]) ?? 0;
  const steps = 12 + random.whole(12);
  for (let step = 0; step < steps; step++) {
    if (random.chance(0.7)) people.act();
    turns.trouble = troubles;
    await turns.run(
      browsers.filter(() => random.chance(0.8)).map((browser) => start(browser, random)),
    );
    clock.advance(random.whole(EVERY_MS));
  }
  turns.calm();
  for (let quiet = 0; quiet < 12; quiet++) {
    clock.advance(EVERY_MS + 60_000);
    await turns.run(browsers.map((browser) => () => browser.poll()));
  }
  const events = (await Promise.all(browsers.map((browser) => browser.events()))).flat();
  look(fake, browsers);
  const told = events.some(({ kind }) => kind === 'notice');
  const verdict = judgeRace(fake, people, told, takenBack(browsers));
  return {
    ...verdict,
    seed,
    kills: killer.kills(),
    writes: events.filter(({ kind }) => kind === 'write-master').length,
    edits: fake.history().filter(({ editor }) => editor === 'human').length,
    unsettled: await wantsMore(browsers),
  };
}

function start(browser: Browser, random: Random): () => Promise<unknown> {
  if (random.chance(0.8)) return () => browser.poll();
  return () =>
    syncChecklist(browser.sync(), {
      checklist: MASTER,
      identity: 'links',
      read: 'all',
      cause: { by: 'click', what: 'sync' },
      background: false,
    });
}

/** Items of which every browser shows that a tick or number of it was taken back. */
function takenBack(browsers: readonly Browser[]): ReadonlySet<string> {
  const [first = [], ...others] = browsers.map((browser) =>
    (browser.record()?.rows ?? []).flatMap(({ text, remarks }) =>
      remarks.some(({ kind }) => kind.endsWith('taken-back')) ? [text] : [],
    ),
  );
  return new Set(first.filter((text) => others.every((other) => other.includes(text))));
}

async function wantsMore(browsers: readonly Browser[]): Promise<boolean> {
  for (const browser of browsers) {
    const preview = await previewSync(browser.sync(), { checklist: MASTER, identity: 'links' });
    if (!preview.ok || (await browser.unverified()) > 0) return true;
    if (preview.value.plan.rows.some(({ changes }) => changes.length > 0)) return true;
  }
  return false;
}

/**
 * Lets requests of several browsers go on one by one, in an order drawn by chance, with people at work between. Who
 * sleeps goes on when it is time; meanwhile the others do.
 */
function createTurns(fake: SyncFake, clock: FakeClock, random: Random, between: () => void) {
  const gates: { readonly due: number; go(): void }[] = [];
  let isCalm = false;
  const waitUntil = (due: number) => new Promise<void>((go) => gates.push({ due, go }));
  const wait = async () => {
    if (!isCalm) await waitUntil(0);
  };
  clock.sleep = (ms) => waitUntil(clock.now() + ms);
  const turns = {
    /** How likely a request fails. */
    trouble: 0,
    calm() {
      isCalm = true;
      turns.trouble = 0;
    },
    async run(starts: readonly (() => Promise<unknown>)[]): Promise<void> {
      let running = starts.length;
      for (const begin of starts) {
        void begin()
          .catch((signal: unknown) => {
            if (!(signal instanceof KillSignal)) throw signal;
          })
          .finally(() => running--);
      }
      while (running > 0) {
        await new Promise((resolve) => setImmediate(resolve));
        if (gates.length === 0) continue;
        if (!isCalm) between();
        const first = Math.min(...gates.map(({ due }) => due));
        if (first > clock.now()) clock.reach(first);
        const ready = gates.filter(({ due }) => due <= clock.now());
        const gate = random.pick(ready);
        if (gate === undefined) continue;
        gates.splice(gates.indexOf(gate), 1);
        gate.go();
      }
    },
  };
  fake.before = async () => {
    await wait();
    return random.chance(turns.trouble) ? failure('server-error', { status: 502 }) : undefined;
  };
  fake.after = async (name) => {
    if (name === 'updateMaster') await wait();
  };
  return turns;
}
