import { issueKey, type RepoRef, repoKey } from '../refs.ts';
import { utcDay } from './calendar.ts';
import type { IssueDates, MetricFacts, Period } from './metric-facts.ts';

/** What is looked at: one checklist, those of one repository, or all; and when. */
export interface MetricFilter extends Period {
  /** `issueKey`. */
  readonly checklistKey?: string | undefined;
  /** The repository of the checklists. */
  readonly repo?: RepoRef | undefined;
}

/**
 * The facts of what is looked at. Issues are kept whatever the period, because a burn-up begins with what was there
 * before. Counters know no checklist: they are those of the whole browser, of every day that the period touches.
 */
export function filterFacts(facts: MetricFacts, filter: MetricFilter): MetricFacts {
  const isMeant = checklistTest(filter);
  return {
    checklists: facts.checklists.filter(({ key }) => isMeant(key)),
    issues: facts.issues.filter(({ checklistKey }) => isMeant(checklistKey)),
    events: facts.events.filter(
      ({ at, checklistKey }) => isWithin(at, filter) && isMeant(checklistKey),
    ),
    reconciles: facts.reconciles.filter(({ key }) => isMeant(key)),
    counters: facts.counters.filter(({ day }) => isDayWithin(day, filter)),
  };
}

/** Whether a time, in milliseconds since 1970, belongs to a period. */
export function isWithin(time: number, { from, to }: Period): boolean {
  return (from === undefined || time >= from) && (to === undefined || time < to);
}

/** Each issue once, also where several items or checklists link it. */
export function distinctIssues(issues: readonly IssueDates[]): readonly IssueDates[] {
  return [...new Map(issues.map((one) => [issueKey(one.issue), one])).values()];
}

function checklistTest({ checklistKey, repo }: MetricFilter): (key: string) => boolean {
  const prefix = repo === undefined ? '' : `${repoKey(repo)}#`;
  return (key) => (checklistKey === undefined || key === checklistKey) && key.startsWith(prefix);
}

function isDayWithin(day: string, { from, to }: Period): boolean {
  return (from === undefined || day >= utcDay(from)) && (to === undefined || day <= utcDay(to - 1));
}
