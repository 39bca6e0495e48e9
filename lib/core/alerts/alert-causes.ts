import { countNoun } from '../count-noun.ts';
import type { RunPurpose } from '../engine/job-status.ts';
import { type Failure, isForGood, isResolvedInOptions } from '../failures.ts';
import { type ChecklistRef, checklistKey } from '../refs.ts';
import { type Alert, type AlertCause, type AlertedAccount, countOf } from './alert.ts';
import { type AlertRoute, formatRoute } from './alert-route.ts';

/** The one button of an alert: its words, and where it leads. */
export interface AlertAction {
  readonly label: string;
  readonly route: AlertRoute;
  /** `formatRoute` of the route. */
  readonly href: string;
}

/** One string per cause, whatever the checklist: alerts that share it are told as one notice. */
export function causeKey(cause: AlertCause): string {
  const subject = subjectOf(cause);
  const about = subject === cause.kind ? subject : `${cause.kind} ${subject}`;
  const key = wordsOf(cause).key?.(cause);
  return key === undefined ? about : `${about} ${key}`;
}

/** One string per checklist and cause (and run): it is told once. */
export function alertKey({ cause, checklist }: Alert): string {
  const where = checklist === undefined ? '' : ` ${checklistKey(checklist.ref)}`;
  const run = 'job' in cause ? ` ${cause.job}` : '';
  return `${causeKey(cause)}${where}${run}`;
}

/** What is the matter, in few words. `count` is how much there is in all checklists with this cause. */
export function headlineOf(cause: AlertCause, count: number): string {
  return wordsOf(cause).headline(cause, count);
}

/** What is the matter and what to do, as sentences; `title` is how they call the checklist. */
export function sentencesOf(cause: AlertCause, title: string): Pick<Failure, 'message' | 'action'> {
  return wordsOf(cause).sentences(cause, title);
}

/** The button for a cause; without a checklist it leads to all of them. `count` is how much there is in all of these. */
export function actionOf(
  cause: AlertCause,
  checklist: ChecklistRef | undefined,
  count: number = countOf(cause),
): AlertAction {
  const [label, page] = wordsOf(cause).button(cause, count, checklist !== undefined);
  const route = routeOf(page, checklist);
  return { label, route, href: formatRoute(route) };
}

type DashboardPath = (AlertRoute & { readonly page: 'dashboard' })['path'];

/** Words of a button, and the page that it opens. */
type Button = readonly [label: string, page: DashboardPath | 'options' | 'github'];

function routeOf(page: Button[1], checklist: ChecklistRef | undefined): AlertRoute {
  if (page === 'options') return { page };
  if (page !== 'github') return { page: 'dashboard', path: page, checklist };
  return checklist === undefined ? routeOf('/', checklist) : { page, checklist };
}

/** What an alert is about: its kind, or of a decision what is to be decided. */
type Subject = Exclude<AlertCause['kind'], 'decision'> | Decision['about'];
type Decision = AlertCause & { readonly kind: 'decision' };
type CauseOf<S extends Subject> = Extract<AlertCause, { readonly kind: S } | { readonly about: S }>;

function subjectOf(cause: AlertCause): Subject {
  return cause.kind === 'decision' ? cause.about : cause.kind;
}

function wordsOf(cause: AlertCause): CauseWords<AlertCause> {
  return CAUSES[subjectOf(cause)];
}

/** How alerts of one subject are told apart, and what they say. */
interface CauseWords<C extends AlertCause> {
  /** What tells two causes of this subject apart; missing where they are one. It is stored: never changed. */
  key?(cause: C): string;
  headline(cause: C, count: number): string;
  sentences(cause: C, title: string): Pick<Failure, 'message' | 'action'>;
  button(cause: C, count: number, isOneChecklist: boolean): Button;
}

interface RunWords {
  /** What it is called in a title. */
  readonly name: string;
  /** The page of what it does: its summary is shown there, and from there the rest is done. */
  readonly path: DashboardPath;
  /** The button that leads to what is left of it. */
  readonly finish: string;
  /** How what is left of it gets done, as a sentence. */
  readonly advice: string;
}

const UNDO: RunWords = {
  name: 'Undo',
  path: '/sync',
  finish: 'Undo the rest',
  advice: 'Open Sync and undo the rest.',
};

/** Runs by what they are for. */
const RUNS: Readonly<Record<RunPurpose, RunWords>> = {
  generate: {
    name: 'Creating issues',
    path: '/generate',
    finish: 'Finish the rest',
    advice: 'Open the preview to finish the rest.',
  },
  resolve: {
    name: 'Reconcile',
    path: '/reconcile',
    finish: 'Finish the rest',
    advice: 'Open Reconcile to finish the rest.',
  },
  undo: UNDO,
  'undo-generation': UNDO,
  unlink: {
    name: 'Unlinking items',
    path: '/matches',
    finish: 'Unlink the rest',
    advice: 'Open Matches and unlink the rest.',
  },
  traces: {
    name: 'Removing traces',
    path: '/sync',
    finish: 'Remove the rest',
    advice: 'Open Sync and remove the rest.',
  },
};

