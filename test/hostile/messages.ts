import type { Chosen } from '../../lib/core/differences/chosen.ts';
import type { Protocol } from '../../lib/messages.ts';

export const ISSUE = { repo: { host: 'github.com', owner: 'ann', name: 'demo' }, number: 12 };
export const NUMBERS = [{ name: 'Backport', issue: ISSUE }];
export const CHOSEN: readonly Chosen[] = [
  { kind: 'offered', difference: 'orphan x', choice: 0 },
  { kind: 'link', difference: 'orphan x', issue: ISSUE },
  { kind: 'adopt', difference: 'orphan x', item: 'key' },
  { kind: 'match', item: 'key', issue: ISSUE },
  { kind: 'unmatch', item: 'key' },
];

type MessageName = keyof Protocol;

type Samples = {
  readonly [Name in MessageName]: Omit<Parameters<Protocol[Name]>[0], 'checklist'>;
};

/** Every message with every field; the compiler asks for each. */
export const SAMPLES: Samples = {
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
  unlockAccount: { account: 'A', passphrase: 'open sesame' },
  checkAccount: { account: 'A', repo: 'ann/demo' },
};

export const MESSAGES = Object.keys(SAMPLES) as readonly MessageName[];

/** What no field takes, and what only looks like it. */
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
  JSON.parse('{"__proto__": {"length": 1, "kind": "skip"}}'),
  { toString: 1, valueOf: 1 },
  'x'.repeat(300_000),
  new Array(6_000).fill('key'),
];

interface Spoiled {
  readonly name: MessageName;
  readonly sent: unknown;
}

/** Every message with something else in each place of it: one attack each. */
export const SPOILED: readonly Spoiled[] = MESSAGES.flatMap((name) =>
  HOSTILE.flatMap((bad) => [...spoil(SAMPLES[name], bad)].map((sent) => ({ name, sent })))
    // The options of a preview are read one by one, so that an older page may send what is no option any more.
    .filter(({ sent }) => isHonest(Object(sent).options) || Array.isArray(Object(sent).options)),
);

function isHonest(options: unknown): boolean {
  return typeof options !== 'object' || options === SAMPLES.previewGeneration.options;
}

/** A copy of a sample for each place in it where something else is. */
function* spoil(value: unknown, bad: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  const instead = (key: string, one: unknown) =>
    Array.isArray(value) ? Object.assign([...value], { [key]: one }) : { ...value, [key]: one };
  for (const [key, inner] of Object.entries(value)) {
    yield instead(key, bad);
    for (const one of spoil(inner, bad)) yield instead(key, one);
  }
}

/** Payloads in which no checklist can be read. */
export const FORGED_CHECKLISTS: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a string', 'ann/demo#12'],
  ['a reference without repository', { number: 12 }],
  ['a repository of numbers', { repo: { host: 1, owner: 2, name: 3 }, number: 12 }],
  ['a path in the name', { ...ISSUE, repo: { ...ISSUE.repo, name: '../../user' } }],
  ['a query in the owner', { ...ISSUE, repo: { ...ISSUE.repo, owner: 'ann?x=' } }],
  ['another host', { ...ISSUE, repo: { ...ISSUE.repo, host: 'evil.test' } }],
  ['a number that is none', { ...ISSUE, number: '12; drop' }],
  ['a number as text', { ...ISSUE, number: '12' }],
  ['a negative number', { ...ISSUE, number: -12 }],
  ['a number that cannot be text', { ...ISSUE, number: { toString: 1, valueOf: 1 } }],
  ['not a number', { ...ISSUE, number: Number.NaN }],
  ['an inherited reference', JSON.parse('{"__proto__": {"repo": {}, "number": 12}}')],
  ['a megabyte', { ...ISSUE, repo: { ...ISSUE.repo, owner: 'a'.repeat(1_000_000) } }],
];

/** What is no message of the protocol, however it is wrapped. */
export const FORGED_ENVELOPES: readonly unknown[] = [
  ...Object.getOwnPropertyNames(Object.prototype).map((type) => ({ type, id: 1, timestamp: 0 })),
  { type: 'readToken', id: 1, timestamp: 0 },
  { type: 'GenerateIssues', id: 1, timestamp: 0 },
  { type: ['generateIssues'], id: 1, timestamp: 0 },
  { type: { toString: () => 'generateIssues' }, id: 1, timestamp: 0 },
  { type: 7, id: 1, timestamp: 0 },
  { id: 1, timestamp: 0 },
  {},
  [],
  null,
  'generateIssues',
  7,
];
