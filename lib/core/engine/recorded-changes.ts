import { issueKey } from '../refs.ts';
import type { JobEvent } from './job-facts.ts';
import type { RecordedChange } from './mend.ts';

/** The changes of issues that a log tells of, oldest first. */
export function recordedChanges(log: readonly JobEvent[]): readonly RecordedChange[] {
  return log
    .flatMap(({ at, issue, change }) =>
      issue === undefined || change === undefined ? [] : [{ issue: issueKey(issue), at, change }],
    )
    .toSorted((a, b) => a.at - b.at);
}
