import type { Consequence } from '../../lib/core/differences/choice.ts';
import type { Chosen } from '../../lib/core/differences/chosen.ts';
import type { Difference } from '../../lib/core/differences/difference.ts';
import { applyEdits } from '../../lib/core/text/apply-edits.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { type ChecklistPeople, createPeople } from './checklist-people.ts';
import { createFakeClock } from './fake-clock.ts';
import { createPlague } from './kill.ts';
import { createRandom, type Random } from './random.ts';
import { createMasterlist, type Masterlist } from './reconcile-runs.ts';
import { OTHER } from './reconcile-setup.ts';
import { createSyncFake, type SyncFake } from './sync-fake.ts';
import { createBrowser, MASTER } from './sync-world.ts';

/** What came of a checklist on which people and Masterlist had worked. All lists of problems are empty when it is well. */
export interface DriftResult {
  readonly actions: number;
  readonly kills: number;
  /** Writes of the text by Masterlist, and issues that it created. */
  readonly writes: number;
  readonly created: number;
  /** Items that the last run resolved. */
  readonly resolved: number;
  readonly problems: readonly string[];
}

/** How much is done to a checklist. */
export interface DriftOptions {
  readonly steps?: number;
  /** Probability that the worker dies at a point where it can. */
  readonly kill?: number;
  /** Told after each action. */
  readonly trace?: (what: string, text: string) => void;
}

interface Drift {
  readonly random: Random;
  readonly fake: SyncFake;
  readonly people: ChecklistPeople;
  readonly masterlist: Masterlist;
  readonly shadow: () => string;
}

/** A random checklist, random actions by people and by Masterlist, then a reconcile with the safe choices, and once more. */
export async function drift(seed: number, options: DriftOptions = {}): Promise<DriftResult> {
  const { steps = 100, kill = 0, trace = () => {} } = options;
  const random = createRandom(seed);
  const clock = createFakeClock();
  const killer = createPlague(createRandom(seed + 1_000_000), kill, 60);
  let shadow = randomChecklist(random);
  const fake = createSyncFake({ clock, master: MASTER, text: shadow });
  const browser = createBrowser({ clock, fake, killer });
  browser.rules = { ...browser.rules, parents: random.chance(0.3) };
  const identity = random.chance(0.3) ? 'block' : 'links';
  const masterlist = createMasterlist({ clock, fake, browser, identity, targets: [OTHER], killer });
  // What people alone would have made of the text.
  const beside = createPeople({
    master: MASTER,
    edit: (change) => {
      shadow = change(shadow);
    },
  });
  const people = both(createPeople(fake), beside, () => fake.text());
  const all: Drift = { random, fake, people, masterlist, shadow: () => shadow };
  fake.before = (request) => {
    // Once in a while somebody writes a line between our read and our write.
    if (request !== 'updateMaster' || isRaced || !random.chance(0.1)) return undefined;
    isRaced = true;
    people.prose(random.whole(4), 'In between.');
    return undefined;
  };
  let isRaced = false;
  const problems: string[] = [];
  const check = (what: string) => {
    const [now, wanted] = [ofPeople(fake.text()), ofPeople(shadow)];
    if (now !== wanted && problems.length === 0)
      problems.push(
        `${what}: text of people changed\n${fake.text()}\n--- people alone:\n${shadow}`,
      );
  };
  trace('start', fake.text());
  await masterlist.generate(() => random.chance(0.7));
  for (let step = 1; step <= steps; step++) {
    isRaced = false;
    const what = await act(all, step);
    if (what in byMasterlist(all)) check(`step ${step} ${what}`);
    trace(`${step} ${what}`, fake.text());
    clock.advance(random.whole(900_000));
    if (problems.length > 0) break;
  }
  fake.before = () => undefined;
  const issues = issuesOf(fake);
  const resolved = await converge(all, problems, trace, () => clock.advance(600_000));
  check('at the end');
  if (issuesOf(fake) !== issues) problems.push('an issue was changed');
  const events = await masterlist.events();
  const doubles = doublesOf(fake);
  if (doubles.length > 0) problems.push(`created twice: ${doubles.join(', ')}`);
  const count = (kind: string) => events.filter((event) => event.kind === kind).length;
  return {
    actions: steps,
    kills: killer.kills(),
    writes: count('write-master'),
    created: count('create-issue') + count('find-issue'),
    resolved,
    problems,
  };
}

