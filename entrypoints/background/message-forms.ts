import type { TeamChannel } from '../../lib/core/alerts/alert-settings.ts';
import type { Chosen, ChosenMatch } from '../../lib/core/differences/chosen.ts';
import type { RowResolution } from '../../lib/core/engine/job-status.ts';
import type { NewAnswers } from '../../lib/core/identity/answers.ts';
import type { NumberOfItem } from '../../lib/core/identity/number-names.ts';
import type { GenerationOptions, RowChoice } from '../../lib/core/plan/plan-generation.ts';
import { type IssueRef, isServedHost, parseRepo, type RepoRef } from '../../lib/core/refs.ts';
import type { Protocol } from '../../lib/messages.ts';

/** What a form answers for a value that is not of it. */
export const WRONG = Symbol('wrong');

/** Reads a value as a message brought it. What is read holds only fields that the form names. */
export type Form<T> = (value: unknown) => T | typeof WRONG;

/** The fields of every message but its checklist, which `permit` reads. The compiler asks for each. */
export function formOf(name: keyof Protocol): Form<object> {
  return FORMS[name]();
}

type Query<Name extends keyof Protocol> = Omit<Parameters<Protocol[Name]>[0], 'checklist'>;

/** Made when a message comes: the worker starts for an alarm without them. */
const FORMS: { readonly [Name in keyof Protocol]: () => Form<Query<Name>> } = {
  openChecklist: () => fields({ pageUser: maybe(text), known: flag }),
  offersButton: () => fields({ items: count }),
  previewGeneration: () =>
    fields({
      pageUser: maybe(text),
      options,
      takeOver: maybe(fields({ run: text, at: text })),
    }),
  generateIssues: () =>
    fields({ run: text, choices: list(rowChoice()), only: oneOf('all', 'first') }),
  controlJob: () => fields({ job: text, action: oneOf('pause', 'resume', 'stop', 'dismiss') }),
  resolveRows: () => fields({ job: text, indexes: list(count), resolution: resolution() }),
  undoRun: () => fields({ run: text }),
  listRuns: () => fields({ everywhere: flag }),
  previewReconcile: () => fields({ pageUser: maybe(text) }),
  previewMatch: () => fields({ preview: text, chosen: byKind<ChosenMatch>(MATCHES) }),
  applyReconcile: () =>
    fields({ pageUser: maybe(text), preview: text, chosen: list(byKind<Chosen>(CHOSEN)) }),
  searchIssues: () => fields({ text }),
  showAgain: () => fields({ id: text }),
  turnBack: () => fields({ pageUser: maybe(text), preview: text, items: list(name) }),
  removeTraces: () => fields({ pageUser: maybe(text), bracket: flag }),
  getJob: () => fields({}),
  openOptions: () => fields({}),
  openWindow: () => fields({ task: oneOf('generate', 'sync', 'reconcile', 'overview') }),
  loadPage: () => fields({ items: count, editing: flag }),
  loadPanel: () => fields({}),
  previewSync: () => fields({ pageUser: maybe(text) }),
  syncChecklist: () => fields({ pageUser: maybe(text), preview: maybe(text) }),
  trackChecklist: () => fields({ tracked: flag, pageUser: maybe(text) }),
  getSync: () => fields({}),
  dismissNewItems: () => fields({}),
  listTexts: () => fields({}),
  getText: () => fields({ id: count }),
  restoreText: () => fields({ id: count, now: text, pageUser: maybe(text) }),
  correctText: () => fields({ now: text, pageUser: maybe(text) }),
  previewAnswers: () => fields<Query<'previewAnswers'>>({ ...answers(), pageUser: maybe(text) }),
  answerNumbers: () =>
    fields<Query<'answerNumbers'>>({ ...answers(), pageUser: maybe(text), now: maybe(text) }),
  setPaused: () => fields({ paused: flag }),
  refreshDates: () => fields({ isAsked: flag }),
  postSummary: () => fields({ post: flag }),
  testChannel: () =>
    fields({
      channel: oneOf<'browser' | TeamChannel>('browser', 'relay', 'slack', 'webhook'),
    }),
  settleMessage: () => fields({ id: text, send: flag }),
  pollNow: () => fields<Record<string, never>>({}),
  unlockAccount: () => fields({ account: text, passphrase: text }),
  checkAccount: () => fields({ account: text, repo: maybe(text) }),
};

