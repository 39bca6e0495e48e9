import type { JobHeader } from '../engine/job.ts';
import type { JobEvent } from '../engine/job-facts.ts';
import type { KnownIssue } from '../identity/issue.ts';
import { isAutomatic } from '../log/cause.ts';
import { type ChecklistRef, issueKey } from '../refs.ts';
import { issuesByRun } from './issues-by-run.ts';
import type { RunEntry } from './run-entry.ts';
import { hasInverse, runKind } from './run-kind.ts';
import { NOTHING_BACK, takesBackOf } from './takes-back.ts';

/** What is known of a checklist's runs. */
export interface RunLog {
  readonly checklist: ChecklistRef;
  /** All that this browser logged of the checklist, oldest first. */
  readonly events: readonly JobEvent[];
  /** Headers of all its jobs that are kept. */
  readonly jobs: readonly JobHeader[];
  /** Issues with a marker of the checklist; undefined where GitHub was not asked. */
  readonly marked: readonly KnownIssue[] | undefined;
  /** Login of the token: whose markers are believed beside those of members. */
  readonly viewer?: string | undefined;
}

/**
 * The runs of a checklist that wrote something, newest first: those of the log, and the generations of other browsers as
 * their issues tell. One that is still going on is left out.
 */
export function listRuns(log: RunLog): readonly RunEntry[] {
  const open = new Set(log.jobs.filter(isOpen).map(({ id }) => id));
  const logged = [...groupByRun(log.events)].flatMap(([run, events]) =>
    loggedRun(run, events, log),
  );
  const found = foundRuns(log);
  const known = new Set(logged.map(({ run }) => run));
  return [...logged, ...found.filter(({ run }) => !known.has(run))]
    .filter(({ run }) => !open.has(run))
    .sort((a, b) => b.at - a.at || (a.run < b.run ? 1 : -1));
}

function isOpen({ endedAt }: JobHeader): boolean {
  return endedAt === undefined;
}

function groupByRun(events: readonly JobEvent[]): ReadonlyMap<string, readonly JobEvent[]> {
  const groups = new Map<string, JobEvent[]>();
  for (const event of events) {
    if (event.run === '') continue;
    const group = groups.get(event.run);
    if (group === undefined) groups.set(event.run, [event]);
    else group.push(event);
  }
  return groups;
}

/** None where nothing was written: a sync that only had something to remark. */
function loggedRun(run: string, events: readonly JobEvent[], log: RunLog): readonly RunEntry[] {
  const [first] = events.filter(({ kind }) => kind !== 'remark' && kind !== 'notice');
  const kind = first && runKind(first);
  if (first === undefined || kind === undefined) return [];
  const undone = isUndone(run, log);
  return [
    {
      run,
      kind,
      at: first.at,
      login: first.login,
      byItself: isAutomatic(first.cause),
      origin: 'log',
      takesBack:
        kind === 'generate'
          ? { ...NOTHING_BACK, close: issuesToClose(run, log, undone) }
          : takesBackOf(hasInverse(kind) ? events : []),
      undone,
    },
  ];
}

/** The issues that a generation made; those that a stopped undo has closed already are not to be closed any more. */
function issuesToClose(run: string, log: RunLog, undone: boolean): number {
  const isMade = ({ kind }: JobEvent) => kind === 'create-issue' || kind === 'find-issue';
  const made = issuesOf(log.events.filter((event) => event.run === run && isMade(event)));
  const undos = undone ? [] : undosOf(run, log).map(({ id }) => id);
  const closed = issuesOf(
    log.events.filter((event) => undos.includes(event.run) && event.change?.marker === 'undone'),
  );
  return [...made].filter((key) => !closed.has(key)).length;
}

function issuesOf(events: readonly JobEvent[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ issue }) => (issue === undefined ? [] : [issueKey(issue)])));
}

/** Whether a later run took it back to the end, and was not taken back itself. */
function isUndone(run: string, log: RunLog): boolean {
  return undosOf(run, log).some(
    ({ id, outcome }) => outcome !== 'stopped' && outcome !== 'failed' && !isUndone(id, log),
  );
}

function undosOf(run: string, { jobs }: RunLog): readonly JobHeader[] {
  return jobs.filter((job) => job.kind === 'change' && job.change.undoes === run);
}

/** Generations of which the issues' markers tell, where issues of them are still open. */
function foundRuns(log: RunLog): readonly RunEntry[] {
  return [...issuesByRun(log.marked ?? [], log)].flatMap(([run, issues]): RunEntry[] => {
    const close = issues.filter(({ state }) => state === 'open').length;
    const [first] = issues.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
    if (first === undefined || close === 0) return [];
    return [
      {
        run,
        kind: 'generate',
        at: Date.parse(first.createdAt),
        login: first.author,
        byItself: false,
        origin: 'issues',
        takesBack: { ...NOTHING_BACK, close },
        undone: isUndone(run, log),
      },
    ];
  });
}