/** Each run is shown there, with its undo. */
const SHOW_DONE: Button = ['Show what was done', '/log'];

const CAUSES: { readonly [S in Subject]: CauseWords<CauseOf<S>> } = {
  'sync-failed': {
    key: ({ failure }) => failure.code,
    headline: () => 'Sync failed',
    sentences: ({ failure }) => failure,
    button: ({ failure }) => (isForGood(failure.code) ? SHOW_DONE : ['Open Sync', '/sync']),
  },
  differences: {
    headline: (_cause, count) =>
      `${countNoun(count, 'difference needs', 'differences need')} attention`,
    sentences: ({ count }, title) => ({
      message: `${title} and its issues have ${countNoun(count, 'difference')} that Masterlist cannot resolve automatically.`,
      action: 'Open Reconcile and choose which side is right.',
    }),
    button: (_cause, count) => [`Review ${countNoun(count, 'difference')}`, '/reconcile'],
  },
  overridden: {
    headline: (_cause, count) => `${countNoun(count, 'item was', 'items were')} reverted`,
    sentences: ({ count }, title) => ({
      message: `Somebody reverted what Masterlist wrote in ${countNoun(count, 'item')} of ${title}; Masterlist leaves ${count === 1 ? 'it' : 'them'} that way.`,
      action: 'Nothing to do, unless it was a mistake.',
    }),
    button: () => ['Show what was reverted', '/sync'],
  },
  items: {
    headline: (_cause, count) => `${countNoun(count, 'item needs', 'items need')} attention`,
    sentences: ({ count }, title) => ({
      message: `${countNoun(count, 'item')} of ${title} ${count === 1 ? 'links' : 'link'} several issues, or one that GitHub does not show.`,
      action: 'Open Reconcile and choose an issue for each item.',
    }),
    button: (_cause, count) => [`Choose the ${count === 1 ? 'issue' : 'issues'}`, '/reconcile'],
  },
  rights: {
    key: ({ failure }) => failure.code,
    headline: () => 'Sync is missing access',
    sentences: ({ failure }) => failure,
    button: ({ failure }, _count, isOneChecklist) => {
      if (isForOptions(failure)) return ['Update the token', 'options'];
      return isOneChecklist ? ['Open it on GitHub', 'github'] : ['Open Sync', '/sync'];
    },
  },
  'token-dead': {
    key: accountKey,
    headline: ({ failure: { code } }) => {
      if (code === 'signed-out') return 'Not signed in';
      return code === 'bad-token' ? 'GitHub rejected the token' : 'The token cannot be used';
    },
    sentences: ({ failure }) => failure,
    button: ({ failure: { code } }) => [
      code === 'signed-out' ? 'Add a token' : 'Replace the token',
      'options',
    ],
  },
  'token-expiring': {
    key: accountKey,
    headline: ({ days }) => `The token expires ${inDays('in', days)}`,
    sentences: ({ days, account: { login, host } }) => ({
      message: `${inDays('In', days)} the token of ${login} on ${host} expires, and Sync stops.`,
      action: 'Create a new token and paste it in the options.',
    }),
    button: () => ['Replace the token', 'options'],
  },
  run: {
    headline: ({ failure }) => (failure ? 'A run is waiting' : 'Run needs your decision'),
    sentences: ({ failure, count }, title) =>
      failure ?? {
        message: `${countNoun(count, 'item')} of ${title} cannot be finished without your decision.`,
        action: 'Open the run and decide.',
      },
    button: ({ failure, of }) =>
      isForOptions(failure)
        ? ['Replace the token', 'options']
        : [failure ? 'Show the run' : 'Decide', RUNS[of].path],
  },
  'job-ended': {
    key: ({ of, outcome }) => `${of} ${outcome}`,
    headline: ({ of, outcome }, count) => {
      const how = { done: 'finished', stopped: 'stopped', failed: 'failed' }[outcome];
      return count > 1 ? `${count} runs ${how}` : `${RUNS[of].name} ${how}`;
    },
    sentences: ({ failure, result, outcome, of }, title) =>
      failure ?? {
        message: `${title}: ${result}`,
        action: outcome === 'done' ? 'Nothing to do.' : RUNS[of].advice,
      },
    button: ({ failure, outcome, of }) => {
      if (isForOptions(failure)) return ['Update the token', 'options'];
      const isOver = outcome === 'done' || (failure !== undefined && isForGood(failure.code));
      return isOver ? SHOW_DONE : [RUNS[of].finish, RUNS[of].path];
    },
  },
};

function isForOptions(failure: Failure | undefined): boolean {
  return failure !== undefined && isResolvedInOptions(failure.code);
}

function accountKey({ account: { host, login } }: { readonly account: AlertedAccount }): string {
  return `${host}/${login}`.toLowerCase();
}

function inDays(start: 'in' | 'In', days: number): string {
  return days < 1
    ? `${start === 'In' ? 'Within' : 'within'} a day`
    : `${start} ${countNoun(days, 'day')}`;
}
