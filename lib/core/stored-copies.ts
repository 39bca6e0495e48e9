/**
 * What was kept in the browser's storage: by versions up to the first with facts in the database, and since as copies
 * that outlive a lost database. Firefox lets content scripts write there, so every field is checked, and of copies only
 * what the user is asked about is read.
 */
import type { AlertSettings } from './alerts/alert-settings.ts';
import type { OpenJobHeader } from './engine/job.ts';
import {
  type ChecklistRef,
  checklistKey,
  formatRepo,
  isServedHost,
  issueChecklist,
  parseIssueRef,
  parseRepo,
  type RepoRef,
} from './refs.ts';
import { type Preferences, readAlertSettings, readPreferences } from './settings/settings.ts';
import type { PartialSettings } from './settings/table.ts';
import type { TrackedChecklist } from './sync/tracked.ts';

/** What a lost database knew, as far as the user may want it back. Nothing of it counts before she says so. */
export interface LostFacts {
  readonly checklists: readonly ChecklistRef[];
  readonly preferences: PartialSettings<Preferences>;
  readonly alerts: PartialSettings<AlertSettings>;
}

/** Begins the names of the headers of open jobs; the job's id follows. */
export const OPEN_JOB = 'openJob:';
/** Begins the names of the differences that were left; the checklist's key follows. */
export const LEFT = 'left:';
/** The name of the facts of a lost database. */
export const LOST = 'lost';

type Stored = Readonly<Record<string, unknown>>;

/** The facts of an older version, by their names. They decided where they were: what is sound is taken over. */
export function readOlderFacts(stored: Stored): ReadonlyMap<string, unknown> {
  const facts = new Map<string, unknown>();
  const take = (name: string, value: unknown) => value !== undefined && facts.set(name, value);
  take('preferences', stored.preferences);
  take('alerts', stored.alerts);
  take('paused', stored.paused === true || undefined);
  take('pausedJobs', isRecord(stored.pausedJobs) ? stored.pausedJobs : undefined);
  take('tracked', listOf(stored.tracked, readTracked));
  take(
    'released',
    listOf(stored.released, (one) => (isReleased(one) ? one : undefined)),
  );
  for (const [name, value] of Object.entries(stored)) {
    if (name.startsWith(LEFT) && Array.isArray(value)) take(name, value);
    if (name.startsWith(OPEN_JOB)) take(name, readHeader(value));
  }
  return facts;
}

/**
 * What copies say of a lost database, by the names of the facts that it becomes: what the user is asked about, the runs
 * that were lost, which ask by themselves, and that everything was paused.
 */
export function readCopies(stored: Stored): ReadonlyMap<string, unknown> {
  const facts = new Map<string, unknown>();
  const checklists = listOf(stored.tracked, readChecklist) ?? [];
  const preferences = readPreferences(stored.preferences ?? {}).sound;
  const alerts = readAlertSettings(stored.alerts ?? {}).sound;
  const lost: LostFacts = { checklists: once(checklists), preferences, alerts };
  if (!isNothing(lost)) facts.set(LOST, lost);
  if (stored.paused === true) facts.set('paused', true);
  for (const [name, value] of Object.entries(stored)) {
    const header = name.startsWith(OPEN_JOB) ? readHeader(value) : undefined;
    // That the claims of other runs count for nothing is not believed: their owners would be overrun.
    if (header && name === OPEN_JOB + header.id) facts.set(name, { ...header, endedRuns: [] });
  }
  return facts;
}

/** Whether nothing is left to ask. */
export function isNothing({ checklists, preferences, alerts }: LostFacts): boolean {
  return [checklists, preferences, alerts].every((one) => Object.keys(one).length === 0);
}

/** The copy of the tracked checklists: without titles, which may be secret. */
export function copyTracked(tracked: readonly TrackedChecklist[]): readonly ChecklistRef[] {
  return tracked.map(({ checklist }) => checklist);
}

function once(checklists: readonly ChecklistRef[]): readonly ChecklistRef[] {
  return [...new Map(checklists.map((one) => [checklistKey(one), one])).values()];
}

/** A checklist, or what names one as its own. */
function readChecklist(value: unknown): ChecklistRef | undefined {
  if (!isRecord(value)) return undefined;
  const named = isRecord(value.checklist) ? value.checklist : value;
  const repo = readRepo(named.repo);
  const issue = repo && parseIssueRef(`${formatRepo(repo)}#${String(named.number)}`, repo.host);
  return issue && issueChecklist(issue);
}

function readRepo(value: unknown): RepoRef | undefined {
  if (!isRecord(value)) return undefined;
  const { host, owner, name } = value;
  if (!isText(host) || !isText(owner) || !isText(name) || !isServedHost(host)) return undefined;
  return parseRepo(formatRepo({ host, owner, name }), host);
}

function readTracked(value: unknown): TrackedChecklist | undefined {
  const checklist = readChecklist(value);
  if (checklist === undefined || !isRecord(value)) return undefined;
  const { title, login, since } = value;
  return isText(title) && isText(login) && isTime(since)
    ? { checklist, title, login, since }
    : undefined;
}

function isReleased(value: unknown): boolean {
  return isRecord(value) && readTracked(value.tracked) !== undefined && isTime(value.at);
}

/** The undo of a generation, and what resolved differences, were kinds of their own once. */
const KINDS: Readonly<Record<string, OpenJobHeader['kind']>> = {
  generate: 'generate',
  change: 'change',
  undo: 'change',
  mend: 'change',
};

function readHeader(value: unknown): OpenJobHeader | undefined {
  if (!isRecord(value)) return undefined;
  const { id, login, startedAt, serverStartedAt, lastWriteAt, rows, planOptions } = value;
  const kind = isText(value.kind) && Object.hasOwn(KINDS, value.kind) && KINDS[value.kind];
  const [checklist, target] = [readChecklist(value), readRepo(value.target)];
  const { settled } = value;
  if (!kind || !checklist || !target || !isText(id) || !isText(login)) return undefined;
  if (!isTime(startedAt) || !isTime(lastWriteAt) || !isTime(rows)) return undefined;
  const header = { id, kind, checklist, target, login, startedAt, lastWriteAt, rows };
  return {
    ...header,
    endedRuns: Array.isArray(value.endedRuns) ? value.endedRuns.filter(isText) : [],
    ...(isTime(serverStartedAt) && { serverStartedAt }),
    ...((settled === 'dismissed' || settled === 'recovered') && { settled }),
    // Each option is checked where it is used.
    ...(isRecord(planOptions) && { planOptions: planOptions as never }),
  };
}

function listOf<T>(
  value: unknown,
  read: (one: unknown) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, MOST).flatMap((one) => read(one) ?? []);
}

/** More checklists than anybody tracks. */
const MOST = 5_000;
const LONGEST = 1_000;

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST;
}

/** A time, or a number of things. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isRecord(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
