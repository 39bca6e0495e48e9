import { issueKey } from '../refs.ts';
import type { IssueHistory, JobEvent } from './job-facts.ts';
import type { RecordedChange } from './mend.ts';

/** Local clocks may differ from GitHub's by this much (milliseconds); beyond it an event counts as somebody's. */
export const CLOCK_SLACK = 10 * 60_000;

/** The changes of issues that a log tells of, oldest first. */
export function recordedChanges(log: readonly JobEvent[]): readonly RecordedChange[] {
  return log
    .flatMap(({ at, issue, change }) =>
      issue === undefined || change === undefined ? [] : [{ issue: issueKey(issue), at, change }],
    )
    .toSorted((a, b) => a.at - b.at);
}

/** Those of one issue, oldest first. */
export function recordedOf(
  recorded: readonly RecordedChange[] | undefined,
  { ref }: Pick<IssueHistory, 'ref'>,
): readonly RecordedChange[] {
  const key = issueKey(ref);
  return recorded?.filter(({ issue }) => issue === key) ?? [];
}

/** Whether an event of an issue is one of its recorded changes. `createdAt` is ISO; who did it is the caller's to check. */
export function isRecorded(
  { type, createdAt }: Pick<IssueHistory['events'][number], 'type' | 'createdAt'>,
  recorded: readonly RecordedChange[],
): boolean {
  return recorded.some(({ at, change }) => {
    const near = Math.abs(Date.parse(createdAt) - at) <= CLOCK_SLACK;
    return near && makes(change, type);
  });
}

function makes({ state, title }: RecordedChange['change'], type: string): boolean {
  if (type === 'closed') return state?.to === 'closed';
  if (type === 'reopened') return state?.to === 'open';
  return type === 'renamed' && title !== undefined;
}
