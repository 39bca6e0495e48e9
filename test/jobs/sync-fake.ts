import { type Failure, fail, failure, type Result, succeed } from '../../lib/core/failure.ts';
import { hashText } from '../../lib/core/markdown/hash-text.ts';
import { type ChecklistRef, type IssueRef, issueKey, sameRepo } from '../../lib/core/refs.ts';
import type {
  Followed,
  MentioningPull,
  MergedPull,
  RulesFile,
  SyncMaster,
} from '../../lib/core/sync/sync-facts.ts';
import type { ChangedIssue } from '../../lib/core/sync/tracked.ts';
import type { BodyVersion } from '../../lib/jobs/ports.ts';
import type { SyncGitHub } from '../../lib/jobs/sync-ports.ts';
import type { FakeClock } from './fake-clock.ts';
import { createPeace, type Killer } from './kill.ts';

/** An issue or pull request of the fake; numbers are shared. */
export interface FakeThing {
  readonly number: number;
  readonly kind: 'issue' | 'pull-request';
  title: string;
  body: string;
  state: 'open' | 'closed';
  reason: 'completed' | 'not-planned' | 'duplicate' | undefined;
  closedAt: number | undefined;
  reopenedAt: number | undefined;
  mergedAt: number | undefined;
  base: string;
  closers: number[];
  updatedAt: number;
  /** When the list of changes shows it as it is now. */
  visibleAt: number;
}

/** A GitHub with one master and what its items link: people close, reopen, merge and edit; lists lag. */
export interface SyncFake {
  readonly master: ChecklistRef;
  text(): string;
  history(): readonly BodyVersion[];
  /** Somebody's edit of the master's text. */
  edit(change: (text: string) => string, editor?: string): void;
  addIssue(number: number): FakeThing;
  addPull(number: number, body: string, base?: string): FakeThing;
  close(number: number, reason?: FakeThing['reason']): void;
  reopen(number: number): void;
  /** Merges a pull request; into the default branch it closes what its text names (`Closes #12`). */
  merge(number: number): void;
  touch(number: number): void;
  delete(number: number): void;
  closeMaster(closed: boolean): void;
  thing(number: number): FakeThing | undefined;
  rulesFile: RulesFile;
  viewerCanUpdate: boolean;
  archived: boolean;
  /** The longest time after which a change shows in the list. */
  lag: (number: number) => number;
  /** What all browsers have sent, by name. */
  readonly requests: Record<string, number>;
  /** Called before each request: a place to interfere. Answer a failure to make it fail. */
  before: (request: string, login: string) => Failure | undefined | Promise<Failure | undefined>;
  /** Called after a request was applied, before its answer arrives. */
  after: (request: string, login: string) => void | Promise<void>;
  /** The port of a browser. */
  connect(login: string, killer?: Killer): SyncGitHub;
}

/** What a fake starts from. */
export interface SyncFakeOptions {
  readonly clock: FakeClock;
  readonly master: ChecklistRef;
  readonly text: string;
  /** Time of a request, in milliseconds. */
  readonly latency?: number;
}

/** Versions that come with the text. */
const VERSIONS = 10;

