import type { LogEvent, Logged } from '../log/event.ts';
import { issueKey } from '../refs.ts';
import type { SentChange } from './change.ts';
import type { Performed } from './effect.ts';
import { joinChanges } from './issue-change.ts';
import type { Job, JobKind } from './job.ts';
import { kindOf } from './kinds/registry.ts';

/** The lines of the audit log for what was just written, or found to be written. Writes of the master log themselves. */
export function eventsOf<K extends JobKind>(
  before: Job<K>,
  after: Job<K>,
  performed: Performed<K>,
  now: number,
): readonly LogEvent[] {
  if (performed.kind === 'change') {
    return aboutChanges(after, performed.effect.index, performed.made, now);
  }
  if (!performed.result.ok) return [];
  const { effect } = performed;
  switch (effect.kind) {
    case 'label':
      return [{ ...lineOf(after, now), kind: 'create-label', name: effect.name }];
    case 'milestone':
      return [{ ...lineOf(after, now), kind: 'create-milestone', name: effect.title }];
    case 'create':
      return aboutRow(after, effect.index, 'create-issue', now);
    case 'comment':
      return aboutRow(after, effect.index, 'create-comment', now);
    case 'look-up': {
      const { issue } = kindOf(after).words;
      const known = new Set(before.rows.filter(issue).map(({ index }) => index));
      return after.rows
        .filter(({ index }) => !known.has(index))
        .flatMap(({ index }) => aboutRow(after, index, 'find-issue', now));
    }
    case 'master':
    case 'rights':
    case 'look-up-comment':
      return [];
  }
}

function aboutRow<K extends JobKind>(
  job: Job<K>,
  index: number,
  kind: 'create-issue' | 'find-issue' | 'create-comment',
  now: number,
): readonly LogEvent[] {
  const row = job.rows.find((one) => one.index === index);
  const made = row && kindOf(job).words.issue(row);
  if (row === undefined || made === undefined) return [];
  const issue = { repo: job.header.target, number: made.number };
  return [{ ...lineOf(job, now), kind, issue, item: row.item.key }];
}

// One line for each issue that was really changed.
function aboutChanges(
  job: Job,
  index: number,
  made: readonly SentChange[],
  now: number,
): readonly LogEvent[] {
  const item = job.rows.find((row) => row.index === index)?.item.key;
  const byIssue = Map.groupBy(made, ({ change }) => issueKey(change.issue));
  return [...byIssue.values()].flatMap((parts): readonly LogEvent[] => {
    const change = joinChanges(parts.map((part) => part.change));
    const undo = joinChanges(parts.map((part) => part.undo));
    if (change === undefined) return [];
    return [
      {
        ...lineOf(job, now),
        kind: 'change-issue',
        issue: change.issue,
        ...(item !== undefined && { item }),
        change,
        ...(undo && { undo }),
      },
    ];
  });
}

function lineOf({ header }: Job, at: number): Logged {
  const { id, checklistKey, login } = header;
  const { cause } = kindOf({ header }).words;
  return { at, job: id, run: id, checklistKey, cause: cause(header), login };
}
