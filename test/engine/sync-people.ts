import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import type { Random } from './random.ts';
import type { SyncFake } from './sync-fake.ts';

/** How many items the checklist of a race has, and what becomes of each kind. */
export const ITEMS = 24;

/**
 * Items by number: 0 to 11 are closed, merged and reopened by people; 12 to 17 are ticked by hand only, their issues
 * stay open; 18 to 23 link nothing.
 */
export function raceText(): string {
  const lines = ['# Release plan', '', 'Please tick when done.  ', ''];
  for (let remark = 1; remark <= 12; remark++) lines.push(`Remark ${remark}: keep calm.`, '');
  for (let item = 0; item < ITEMS; item++) {
    if (item % 9 === 0) lines.push('', `## Part ${item / 9 + 1}`, '');
    lines.push(
      `${'*-+'[item % 3]} [ ] Verify step ${item} now${item < 18 ? ` (closes #${100 + item})` : ''}\t`,
    );
    if (item % 5 === 4) lines.push('  + some detail below');
  }
  lines.push('', '```', '- [ ] not a task', '```', '', 'The end.');
  return lines.join('\r\n');
}

/** What people did, and what must be seen of it at the end. */
export interface RacePeople {
  /** One random thing that somebody does. */
  act(): void;
  /** Words that must stand in the text, and words that must not. */
  present(): readonly string[];
  absent(): readonly string[];
  /** By item: whether a person left it ticked, where nobody else may touch it. */
  readonly hand: ReadonlyMap<number, boolean>;
  /** Items (of 0 to 11) whose box or numbers people touched: what sync does with them is the plan's affair. */
  readonly touched: ReadonlySet<number>;
}

/** Lets people work on a fake: they edit prose and items, tick, close, reopen and merge. */
export function inhabitRace(fake: SyncFake, random: Random): RacePeople {
  const present = new Set<string>();
  const absent = new Set<string>();
  const hand = new Map<number, boolean>();
  const touched = new Set<number>();
  const merged = new Map<number, number>();
  let step = 0;
  for (let item = 0; item < 18; item++) fake.addIssue(100 + item);
  const edit = (change: (text: string) => string) => {
    const before = fake.text();
    fake.edit(change, 'human');
    return fake.text() !== before;
  };
  const line = (item: number) => new RegExp(`^.*Verify step ${item} .*$`, 'm');

  const acts: readonly (() => void)[] = [
    // New prose, and prose that goes again.
    () => {
      const word = `Note ${++step};`;
      const remark = 1 + random.whole(12);
      const place = `Remark ${remark}: keep calm.`;
      if (edit((text) => text.replace(place, `${place}\r\n${word}`))) present.add(word);
    },
    () => {
      const word = random.pick([...present].filter((one) => one.startsWith('Note')));
      if (word === undefined) return;
      if (!edit((text) => text.replace(`\r\n${word}`, ''))) return;
      present.delete(word);
      absent.add(word);
    },
    // Words added to an item's own line.
    () => {
      const item = random.whole(ITEMS);
      const word = `reworded-${++step}-`;
      if (edit((text) => text.replace(line(item), (all) => all.replace(/ now/, ` ${word} now`))))
        present.add(word);
    },
    // A tick by hand, of an item that only people touch.
    () => {
      const item = 12 + random.whole(12);
      const tick = random.chance(0.6);
      const box = tick ? '[x]' : '[ ]';
      if (edit((text) => text.replace(line(item), (all) => all.replace(/\[[ x]\]/, box))))
        hand.set(item, tick);
    },
    // A tick or its contrary on an item that sync follows too.
    () => {
      const item = random.whole(12);
      const box = random.chance(0.5) ? '[x]' : '[ ]';
      if (edit((text) => text.replace(line(item), (all) => all.replace(/\[[ x]\]/, box))))
        touched.add(item);
    },
    () => fake.close(100 + random.whole(12), random.chance(0.8) ? 'completed' : 'not-planned'),
    () => {
      const number = 100 + random.whole(12);
      if (fake.thing(number)?.state === 'closed') fake.reopen(number);
    },
    () => {
      const item = random.whole(12);
      const pull = 300 + ++step;
      const base = random.chance(0.8) ? 'main' : 'release/1';
      fake.addPull(pull, `Closes #${100 + item}`, base);
      fake.merge(pull);
      merged.set(pull, item);
    },
    // Somebody adds a number by hand, before or while sync does.
    () => {
      const [pull, item] = random.pick([...merged]) ?? [];
      if (pull === undefined || item === undefined) return;
      const found = line(item).exec(fake.text())?.[0] ?? '';
      if (found === '' || found.includes(`#${pull}`)) return;
      if (edit((text) => text.replace(line(item), (all) => all.replace(/\t?$/, ` (#${pull})`))))
        touched.add(item);
    },
  ];

  return {
    act: () => random.pick(acts)?.(),
    present: () => [...present],
    absent: () => [...absent],
    hand,
    touched,
  };
}

/** What came of a race. */
export interface RaceVerdict {
  /** Words of people that are gone, that came back, or that stand twice, or ticks of theirs that turned; and whether the log said so. */
  readonly lost: readonly string[];
  readonly told: boolean;
  /** Numbers that stand twice on one line. */
  readonly doubled: readonly string[];
  /** Items that nobody touched and that are not as GitHub has them. */
  readonly wrong: readonly string[];
}

/**
 * Judges the text at the end. `told` is whether somebody was told that people met on one line; `remarked` are the texts
 * of items that the panel shows with a reason: an issue that was closed again while its reopening was written looks as
 * if a person had taken the tick back.
 */
export function judgeRace(
  fake: SyncFake,
  people: RacePeople,
  told: boolean,
  remarked: ReadonlySet<string>,
): RaceVerdict {
  const text = fake.text();
  const { items } = parseChecklist(text);
  const itemOf = (number: number) => items.find((item) => item.text.includes(`step ${number} `));
  const lost = [
    ...people.present().filter((word) => !text.includes(word)),
    ...people
      .present()
      .filter((word) => text.split(word).length > 2)
      .map((word) => `${word} stands twice`),
    ...people.absent().filter((word) => text.includes(word)),
    ...[...people.hand].flatMap(([number, tick]) =>
      itemOf(number)?.checked === tick ? [] : [`tick of ${number}`],
    ),
  ];
  const doubled = items.flatMap((item) => {
    const numbers = item.references.map(({ number }) => number);
    return numbers.length === new Set(numbers).size ? [] : [item.text];
  });
  const wrong = Array.from({ length: 12 }, (_, at) => at).flatMap((number) => {
    if (people.touched.has(number)) return [];
    const item = itemOf(number);
    if (item !== undefined && remarked.has(item.text)) return [];
    const issue = fake.thing(100 + number);
    const isClosed = issue?.state === 'closed' && issue.reason === 'completed';
    // Of an issue that was reopened the numbers wait until it closes again.
    const closers = issue?.state === 'closed' ? issue.closers : [];
    const missing = closers.filter((pull) => !item?.references.some((one) => one.number === pull));
    const unticked = isClosed && item?.checked !== true;
    return unticked || missing.length > 0 ? [`${item?.text} misses ${missing.join()}`] : [];
  });
  return { lost, told, doubled, wrong };
}