/** Makes a fake GitHub for sync. */
export function createSyncFake(options: SyncFakeOptions): SyncFake {
  const { clock, master, latency = 200 } = options;
  const things = new Map<number, FakeThing>();
  const requests: Record<string, number> = {};
  const createdAt = iso(clock.now() - 86_400_000);
  let text = options.text;
  let history: BodyVersion[] = [];
  let edits = 0;
  let masterClosedAt: number | undefined;
  let masterUpdatedAt = clock.now() - 86_400_000;

  const write = (body: string, editor: string) => {
    if (body === text) return;
    if (history.length === 0) {
      history = [{ id: 'first', editedAt: createdAt, editor: 'owner', text }];
    }
    text = body;
    masterUpdatedAt = clock.now();
    history = [{ id: `edit-${++edits}`, editedAt: iso(clock.now()), editor, text }, ...history];
  };

  const add = (number: number, kind: FakeThing['kind'], body: string, base: string) => {
    const thing: FakeThing = {
      number,
      kind,
      title: `Number ${number}`,
      body,
      state: 'open',
      reason: undefined,
      closedAt: undefined,
      reopenedAt: undefined,
      mergedAt: undefined,
      base,
      closers: [],
      updatedAt: clock.now(),
      visibleAt: clock.now(),
    };
    things.set(number, thing);
    return thing;
  };

  const change = (number: number, how: (thing: FakeThing) => void) => {
    const thing = things.get(number);
    if (thing === undefined) return;
    how(thing);
    thing.updatedAt = clock.now();
    thing.visibleAt = clock.now() + fake.lag(number);
  };

  function masterNow(): SyncMaster {
    return {
      text,
      title: 'Release checklist',
      state: masterClosedAt === undefined ? 'open' : 'closed',
      locked: false,
      viewerCanUpdate: fake.viewerCanUpdate,
      history: history.slice(0, VERSIONS),
      createdAt,
      closedAt: masterClosedAt === undefined ? undefined : iso(masterClosedAt),
      historyComplete: history.length <= VERSIONS,
      rulesFile: fake.rulesFile,
      ref: master,
      archived: fake.archived,
    };
  }

  function follow(ref: IssueRef, mentions: boolean): Followed | 'unreadable' {
    const thing = things.get(ref.number);
    if (thing === undefined || !sameRepo(ref.repo, master.repo)) return 'unreadable';
    const { kind, title, state, reason, closedAt, reopenedAt } = thing;
    return {
      ref,
      kind,
      title,
      state,
      reason: state === 'closed' ? (reason ?? 'completed') : undefined,
      closedAt: closedAt === undefined ? undefined : iso(closedAt),
      reopenedAt: reopenedAt === undefined ? undefined : iso(reopenedAt),
      merged: mergeOf(thing),
      closers: thing.closers.flatMap((pull) => mergeOf(things.get(pull)) ?? []),
      mentions: mentions ? mentionsOf(ref.number) : [],
      marker: undefined,
    };
  }

  function mergeOf(thing: FakeThing | undefined): MergedPull | undefined {
    if (thing?.mergedAt === undefined) return undefined;
    const ref = { repo: master.repo, number: thing.number };
    return { ref, mergedAt: iso(thing.mergedAt), base: thing.base };
  }

  function mentionsOf(number: number): MentioningPull[] {
    return [...things.values()].flatMap((thing) => {
      const merged = mergeOf(thing);
      const words = `${thing.title}\n${thing.body}`;
      if (merged === undefined || !namesOf(words).includes(number)) return [];
      return [{ ...merged, text: words }];
    });
  }

  function listed(since: number): ChangedIssue[] {
    const seen = [...things.values()].filter(({ visibleAt }) => visibleAt <= clock.now());
    const rows = seen.map(shown);
    rows.push({
      number: master.number,
      isPullRequest: false,
      state: masterClosedAt === undefined ? 'open' : 'closed',
      stateReason: masterClosedAt === undefined ? undefined : 'completed',
      mergedAt: undefined,
      updatedAt: iso(masterUpdatedAt),
      title: 'Release checklist',
      body: text,
    });
    return rows
      .filter(({ updatedAt }) => Date.parse(updatedAt) >= since)
      .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));
  }

  const fake: SyncFake = {
    master,
    requests,
    rulesFile: { kind: 'none' },
    viewerCanUpdate: true,
    archived: false,
    lag: () => 0,
    before: () => undefined,
    after: () => {},
    text: () => text,
    history: () => history,
    thing: (number) => things.get(number),
    edit: (how, editor = 'human') => write(how(text), editor),
    addIssue: (number) => add(number, 'issue', '', ''),
    addPull: (number, body, base = 'main') => add(number, 'pull-request', body, base),
    close: (number, reason = 'completed') =>
      change(number, (thing) => {
        thing.state = 'closed';
        thing.reason = reason;
        thing.closedAt = clock.now();
        thing.reopenedAt = undefined;
      }),
    reopen: (number) =>
      change(number, (thing) => {
        thing.state = 'open';
        thing.reason = undefined;
        thing.closedAt = undefined;
        thing.reopenedAt = clock.now();
      }),
    merge: (number) =>
      change(number, (pull) => {
        pull.state = 'closed';
        pull.closedAt = clock.now();
        pull.mergedAt = clock.now();
        if (pull.base !== 'main') return;
        for (const issue of namesOf(pull.body)) {
          const named = things.get(issue);
          if (named === undefined) continue;
          named.closers.push(number);
          if (named.state === 'open') fake.close(issue);
        }
      }),
    touch: (number) => change(number, () => {}),
    delete: (number) => void things.delete(number),
    closeMaster: (closed) => {
      masterClosedAt = closed ? clock.now() : undefined;
      masterUpdatedAt = clock.now();
    },
    connect(login, killer = createPeace()) {
      async function ask<T>(name: string, answer: () => T): Promise<Result<T>> {
        requests[name] = (requests[name] ?? 0) + 1;
        const problem = await fake.before(name, login);
        clock.advance(latency / 2);
        if (problem !== undefined) return fail(problem);
        const value = answer();
        await fake.after(name, login);
        clock.advance(latency / 2);
        return succeed(value);
      }
      return {
        async readMaster() {
          killer.pass('before-verify');
          const answer = await ask('readMaster', masterNow);
          killer.pass('master-read');
          return answer;
        },
        updateMaster: (_, body) =>
          ask('updateMaster', () => {
            killer.pass('sent-not-applied');
            write(body, login);
            killer.pass('patched-no-response');
            return body;
          }),
        readSyncMaster: (ref) => ask('readSyncMaster', () => ({ ...masterNow(), ref })),
        readVersions: () => ask('readVersions', () => history.slice(0, 100)),
        readFollowed: (issues, { mentions }) =>
          ask('readFollowed', () => {
            if (issues.length > 100) throw new Error('too many in one question');
            return Object.fromEntries(issues.map((ref) => [issueKey(ref), follow(ref, mentions)]));
          }),
        listChanges: (repo, { since, etag }) =>
          ask('listChanges', () => {
            const serverAt = iso(clock.now());
            if (since === undefined) {
              return { kind: 'changed', serverAt, etag: undefined, issues: [], repo };
            }
            const own = sameRepo(repo, master.repo);
            const issues = own ? listed(Date.parse(since)) : [];
            const mark = hashText(JSON.stringify([since, issues]));
            if (mark === etag) return { kind: 'unchanged', serverAt };
            return { kind: 'changed', serverAt, etag: mark, issues, repo };
          }),
      };
    },
  };
  return fake;
}

/** Makes the next request of a name fail. */
export function failOnce(
  fake: SyncFake,
  request: string,
  problem: Failure = failure('server-error'),
) {
  fake.before = (name) => {
    if (name !== request) return undefined;
    fake.before = () => undefined;
    return problem;
  };
}

function shown(thing: FakeThing): ChangedIssue {
  const { number, kind, state, reason, reopenedAt, mergedAt, updatedAt, title, body } = thing;
  const open = reopenedAt === undefined ? undefined : 'reopened';
  return {
    number,
    isPullRequest: kind === 'pull-request',
    state,
    stateReason: state === 'closed' ? reason?.replace('-', '_') : open,
    mergedAt: mergedAt === undefined ? undefined : iso(mergedAt),
    updatedAt: iso(updatedAt),
    title,
    body,
  };
}

function namesOf(words: string): number[] {
  return [...words.matchAll(/(?:closes|fixes) #(\d+)/gi)].map(([, number]) => Number(number));
}

/** Whole seconds, as GitHub has them. */
function iso(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
