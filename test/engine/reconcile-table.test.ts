import { describe, expect, it } from 'vitest';
import type { Choice } from '../../lib/core/differences/choice.ts';
import type { Chosen } from '../../lib/core/differences/chosen.ts';
import type { Difference, Match } from '../../lib/core/differences/difference.ts';
import type { Finding } from '../../lib/core/differences/kinds.ts';
import { GITHUB_HOST, issueOfChecklist } from '../../lib/core/refs.ts';
import { hasInverse, runKind } from '../../lib/core/runs/run-entry.ts';
import { parseMarker } from '../../lib/core/text/marker.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import type { ReconcileReading } from '../../lib/engine/read-reconcile.ts';
import {
  CASES,
  type Expected,
  MATCHES,
  own,
  TABLE_TEXT,
  type TableCase,
} from './reconcile-cases.ts';
import { createMasterlist, type Masterlist } from './reconcile-runs.ts';
import { kindsOf, OTHER, type ReconcileSetup, setUpReconcile } from './reconcile-setup.ts';
import { MASTER } from './sync-world.ts';

/** Every choice that there is: one that no case offers fails the last test. */
const CHOICES: Readonly<Record<Choice['kind'], true>> = {
  tick: true,
  untick: true,
  'add-pulls': true,
  'remove-pull': true,
  'close-issue': true,
  'reopen-issue': true,
  'retitle-issue': true,
  'rename-item': true,
  link: true,
  'link-to': true,
  relink: true,
  'remove-link': true,
  'create-issue': true,
  'write-block': true,
  leave: true,
};

/** Somebody's issues beside those of the checklist; the next number is 131. */
const BESIDE = 130;

interface Table extends ReconcileSetup {
  readonly masterlist: Masterlist;
}

function setUp({
  text = TABLE_TEXT,
  identity = 'links',
  rules,
  before,
}: Pick<TableCase, 'text' | 'identity' | 'rules' | 'before'>): Table {
  const setup = setUpReconcile(text);
  const { fake, clock, browser } = setup;
  browser.rules = { ...browser.rules, ...rules };
  fake.addIssue(BESIDE, { title: 'Somewhere else' });
  before(setup);
  clock.advance(60_000);
  const targets = [OTHER];
  return { ...setup, masterlist: createMasterlist({ clock, fake, browser, identity, targets }) };
}