/** More than any checklist has items, and longer than any text of GitHub's. */
const MOST = 5_000;
const LONGEST = 262_144;

function text(value: unknown): string | typeof WRONG {
  return typeof value === 'string' && value.length <= LONGEST ? value : WRONG;
}

/** A text that is not empty. */
function name(value: unknown): string | typeof WRONG {
  return value === '' ? WRONG : text(value);
}

function flag(value: unknown): boolean | typeof WRONG {
  return typeof value === 'boolean' ? value : WRONG;
}

/** A place, or a number of things. */
function count(value: unknown): number | typeof WRONG {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : WRONG;
}

function issueNumber(value: unknown): number | typeof WRONG {
  return value === 0 ? WRONG : count(value);
}

/** `readOptions` reads each option by itself, and leaves out what makes no sense. */
function options(value: unknown): Partial<GenerationOptions> | typeof WRONG {
  return isRecord(value) ? value : WRONG;
}

/** Only hosts that Masterlist works with: a link to another is never written. */
function issue(value: unknown): IssueRef | typeof WRONG {
  const read = fields<IssueRef>({
    repo: fields<RepoRef>({ host: text, owner: text, name: text }),
    number: issueNumber,
  })(value);
  if (read === WRONG || !isServedHost(read.repo.host)) return WRONG;
  const repo = parseRepo(`${read.repo.owner}/${read.repo.name}`, read.repo.host);
  return repo === undefined ? WRONG : { repo, number: read.number };
}

const MATCHES: Kinds<ChosenMatch> = {
  link: { difference: name, issue },
  adopt: { difference: name, item: name },
  match: { item: name, issue },
  unmatch: { item: name },
};

const CHOSEN: Kinds<Chosen> = { ...MATCHES, offered: { difference: name, choice: count } };

function rowChoice(): Form<RowChoice> {
  return fields<RowChoice>({
    index: count,
    selected: maybe(flag),
    title: maybe(text),
    link: maybe(issueNumber),
    create: maybe(flag),
  });
}

function resolution(): Form<RowResolution> {
  return byKind<RowResolution>({
    retry: {},
    'create-again': {},
    'use-number': { number: issueNumber },
    skip: {},
    link: {},
    force: {},
  });
}

function answers(): Fields<NewAnswers> {
  const numbers = list(fields<NumberOfItem>({ name: text, issue }));
  return { own: numbers, about: numbers, bracket: maybe(numbers) };
}

/** A form for each field; those that may be missing have one that reads `undefined`. */
type Fields<T> = {
  readonly [K in keyof T]-?: Record<string, never> extends Pick<T, K>
    ? Form<T[K] | undefined>
    : Form<T[K]>;
};

function fields<T extends object>(forms: Fields<T>): Form<T> {
  return (value) => {
    if (!isRecord(value)) return WRONG;
    const read = Object.entries<Form<unknown>>(forms).map(
      ([key, form]) => [key, form(Object.hasOwn(value, key) ? value[key] : undefined)] as const,
    );
    if (read.some(([, one]) => one === WRONG)) return WRONG;
    // The compiler cannot follow keys through entries.
    return Object.fromEntries(read.filter(([, one]) => one !== undefined)) as T;
  };
}

/** The fields of each kind, beside `kind` itself. */
type Kinds<T extends { readonly kind: string }> = {
  readonly [K in T['kind']]: Fields<Omit<Extract<T, { readonly kind: K }>, 'kind'>>;
};

function byKind<T extends { readonly kind: string }>(kinds: Kinds<T>): Form<T> {
  return (value) => {
    if (!isRecord(value) || typeof value.kind !== 'string') return WRONG;
    if (!Object.hasOwn(kinds, value.kind)) return WRONG;
    const kind = value.kind as T['kind'];
    const read = fields(kinds[kind])(value);
    if (read === WRONG) return WRONG;
    const whole: unknown = { ...read, kind };
    return whole as T;
  };
}

function list<T>(form: Form<T>): Form<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > MOST) return WRONG;
    // `from` reads holes as undefined.
    const read = Array.from(value, form);
    return read.every((one): one is T => one !== WRONG) ? read : WRONG;
  };
}

/** Some browsers bring null for what was undefined. */
function maybe<T>(form: Form<T>): Form<T | undefined> {
  return (value) => (value === undefined || value === null ? undefined : form(value));
}

function oneOf<const Value extends string>(...values: readonly Value[]): Form<Value> {
  return (value) => values.find((one) => one === value) ?? WRONG;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
