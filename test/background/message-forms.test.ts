import { describe, expect, it } from 'vitest';
import { formOf, WRONG } from '../../entrypoints/background/message-forms.ts';
import type { Chosen } from '../../lib/core/differences/chosen.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import type { Protocol } from '../../lib/messages.ts';
import { useBackground } from './background-world.ts';

const ISSUE = { repo: { host: 'github.com', owner: 'ann', name: 'demo' }, number: 12 };
const NUMBERS = [{ name: 'Backport', issue: ISSUE }];
const CHOSEN: readonly Chosen[] = [
  { kind: 'offered', difference: 'orphan x', choice: 0 },
  { kind: 'link', difference: 'orphan x', issue: ISSUE },
  { kind: 'adopt', difference: 'orphan x', item: 'key' },
  { kind: 'match', item: 'key', issue: ISSUE },
  { kind: 'unmatch', item: 'key' },
];

type Samples = {
  readonly [Name in keyof Protocol]: Omit<Parameters<Protocol[Name]>[0], 'checklist'>;
};

/** Every message with every field. */
const SAMPLES: Samples = {
  openChecklist: { pageUser: 'ann', known: true },
  offersButton: { items: 3 },
  previewGeneration: { pageUser: 'ann', options: {}, takeOver: { run: 'R', at: 'now' } },
  generateIssues: {
    run: 'R',
    choices: [{ index: 0, selected: true, title: 'a', link: 12, create: false }],
    only: 'all',
  },
  controlJob: { job: 'J', action: 'pause' },
  resolveRows: { job: 'J', indexes: [0, 2], resolution: { kind: 'use-number', number: 12 } },
  undoRun: { run: 'R' },
  listRuns: { everywhere: false },
  previewReconcile: { pageUser: 'ann' },
  previewMatch: { preview: 'P', chosen: { kind: 'match', item: 'key', issue: ISSUE } },
  applyReconcile: { pageUser: 'ann', preview: 'P', chosen: CHOSEN },
  searchIssues: { text: 'docs' },
  showAgain: { id: 'D' },
  turnBack: { pageUser: 'ann', preview: 'P', items: ['key'] },
  removeTraces: { pageUser: 'ann', bracket: true },
  getJob: {},
  openOptions: {},
  openWindow: { task: 'sync' },
  loadPage: { items: 3, editing: false },
  loadPanel: {},
  previewSync: { pageUser: 'ann' },
  syncChecklist: { pageUser: 'ann', preview: 'P' },
  trackChecklist: { tracked: true, pageUser: 'ann' },
  getSync: {},
  dismissNewItems: {},
  listTexts: {},
  getText: { id: 7 },
  restoreText: { id: 7, now: 'hash', pageUser: 'ann' },
  correctText: { now: 'hash', pageUser: 'ann' },
  previewAnswers: { own: NUMBERS, about: [], bracket: NUMBERS, pageUser: 'ann' },
  answerNumbers: { own: NUMBERS, about: [], bracket: NUMBERS, pageUser: 'ann', now: 'hash' },
  setPaused: { paused: true },
  refreshDates: { isAsked: true },
  postSummary: { post: true },
  testChannel: { channel: 'slack' },
  settleMessage: { id: 'M', send: true },
  pollNow: {},
  checkAccount: { account: 'A', repo: 'ann/demo' },
};

/** Nothing that any field takes, and what only looks like it. */
const HOSTILE: readonly unknown[] = [
  Number.NaN,
  -1,
  0.5,
  2 ** 60,
  Symbol.iterator,
  () => 'ann',
  [[]],
  [null],
  [undefined, 'x'],
  Object.assign(Object.create({ length: 1 }), { 0: 'x' }),
  { toString: () => 'ann' },
  { kind: 'constructor' },
  { kind: '__proto__' },
  'x'.repeat(300_000),
  new Array(6_000).fill('key'),
];

