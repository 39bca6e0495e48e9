import { claimEnteredAt, claimView, runsReplacedBy } from '../core/engine/claim.ts';
import type { MasterOutcome, MasterPurpose, Performed, Request } from '../core/engine/effect.ts';
import { applyChange, type Job, type JobKind } from '../core/engine/job.ts';
import type { MasterSnapshot } from '../core/engine/job-facts.ts';
import { kindOf } from '../core/engine/kinds/registry.ts';
import { textOf } from '../core/engine/kinds/texts.ts';
import { fail, type Result, succeed } from '../core/failures.ts';
import type { AnyFacts, LoggedRow } from '../core/log/event.ts';
import type { ChecklistRef } from '../core/refs.ts';
import { writingBlocker } from '../core/writing-blocker.ts';
import type { JobPorts } from '../ports.ts';
import { changeIssues } from './change-issues.ts';
import { withText } from './checklist-text.ts';
import { writeChecklist } from './write-checklist.ts';

/** Does one effect at GitHub and answers what came of it. Nothing is tried twice here. */
export async function perform<K extends JobKind>(
  ports: JobPorts,
  job: Job<K>,
  effect: Request,
): Promise<Performed<K>> {
  const { github } = ports;
  const { header } = job;
  const startedAt = ports.clock.now();
  switch (effect.kind) {
    case 'master': {
      const result = await performMaster(ports, job, effect.purpose);
      return { kind: 'master', effect, startedAt, result };
    }
    case 'rights': {
      const result = await performRights(ports, header.checklist);
      return { kind: 'rights', effect, startedAt, result };
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
      const result = await github.createIssue(header.target, effect.draft);
      return { kind: 'create', effect, startedAt, result };
    }
    case 'comment': {
      const result = await github.createComment(effect.issue, effect.body);
      return { kind: 'comment', effect, startedAt, result };
    }
    case 'look-up': {
      const { creator, since } = effect;
      const query = { creator, since: new Date(since).toISOString() };
      const result = await github.listIssues(header.target, query);
      return { kind: 'look-up', effect, startedAt, result };
    }
    case 'look-up-comment': {
      const result = await github.listComments(effect.issue);
      return { kind: 'look-up-comment', effect, startedAt, result };
    }
    case 'change':
      return { kind: 'change', effect, startedAt, ...(await changeIssues(ports, job, effect)) };
  }
}

async function performRights(
  { github }: Pick<JobPorts, 'github'>,
  checklist: ChecklistRef,
): Promise<Result<unknown>> {
  const rights = await github.readRights(checklist);
  if (!rights.ok) return rights;
  const { locked, viewerCanUpdate } = rights.value;
  // Who may write a text may do so when its conversation is locked: a run that was begun goes on.
  const blocker = writingBlocker(checklist, {
    ...rights.value,
    locked: locked && !viewerCanUpdate,
  });
  return blocker === undefined ? rights : fail(blocker);
}

async function performMaster<K extends JobKind>(
  ports: JobPorts,
  job: Job<K>,
  purpose: MasterPurpose,
): Promise<Result<MasterOutcome<K>>> {
  const { id, login, checklist, options } = job.header;
  const text = textOf(job);
  const now = ports.clock.now();
  let seen = job;
  const written = await writeChecklist(withText(ports), {
    checklist,
    placeholder: options.placeholder,
    job: id,
    run: id,
    login,
    cause: kindOf(job).words.cause(job.header),
    decide: (master) => {
      seen = applyChange(job, { rows: text.observe(job, master.text) });
      const view = claimView(claimed(master, job), job.header, now, ports.timing);
      return text.edits(seen, purpose, master.text, view);
    },
    ...(text.logged && { rows: (outcome) => text.logged?.(seen, purpose, outcome) ?? [] }),
  });
  if (!written.ok) return written;
  const { master, wrote, outcome, notice } = written.value;
  const claims = claimed(master, job);
  const wantsLog = outcome.missed.length > 0 && text.logged !== undefined;
  return succeed({
    observed: seen.rows.filter((row, position) => row !== job.rows[position]),
    wrote,
    missed: outcome.missed,
    logged: wantsLog ? await writtenBefore(ports, job) : [],
    holder: claimView(claims, job.header, now, ports.timing).holder,
    replaced: runsReplacedBy(claims, id),
    claimEnteredAt: claimEnteredAt(master.history, id),
    notice,
  });
}

/** The text as far as claims are concerned: those of somebody without rights do not count, where the history shows whose they are. */
function claimed(master: MasterSnapshot, { header }: Job) {
  const isKnown = header.kind === 'generate' && master.author !== undefined;
  return { ...master, doubted: isKnown ? header.doubted : undefined };
}

async function writtenBefore({ store }: JobPorts, { header }: Job): Promise<readonly LoggedRow[]> {
  const log = await store.listEvents(header.checklistKey, header.id);
  return log.flatMap(({ rows = [] }: AnyFacts) => rows);
}
