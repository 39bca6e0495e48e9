import type { JobHeader } from '../engine/job.ts';
import type { KnownIssue } from '../identity/issue.ts';
import type { TrustFacts } from '../identity/trust.ts';
import { isAutomatic } from '../log/cause.ts';
import type { AnyFacts, LogEvent, MapChange } from '../log/event.ts';
import { issueKey } from '../refs.ts';
import type { Edit } from '../text/edit.ts';
import { issuesByRun } from './issues-by-run.ts';
import { isSameEntry } from './map-changes.ts';
import { hasInverse, type RunEntry, runKind, type TakesBack } from './run-entry.ts';

/** What is known of a checklist's runs. */
export interface RunLog extends TrustFacts {
  /** All that this browser logged of the checklist, oldest first. */
  readonly events: readonly LogEvent[];
  /** Headers of all its jobs that are kept. */
  readonly jobs: readonly JobHeader[];
  /** Issues with a marker of the checklist; undefined where GitHub was not asked. */
  readonly marked: readonly KnownIssue[] | undefined;
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

function groupByRun(events: readonly LogEvent[]): ReadonlyMap<string, readonly LogEvent[]> {
  const groups = new Map<string, LogEvent[]>();
  for (const event of events) {
    if (event.run === '') continue;
    const group = groups.get(event.run);
    if (group === undefined) groups.set(event.run, [event]);
    else group.push(event);
  }
  return groups;
}

/** None where nothing was written: a sync that only had something to remark. */
function loggedRun(run: string, events: readonly LogEvent[], log: RunLog): readonly RunEntry[] {
  const [first] = events.filter(isWrite);
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

function isWrite({ kind }: LogEvent): boolean {
  return WRITES[kind];
}

/** Whether events of a kind tell of something that was written at GitHub. */
const WRITES: Readonly<Record<LogEvent['kind'], boolean>> = {
  'write-master': true,
  'create-issue': true,
  'find-issue': true,
  'create-comment': true,
  'create-label': true,
  'create-milestone': true,
  'change-issue': true,
  remark: false,
  notice: false,
  read: false,
  match: false,
};

/** The issues that a generation made; those that a stopped undo has closed already are not to be closed any more. */
function issuesToClose(run: string, log: RunLog, undone: boolean): number {
  const isMade = ({ kind }: LogEvent) => kind === 'create-issue' || kind === 'find-issue';
  const made = issuesOf(log.events.filter((event) => event.run === run && isMade(event)));
  const undos = undone ? [] : undosOf(run, log).map(({ id }) => id);
  const closed = issuesOf(
    log.events.filter((event) => undos.includes(event.run) && isClosing(event)),
  );
  return [...made].filter((key) => !closed.has(key)).length;
}

function isClosing(event: LogEvent): boolean {
  return event.kind === 'change-issue' && event.change.marker === 'undone';
}

function issuesOf(events: readonly LogEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap(({ issue }: AnyFacts) => (issue === undefined ? [] : [issueKey(issue)])),
  );
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

/** Takes nothing back. */
export const NOTHING_BACK: TakesBack = {
  close: 0,
  reopen: 0,
  closeAgain: 0,
  retitle: 0,
  untick: 0,
  tick: 0,
  numbers: 0,
  links: 0,
  words: 0,
};

/** Counts what takes a run back that is not a generation, from its entries of the log: each item and each issue once. */
export function takesBackOf(events: readonly LogEvent[]): TakesBack {
  const seen = new Set(events.flatMap((event) => [...textMarks(event), ...issueMarks(event)]));
  const counts: Record<keyof TakesBack, number> = { ...NOTHING_BACK };
  for (const mark of seen) {
    const [what = ''] = mark.split(' ', 1);
    if (isCounted(what)) counts[what]++;
  }
  return counts;
}

function isCounted(what: string): what is keyof TakesBack {
  return Object.hasOwn(NOTHING_BACK, what);
}

/** What is counted, and of which item: each once. */
function textMarks(event: LogEvent): readonly string[] {
  if (event.kind !== 'write-master') return [];
  const { inverse = [], map = [] } = event;
  const relinked = map.filter((change) => !isMove(change, map));
  return [...inverse.flatMap(editMarks), ...relinked.map(({ item }) => `links ${item}`)];
}

/** Other words give an item, and what is nested in it, another key: its issue only moves there. */
function isMove({ from, to }: MapChange, map: readonly MapChange[]): boolean {
  if (from !== undefined && to !== undefined) return false;
  return map.some((other) =>
    to === undefined
      ? other.from === undefined && isSameEntry(from, other.to)
      : other.to === undefined && isSameEntry(to, other.from),
  );
}

function editMarks(edit: Edit): readonly string[] {
  if (!('item' in edit)) return [];
  const { key } = edit.item;
  switch (edit.kind) {
    case 'tick':
    case 'untick':
      return [`${edit.kind} ${key}`];
    case 'append-pull-requests':
    case 'remove-pull-requests':
      return edit.pulls.map((pull) => `numbers ${key} ${issueKey(pull)}`);
    case 'retext':
      return [`words ${key}`];
    case 'link':
    case 'unlink':
    case 'relink':
    case 'drop-link':
    case 'bracket':
    case 'unbracket':
      return [`links ${key}`];
  }
}

function issueMarks(event: LogEvent): readonly string[] {
  if (event.kind !== 'change-issue' || event.undo === undefined) return [];
  const { undo } = event;
  const key = issueKey(undo.issue);
  const state = undo.state && (undo.state.to === 'open' ? 'reopen' : 'closeAgain');
  return [
    ...(state === undefined ? [] : [`${state} ${key}`]),
    ...(undo.title === undefined ? [] : [`retitle ${key}`]),
  ];
}