function differenceOf({ plan }: ReconcileReading, kind: Finding['kind']): Difference {
  const found = plan.differences.find(({ finding }) => finding.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

function wordsOf({ choices }: Difference): readonly string[] {
  return choices.map(({ words }) => words);
}

/** Everything of the issues that people see, and whose marker they carry. */
function issuesOf({ fake }: ReconcileSetup) {
  return fake.list().map(({ number, ref, title, body, state, reason }) => {
    const closed = state === 'closed' ? (reason ?? 'completed') : undefined;
    return { number, repo: ref.repo.name, title, body, state, reason: closed };
  });
}

type Issues = ReturnType<typeof issuesOf>;

function changed(issues: Issues, { issues: by = {} }: Expected): Issues {
  return issues.map((issue) => ({ ...issue, ...by[issue.number] }));
}

function replaced(text: string, parts: Expected['text'] = []): string {
  let now = text;
  for (const [before, after] of parts) {
    expect(now.split(before)).toHaveLength(2);
    now = now.replace(before, () => after);
  }
  return now;
}

function chosenOf(table: Table, { id, choices }: Difference, at: number, wanted: Expected): Chosen {
  if (wanted.named === undefined) return { kind: 'offered', difference: id, choice: at };
  const named = wanted.named(id);
  expect(choices[at]?.choice.kind).toBe('link-to');
  if (named.kind !== 'adopt') return named;
  const item = parseChecklist(table.fake.text()).items.find(({ text }) => /^Think/.test(text));
  return { ...named, item: item?.key ?? '' };
}

/** What the new issues are: made for their item, and with its words. */
function checkCreated(table: Table, before: Issues, wanted: Expected): void {
  const made = issuesOf(table).slice(before.length);
  expect(made.map(({ title }) => title)).toEqual(
    wanted.creates === undefined ? [] : [wanted.creates],
  );
  for (const { body } of made) {
    expect(parseMarker(body, GITHUB_HOST)?.checklist).toEqual(MASTER);
    expect(body).toContain(`Part of #${issueOfChecklist(MASTER).number}`);
  }
}

async function checkLog({ masterlist }: Table, before: number, expected: Expected) {
  const log = (await masterlist.events()).slice(before);
  const { text = [], issues = {}, creates } = expected;
  const kinds = log.map(({ kind }) => kind);
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  expect(count('change-issue')).toBe(Object.keys(issues).length);
  expect(count('create-issue')).toBe(creates === undefined ? 0 : 1);
  // A generation writes its claim, the link, and the claim's end.
  if (creates === undefined) expect(count('write-master')).toBe(text.length > 0 ? 1 : 0);
  expect(kinds).not.toContain('notice');
  const changes = log.filter((event) => hasInverse(runKind(event)));
  for (const event of changes) {
    if (event.kind === 'write-master') {
      expect((event.inverse?.length ?? 0) + (event.map?.length ?? 0)).toBeGreaterThan(0);
      // "Link to…" writes a link; of a creation the old link goes first.
      expect(event.rows?.map(({ what }) => what)).toEqual([
        expected.choice === 'link-to' ? 'link' : expected.choice,
      ]);
    } else expect(event).toHaveProperty('undo');
  }
}

const ALL = Object.entries(CASES).flatMap(([kind, cases]) =>
  cases.map((one) => ({ kind: kind as Finding['kind'], ...one })),
);
const ROWS = ALL.flatMap((one) =>
  Object.entries(one.choices).map(([words, wanted]) => ({ ...one, words, wanted })),
);

describe('every kind of difference', () => {
  it.each(ALL)('$kind, $name: is found, with all its choices', async (one) => {
    const { masterlist } = setUp(one);
    const reading = await masterlist.look();
    const found = differenceOf(reading, one.kind);
    expect(found.finding).toMatchObject({ kind: one.kind, ...one.finding });
    expect(wordsOf(found)).toEqual(Object.keys(one.choices));
    expect(found.choices.map(({ choice }) => choice.kind)).toEqual(
      Object.values(one.choices).map(({ choice }) => choice),
    );
    const safe = found.safe === undefined ? undefined : wordsOf(found)[found.safe];
    expect({ safe, byItself: found.byItself }).toEqual({
      safe: one.safe,
      byItself: one.byItself ?? false,
    });
    const beside = reading.plan.differences.filter(({ id }) => id !== found.id);
    expect(beside.map(({ finding }) => finding.kind)).toEqual(one.beside ?? []);
  });
});

describe('every choice', () => {
  it.each(ROWS)('$kind, $name: $words', async ({ kind, words, wanted, beside = [], ...one }) => {
    const table = setUp(one);
    const reading = await table.masterlist.look();
    const found = differenceOf(reading, kind);
    const chosen = chosenOf(table, found, wordsOf(found).indexOf(words), wanted);
    if (wanted.choice === 'leave') await leave(table, found, chosen);
    else await playThrough(table, chosen, wanted, beside);
  });

  it('is offered somewhere', () => {
    const offered = ROWS.map(({ wanted }) => wanted.choice);
    expect([...new Set(offered)].toSorted()).toEqual(Object.keys(CHOICES).toSorted());
  });
});

describe('every way in which an item found its issue', () => {
  it.each(MATCHES)('$how: $name', async ({ how, issue, expected, before = () => {}, ...one }) => {
    const table = setUp({ ...one, before });
    const [match] = (await table.masterlist.look()).plan.matches;
    expect(match).toMatchObject({ index: 0, how });
    const item = match?.item.key ?? '';
    const chosen: Chosen =
      issue === undefined ? { kind: 'unmatch', item } : { kind: 'match', item, issue: own(issue) };
    await playThrough(table, chosen, expected, []);
  });

  it('is in the table', () => {
    const hows: Readonly<Record<Match['how'], true>> = {
      ...{ link: true, hand: true, marker: true, title: true, block: true, none: true },
    };
    expect([...new Set(MATCHES.map(({ how }) => how))].toSorted()).toEqual(
      Object.keys(hows).toSorted(),
    );
  });
});

async function leave({ masterlist, fake }: Table, { id }: Difference, chosen: Chosen) {
  const before = fake.text();
  const others = kindsOf(await masterlist.look()).length - 1;
  const { resolution, runs } = await masterlist.reconcile(() => [chosen]);
  expect({ changed: resolution.changed, keep: resolution.keep.map((one) => one.id), runs }).toEqual(
    {
      changed: 0,
      keep: [id],
      runs: [],
    },
  );
  const { plan } = await masterlist.look([id]);
  expect(plan.differences.map((one) => one.id)).not.toContain(id);
  expect(plan.differences.length).toBe(others);
  expect(fake.text()).toBe(before);
}

/** Does it, looks again, takes it back, and lets a sync and a night pass: at each step the whole of both sides is as it should be. */
async function playThrough(
  table: Table,
  chosen: Chosen,
  wanted: Expected,
  beside: readonly Finding['kind'][],
): Promise<void> {
  const { masterlist, fake, clock } = table;
  const text = fake.text();
  const issues = issuesOf(table);
  const after = replaced(text, wanted.text);
  const logged = (await masterlist.events()).length;

  const { resolution, runs } = await masterlist.reconcile(() => [chosen]);
  expect(resolution.changed).toBe(0);
  expect(fake.text()).toBe(after);
  expect(oldIssues(table, issues)).toEqual(changed(issues, wanted));
  checkCreated(table, issues, wanted);
  await checkLog(table, logged, wanted);

  // What the choice was about is settled, also for the night.
  clock.advance(600_000);
  expect(kindsOf(await masterlist.look())).toEqual(wanted.follows ?? beside);
  await masterlist.night();
  expect(fake.text()).toBe(replaced(after, wanted.night));

  const log = await masterlist.events();
  for (const run of runs.toReversed()) {
    const undone = await masterlist.undo(run);
    expect(undone !== undefined).toBe(log.some((event) => event.run === run));
  }
  const back = replaced(text, wanted.night);
  expect(fake.text()).toBe(back);
  expect(oldIssues(table, issues)).toEqual(issues);
  for (const { state, reason, body } of issuesOf(table).slice(issues.length))
    expect({ state, reason, marker: parseMarker(body, GITHUB_HOST)?.state }).toEqual({
      state: 'closed',
      reason: 'not-planned',
      marker: 'undone',
    });

  // What is undone stays undone.
  clock.advance(600_000);
  await masterlist.sync();
  clock.advance(600_000);
  await masterlist.night();
  expect(fake.text()).toBe(replaced(back, wanted.later));
  expect(oldIssues(table, issues)).toEqual(issues);
}

function oldIssues(table: Table, { length }: Issues): Issues {
  return issuesOf(table).slice(0, length);
}