/** A copy of a sample for each place in it where something else stands. */
function* spoiled(value: unknown, bad: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  const instead = (key: string, one: unknown) =>
    Array.isArray(value) ? Object.assign([...value], { [key]: one }) : { ...value, [key]: one };
  for (const [key, inner] of Object.entries(value)) {
    yield instead(key, bad);
    for (const one of spoiled(inner, bad)) yield instead(key, one);
  }
}

const CASES = (Object.keys(SAMPLES) as (keyof Protocol)[]).flatMap((name) =>
  HOSTILE.flatMap((bad) => [...spoiled(SAMPLES[name], bad)].map((sent) => ({ name, bad, sent }))),
);

describe('a message', () => {
  it.each(Object.entries(SAMPLES))('is read: %s', (name, sample) => {
    expect(formOf(name as keyof Protocol)({ ...sample, more: 'words' })).toEqual(sample);
  });

  it('is refused whole where any field of it is not what it must be', () => {
    expect(CASES.length).toBeGreaterThan(500);
    const read = CASES.filter(({ name, sent }) => formOf(name)(sent) !== WRONG);
    // The options of a preview are read one by one, so that an older page may send what is no option any more.
    const strange = read.filter(({ name, sent }) => !hasOptions(name, sent));
    expect(strange).toEqual([]);
  });

  it.each([undefined, null, 'x', 7, [], () => ({})])('is none: %s', (sent) => {
    for (const name of Object.keys(SAMPLES) as (keyof Protocol)[])
      expect(formOf(name)(sent)).toBe(WRONG);
  });

  it('may leave out what it need not say, also as null', () => {
    const answers = { own: NUMBERS, about: [] };
    expect(formOf('answerNumbers')({ ...answers, pageUser: null })).toEqual(answers);
    expect(formOf('syncChecklist')({ preview: null })).toEqual({});
    expect(formOf('syncChecklist')(JSON.parse('{"__proto__": {"preview": 7}}'))).toEqual({});
  });

  it.each<[string, unknown]>([
    ['an unknown kind', { kind: 'delete', item: 'key' }],
    ['no difference', { kind: 'offered', difference: '', choice: 0 }],
    ['no item', { kind: 'unmatch' }],
    ['no issue', { kind: 'match', item: 'key' }],
    ['zero', { kind: 'match', item: 'key', issue: { ...ISSUE, number: 0 } }],
    [
      'a path',
      { kind: 'match', item: 'key', issue: { ...ISSUE, repo: { ...ISSUE.repo, name: 'a/b' } } },
    ],
    [
      'another host',
      {
        kind: 'match',
        item: 'key',
        issue: { ...ISSUE, repo: { ...ISSUE.repo, host: 'evil.test' } },
      },
    ],
  ])('chooses nothing with %s', (_what, one) => {
    const query = { preview: 'P', chosen: [...CHOSEN, one] };
    expect(formOf('applyReconcile')(query)).toBe(WRONG);
    expect(formOf('previewMatch')({ preview: 'P', chosen: one })).toBe(WRONG);
  });
});

function hasOptions(name: keyof Protocol, sent: unknown): boolean {
  return name === 'previewGeneration' && typeof Object(sent).options === 'object';
}

describe('the background', () => {
  const world = useBackground();

  it('answers no message with a wrong field, whoever sends it', async () => {
    const checklist = issueChecklist(ISSUE);
    const refused = { ok: false, failure: { code: 'stale-page' } };
    const wrong = { job: {}, indexes: 'all', resolution: { kind: 'use-number', number: '1' } };
    expect(await world.ask('resolveRows', { checklist, ...wrong } as never)).toMatchObject(refused);
    expect(await world.ask('getText', { checklist, id: {} } as never)).toMatchObject(refused);
    expect(await world.ask('settleMessage', { id: 7, send: true } as never)).toMatchObject(refused);
    expect(await world.ask('checkAccount', { account: [] } as never)).toMatchObject(refused);
  });
});