/** One run by the safe choices, or by night and then by them, resolves all that it can; what comes after it changes nothing. */
async function converge(
  { random, fake, masterlist }: Drift,
  problems: string[],
  trace: (what: string, text: string) => void,
  wait: () => void,
): Promise<number> {
  let resolved = 0;
  const safely = async () => (await masterlist.reconcile(safeChoices)).resolution.rows.length;
  const nightly = async () => (await masterlist.night()).updated;
  const isByNight = random.chance(0.5);
  for (const run of isByNight ? [nightly, safely] : [safely]) {
    wait();
    resolved += await run();
    trace('converging', fake.text());
  }
  const text = fake.text();
  let isNoted = false;
  let log = (await masterlist.events()).length;
  for (const run of [nightly, safely, nightly]) {
    wait();
    const again = await run();
    if (again > 0) problems.push('a second run resolved something');
    if (fake.text() !== text)
      problems.push(`a second run changed the text\n${text}\n--- to:\n${fake.text()}`);
    const added = (await masterlist.events()).slice(log);
    // What a sync reads anew, and has to remark, of a new text it notes once.
    const said = added.filter(({ kind }) => kind !== 'read' && kind !== 'match');
    const isWrong =
      said.length > 1 ||
      said.some(({ kind }) => kind !== 'remark') ||
      (isNoted && added.length > 0);
    if (isWrong) problems.push(`a second run logged ${JSON.stringify(added)}`);
    log += added.length;
    isNoted = true;
  }
  return resolved;
}

function safeChoices({ plan }: { readonly plan: { readonly differences: readonly Difference[] } }) {
  return plan.differences.flatMap(({ id, safe }): Chosen[] =>
    safe === undefined ? [] : [{ kind: 'offered', difference: id, choice: safe }],
  );
}

/** Choices that change no words of people. */
function harmlessChoices(differences: readonly Difference[], random: Random): readonly Chosen[] {
  return differences.flatMap(({ id, choices }): Chosen[] => {
    const possible = choices.flatMap((one, choice) => (isHarmless(one) ? [choice] : []));
    const choice = random.pick(possible);
    if (choice === undefined || !random.chance(0.4)) return [];
    return [{ kind: 'offered', difference: id, choice }];
  });
}

const HARMLESS: ReadonlySet<string> = new Set([
  ...['tick', 'untick', 'append-pull-requests', 'link', 'relink', 'comment'],
]);

function isHarmless({ choice, edits }: Consequence): boolean {
  return choice.kind !== 'link-to' && edits.every(({ kind }) => HARMLESS.has(kind));
}

async function act(all: Drift, step: number): Promise<string> {
  const { random, fake } = all;
  // More than there are at the most: an item that is not there is left alone.
  const items = fake.text().match(/\[[ x]\] /g)?.length ?? 0;
  const acts = random.chance(0.16) ? byMasterlist(all) : byPeople(all, items, step);
  const [what, run] = random.pick(Object.entries(acts)) ?? ['nothing', () => {}];
  await run();
  return what;
}

function byMasterlist({ random, masterlist }: Drift): Record<string, () => Promise<unknown>> {
  return {
    generate: () => masterlist.generate(() => random.chance(0.5)),
    sync: () => masterlist.sync(),
    night: () => masterlist.night(),
    reconcile: () => masterlist.reconcile(safeChoices),
    choose: () => masterlist.reconcile(({ plan }) => harmlessChoices(plan.differences, random)),
    undo: async () => {
      const logged = (await masterlist.events()).map(({ run }) => run);
      const run = random.pick([...new Set([...logged, ...masterlist.runs])]);
      if (run !== undefined) await masterlist.undo(run);
    },
  };
}

function byPeople(
  { random, fake, people }: Drift,
  items: number,
  step: number,
): Record<string, () => unknown> {
  const things = fake.list();
  const issue = random.pick(things.filter(({ kind }) => kind === 'issue'));
  const pull = random.pick(things.filter(({ mergedAt }) => mergedAt !== undefined));
  const item = random.whole(items);
  const other = random.whole(items);
  const free = fake.freeNumber();
  const form = random.pick(FORMS) ?? String;
  const reason = random.pick(['completed', 'completed', 'not-planned', 'duplicate'] as const);
  const text = {
    tick: () => people.tick(item),
    untick: () => people.untick(item),
    rename: () => people.rename(item, `Check thing ${step}`),
    move: () => people.move(item, other),
    remove: () => items > 2 && random.chance(0.5) && people.remove(item),
    add: () => people.add(`New thing ${step}`, other),
    copy: () => random.chance(0.5) && people.copy(item),
    wrong: () => people.append(item, `(#${random.pick([free, 1, issue?.number ?? 2])})`),
    words: () => people.append(item, 'soon'),
    strip: () => people.strip(item),
    reform: () => people.reform(item, form),
    prose: () => people.prose(item, `Remark ${step}.`),
  };
  if (issue === undefined) return text;
  return {
    ...text,
    close: () => issue.state === 'open' && fake.close(issue.ref, reason),
    'close again': () => issue.state === 'open' && fake.close(issue.ref),
    reopen: () => issue.state === 'closed' && fake.reopen(issue.ref),
    retitle: () => fake.retitle(issue.ref, `Retitled ${step}`),
    transfer: () => random.chance(0.5) && fake.transfer(issue.ref, OTHER),
    delete: () => random.chance(0.3) && fake.delete(issue.ref),
    link: () => people.append(item, `(closes #${issue.number})`),
    merge: () => {
      fake.addPull(free, `Closes #${issue.number}`);
      fake.merge(free);
    },
    revert: () => pull !== undefined && fake.revert(pull.number),
  };
}

