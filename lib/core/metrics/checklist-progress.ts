import { distinctIssues } from './filter.ts';
import type { CountedChecklist, IssueDates } from './metric-facts.ts';

/** How far a checklist is, by its issues. `title` is other people's text. */
export interface ChecklistProgress extends CountedChecklist {
  readonly total: number;
  readonly closed: number;
}

/** The checklists in their order, each with its issues as they are now. An issue that two of its items link counts once. */
export function checklistProgress(
  checklists: readonly CountedChecklist[],
  issues: readonly IssueDates[],
): readonly ChecklistProgress[] {
  const byChecklist = Map.groupBy(issues, ({ checklistKey }) => checklistKey);
  return checklists.map((checklist) => {
    const own = distinctIssues(byChecklist.get(checklist.key) ?? []);
    const closed = own.filter(({ closedAt }) => closedAt !== undefined).length;
    return { ...checklist, total: own.length, closed };
  });
}
