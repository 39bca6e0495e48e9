import { countNoun } from '../count-noun.ts';
import type { RunPurpose } from '../engine/job-status.ts';
import { isResolvedInOptions } from '../failures.ts';
import type { ChecklistRef } from '../refs.ts';
import { type AlertCause, countOf, failureOf } from './alert.ts';
import { type AlertRoute, formatRoute } from './alert-route.ts';

/** The one button of an alert: its words, and where it leads. */
export interface AlertAction {
  readonly label: string;
  readonly route: AlertRoute;
  /** `formatRoute` of the route. */
  readonly href: string;
}

type DashboardPath = (AlertRoute & { readonly page: 'dashboard' })['path'];

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
export const RUNS: Readonly<Record<RunPurpose, RunWords>> = {
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

/** What to do about a cause, as a sentence. */
export function adviceOf(cause: AlertCause): string {
  const problem = failureOf(cause);
  if (problem !== undefined) return problem.action;
  switch (cause.kind) {
    case 'differences':
      return 'Open Reconcile and choose which side is right.';
    case 'overridden':
      return 'Nothing to do, unless it was a mistake.';
    case 'job-ended':
      return cause.outcome === 'done' ? 'Nothing to do.' : RUNS[cause.of].advice;
    case 'sync-failed':
      return 'Open Sync.';
    case 'decision':
      return ADVICE[cause.about];
  }
}

const ADVICE = {
  items: 'Open Reconcile and choose an issue for each item.',
  rights: 'Ask for access, or use another token.',
  'token-dead': 'Paste a new token in the options.',
  'token-expiring': 'Create a new token and paste it in the options.',
  run: 'Open the run and decide.',
} as const;

/** The button for a cause; without a checklist it leads to all of them. `count` is how much there is in all of these. */
export function actionOf(
  cause: AlertCause,
  checklist: ChecklistRef | undefined,
  count: number = countOf(cause),
): AlertAction {
  const { label, route } = targetOf(cause, checklist, count);
  return { label, route, href: formatRoute(route) };
}

type Target = Omit<AlertAction, 'href'>;

function targetOf(cause: AlertCause, checklist: ChecklistRef | undefined, count: number): Target {
  switch (cause.kind) {
    case 'sync-failed':
      return dashboard('Open Sync', '/sync', checklist);
    case 'differences':
      return dashboard(`Review ${countNoun(count, 'difference')}`, '/reconcile', checklist);
    case 'overridden':
      return dashboard('Show what was reverted', '/sync', checklist);
    case 'job-ended':
      if (isForOptions(cause)) return { label: 'Update the token', route: { page: 'options' } };
      return cause.outcome === 'done'
        ? dashboard('Show what was done', '/log', checklist)
        : dashboard(RUNS[cause.of].finish, RUNS[cause.of].path, checklist);
    case 'decision':
      return targetOfDecision(cause, checklist, count);
  }
}

function targetOfDecision(
  cause: AlertCause & { kind: 'decision' },
  checklist: ChecklistRef | undefined,
  count: number,
): Target {
  const toOptions = isForOptions(cause);
  switch (cause.about) {
    case 'items':
      return dashboard(
        `Choose ${count === 1 ? 'the issue' : 'the issues'}`,
        '/reconcile',
        checklist,
      );
    case 'token-dead':
    case 'token-expiring':
      return { label: 'Replace the token', route: { page: 'options' } };
    case 'run':
      if (toOptions) return { label: 'Replace the token', route: { page: 'options' } };
      return dashboard('Decide', RUNS[cause.of].path, checklist);
    case 'rights':
      if (toOptions) return { label: 'Update the token', route: { page: 'options' } };
      if (checklist === undefined) return dashboard('Open Sync', '/sync', undefined);
      return { label: 'Open it on GitHub', route: { page: 'github', checklist } };
  }
}

function isForOptions(cause: AlertCause): boolean {
  const problem = failureOf(cause);
  return problem !== undefined && isResolvedInOptions(problem.code);
}

function dashboard(
  label: string,
  path: DashboardPath,
  checklist: ChecklistRef | undefined,
): Target {
  return { label, route: { page: 'dashboard', path, checklist } };
}