const FORMS: readonly ((link: string) => string)[] = [
  (link) => link,
  (link) => `- fixes ${link}`,
  (link) => `(${link})`,
  (link) => `[${link}](https://github.com/octo/demo/issues/${/\d+$/.exec(link)?.[0]})`,
  (link) => `https://github.com/octo/demo/issues/${/\d+$/.exec(link)?.[0]}`,
];

/** Every edit in the text as it is, and in the text as it would be without Masterlist; none in the second where the first stays. */
function both(real: ChecklistPeople, beside: ChecklistPeople, text: () => string): ChecklistPeople {
  const all = Object.entries(real).map(([name, edit]) => [
    name,
    (...args: readonly unknown[]) => {
      const before = text();
      Reflect.apply(edit, undefined, args);
      if (text() !== before) Reflect.apply(Reflect.get(beside, name), undefined, args);
    },
  ]);
  return Object.fromEntries(all);
}

function randomChecklist(random: Random): string {
  const end = random.chance(0.5) ? '\r\n' : '\n';
  const lines = ['# Plan', '', 'Please tick when done.  ', ''];
  const count = 4 + random.whole(5);
  for (let n = 0; n < count; n++) {
    if (n > 0 && random.chance(0.2)) lines.push('', `## Part ${n}`, '');
    const nested = n > 0 && random.chance(0.2) && /^[-*] \[/.test(lines.at(-1) ?? '');
    const words = random.chance(0.15) ? 'Check the translations' : `Verify *step* ${n}`;
    lines.push(
      `${nested ? '  ' : ''}- [${random.chance(0.1) ? 'x' : ' '}] ${words}${random.chance(0.1) ? '\t' : ''}`,
    );
  }
  // Behind it nobody edits, so that it does not matter where the hidden block stands.
  lines.push('', 'The end, see #7.', ...(random.chance(0.5) ? [''] : []));
  return lines.join(end);
}

/** A text without boxes, our comments, and links of items: what nobody but people writes. */
function ofPeople(text: string): string {
  const { markdown } = applyEdits(
    text,
    [
      { kind: 'comment', name: 'map', content: '' },
      { kind: 'comment', name: 'claim', content: '' },
    ],
    { repo: MASTER.repo },
  );
  // Where people wrote on behind the hidden block, something must stay in its place.
  const bare = markdown.replace(/(?:\r\n|\n)<!-- -->/g, '');
  let rest = '';
  let at = 0;
  for (const { boxOffset, textStart, textEnd } of parseChecklist(bare).items) {
    const words = bare.slice(textStart, textEnd).replace(LINKS, '');
    rest += `${bare.slice(at, boxOffset)}_${bare.slice(boxOffset + 1, textStart)}${words}`;
    at = textEnd;
  }
  return rest + bare.slice(at);
}

const REF = '(?:[\\w.-]+/[\\w.-]+)?#\\d+';
const URL = 'https://github\\.com/[\\w/-]+/\\d+';
const LINKS = new RegExp(
  `[ \\t]*(?:\\((?:closes )?${REF}(?:, ${REF})*\\)|\\[${REF}\\]\\(${URL}\\)|(?:- fixes )?${REF}|${URL})`,
  'g',
);

function issuesOf(fake: SyncFake): string {
  return JSON.stringify(
    fake.list().map(({ ref, title, body, state, reason }) => [ref, title, body, state, reason]),
  );
}

/** Issues of one run for one item. */
function doublesOf(fake: SyncFake): readonly string[] {
  const markers = fake.list().flatMap(({ body }) => body.match(/item=\S+ text=\S+ run=\S+/g) ?? []);
  return markers.filter((marker, index) => markers.indexOf(marker) !== index);
}
