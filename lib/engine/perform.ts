import { applyChange, type Job, type JobRow } from '../core/engine/job.ts';
import { claimEnteredAt, claimHolder } from '../core/engine/job-claim.ts';
import { commentBody } from '../core/engine/job-comment.ts';
import type { Request } from '../core/engine/job-effects.ts';
import { causeOf } from '../core/engine/job-events.ts';
import type { IssueDraft, LoggedRow } from '../core/engine/job-facts.ts';
import {
  type MasterPurpose,
  masterEdits,
  observeMaster,
  rowsToWrite,
} from '../core/engine/job-master.ts';
import type { MasterOutcome, Performed } from '../core/engine/job-record.ts';
import { loggedMends } from '../core/engine/mend-text.ts';
import { type Result, succeed } from '../core/failures.ts';
import type { IssueRef } from '../core/refs.ts';
import { changeIssues } from './change-issues.ts';
import type { JobPorts } from './ports.ts';
import { writeChecklist } from './write-checklist.ts';

/** How far before a job's start look-ups begin: clocks differ, and GitHub's `since` is its own time. */
const LOOK_BACK = 10 * 60_000;

/** Does one effect at GitHub and answers what came of it. Nothing is tried twice here. */
export async function perform(ports: JobPorts, job: Job, effect: Request): Promise<Performed> {
  const { github } = ports;
  const { header } = job;
  const startedAt = ports.clock.now();
  switch (effect.kind) {
    case 'master': {
      const result = await performMaster(ports, job, effect.purpose);
      return { kind: 'master', effect, startedAt, result };
    }
    case 'label': {
      const result = await github.createLabel(header.target, effect.name);
      return { kind: 'label', effect, startedAt, result };
    }
    case 'milestone': {
      const result = await github.ensureMilestone(header.target, effect.title);
      return { kind: 'milestone', effect, startedAt, result };
    }
    case 'create': {
      const result = await github.createIssue(header.target, draftOf(job, effect.index));
      return { kind: 'create', effect, startedAt, result };
    }
    case 'comment': {
      const result = await performComment(ports, job, effect.index);
      return { kind: 'comment', effect, startedAt, result };
    }
    case 'look-up': {
      const query = { creator: header.login, since: lookBackTo(job) };
      const result = await github.listIssues(header.target, query);
      return { kind: 'look-up', effect, startedAt, result };
    }
    case 'look-up-comment': {
      const result = await github.listComments(issueOf(job, rowAt(job, effect.index)));
      return { kind: 'look-up-comment', effect, startedAt, result };
    }
    case 'change':
      return {
        kind: 'change',
        effect,
        startedAt,
        ...(await changeIssues(ports, job, rowAt(job, effect.index))),
      };
  }
}

async function performMaster(
  ports: JobPorts,
  job: Job,
  purpose: MasterPurpose,
): Promise<Result<MasterOutcome>> {
  const { id, run, login, checklist, kind, options, endedRuns } = job.header;
  const now = ports.clock.now();
  let observed: readonly JobRow[] = [];
  let mends: readonly JobRow[] = [];
  const written = await writeChecklist(ports, {
    checklist,
    placeholder: options.placeholder,
    job: id,
    run,
    login,
    cause: causeOf(job.header),
    decide: (master) => {
      observed = observeMaster(job, master.text);
      const seen = applyChange(job, { rows: observed });
      mends = kind === 'mend' ? rowsToWrite(seen, purpose) : [];
      const holder = claimHolder(master, endedRuns, now);
      return masterEdits(seen, purpose, master.text, { holder, now });
    },
    ...(kind === 'mend' && { rows: (outcome) => loggedMends(mends, outcome) }),
  });
  if (!written.ok) return written;
  const { master, wrote, outcome, notice } = written.value;
  return succeed({
    observed,
    wrote,
    missed: outcome.missed,
    logged: outcome.missed.length === 0 ? [] : await writtenBefore(ports, job),
    holder: claimHolder(master, endedRuns, now),
    claimEnteredAt: claimEnteredAt(master.history, run),
    notice,
  });
}

async function writtenBefore({ store }: JobPorts, { header }: Job): Promise<readonly LoggedRow[]> {
  if (header.kind !== 'mend') return [];
  const log = await store.listEvents(header.checklistKey, header.run);
  return log.flatMap(({ rows = [] }) => rows);
}

function performComment(ports: JobPorts, job: Job, index: number): Promise<Result<void>> {
  const row = rowAt(job, index);
  return ports.github.createComment(issueOf(job, row), commentBody(job.header, row));
}

function draftOf(job: Job, index: number): IssueDraft {
  const { title, body } = rowAt(job, index);
  const { labels, assignees } = job.header.options;
  return { title, body, labels, milestone: job.header.milestoneNumber, assignees };
}

function lookBackTo({ header }: Job): string {
  const start = Math.min(header.startedAt, header.serverStartedAt ?? header.startedAt);
  return new Date(start - LOOK_BACK).toISOString();
}

function issueOf(job: Job, row: JobRow): IssueRef {
  return { repo: job.header.target, number: row.issue?.number ?? 0 };
}

function rowAt(job: Job, index: number): JobRow {
  const row = job.rows.find((one) => one.index === index);
  if (row === undefined) throw new Error(`Job ${job.header.id} has no row ${index}`);
  return row;
}
