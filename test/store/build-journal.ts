import type { ChangeHeader, GenerateHeader, GenerateRow, Job } from '../../lib/core/engine/job.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { issueChecklist } from '../../lib/core/refs.ts';

/** The repository of all jobs here. */
export const REPO = { host: 'github.com', owner: 'ann', name: 'demo' };

/** The key of their checklist. */
export const KEY = 'github.com/ann/demo#1';

/** A generation with rows that are planned. */
export function newJob(
  id: string,
  options: { rows?: number; startedAt?: number; checklistKey?: string } = {},
): Job<'generate'> {
  const { rows = 1, ...more } = options;
  return { header: header(id, more), rows: Array.from({ length: rows }, (_, index) => row(index)) };
}

/** The header of a change. */
export function changeHeader(
  id: string,
  more: Pick<ChangeHeader, 'change' | 'endedAt'>,
): ChangeHeader {
  const { claim: _none, ...shared } = header(id);
  return { ...shared, kind: 'change', ...more };
}

/** The header of a generation. */
export function header(id: string, more: Partial<GenerateHeader> = {}): GenerateHeader {
  return {
    id,
    kind: 'generate',
    checklist: issueChecklist({ repo: REPO, number: 1 }),
    checklistKey: KEY,
    target: REPO,
    account: 'github.com/ann',
    login: 'ann',
    options: {
      labels: [],
      missingLabels: [],
      milestone: undefined,
      assignees: [],
      comment: false,
      linkStyle: 'closes',
      placeholder: '',
      careful: false,
      identity: 'links',
    },
    startedAt: 0,
    claim: 'none',
    endedRuns: [],
    recheck: false,
    unverified: false,
    failures: 0,
    ...more,
  };
}

/** A row that is planned. */
export function row(index: number): GenerateRow {
  return {
    index,
    item: { key: `k${index}`, textHash: 't', groupHash: 'g', ordinal: 0 },
    text: `item ${index}`,
    title: `item ${index}`,
    body: '',
    phase: 'planned',
    own: true,
    attempts: 0,
    relinks: 0,
    linkKnown: false,
  };
}

/** A line of the log. */
export function event(run: string, at: number): LogEvent {
  return {
    at,
    kind: 'create-issue',
    issue: { repo: REPO, number: 2 },
    job: run,
    run,
    checklistKey: KEY,
    cause: { by: 'click', what: 'generate' },
    login: 'ann',
  };
}
