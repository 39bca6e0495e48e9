import type { BodyVersion } from '../../lib/core/engine/job-facts.ts';
import { type Failure, fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { type ChecklistRef, issueKey, issueOfChecklist, sameRepo } from '../../lib/core/refs.ts';
import type { RulesFile, SyncMaster } from '../../lib/core/sync/sync-facts.ts';
import type { ChangedIssue } from '../../lib/core/sync/tracked.ts';
import { hashText } from '../../lib/core/text/hash-text.ts';
import type { ReconcilePorts } from '../../lib/ports.ts';
import type { FakeClock } from './fake-clock.ts';
import { changedIssue, createFakeThings, type FakeThings, iso, knownIssue } from './fake-things.ts';
import { createPeace, type Killer } from './kill.ts';

export type { FakeThing } from './fake-things.ts';

/** A GitHub with one master and what its items link: people close, reopen, retitle, transfer, merge, revert and edit; lists lag. */
export interface SyncFake extends Omit<FakeThings, 'follow' | 'named' | 'inRepo'> {
  readonly master: ChecklistRef;
  text(): string;
  history(): readonly BodyVersion[];
  /** Somebody's edit of the master's text. */
  edit(change: (text: string) => string, editor?: string): void;
  closeMaster(closed: boolean): void;
  locked: boolean;
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
  connect(login: string, killer?: Killer): ReconcilePorts['github'];
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

/** GitHub answers so many in a request. */
const PER_PAGE = 100;

/** Makes a fake GitHub for sync. */
export function createSyncFake(options: SyncFakeOptions): SyncFake {
  const { clock, master, latency = 200 } = options;
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

  const things = createFakeThings({
    clock,
    repo: master.repo,
    lag: (number) => fake.lag(number),
  });

  function masterNow(): SyncMaster {
    return {
      text,
      title: 'Release checklist',
      state: masterClosedAt === undefined ? 'open' : 'closed',
      locked: fake.locked,
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

  function listed(since: number): ChangedIssue[] {
    const seen = things.inRepo(master.repo).filter(({ visibleAt }) => visibleAt <= clock.now());
    const rows = seen.map(changedIssue);
    rows.push({
      number: issueOfChecklist(master).number,
      kind: 'issue',
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

  const { follow, named, inRepo, ...acts } = things;
  const fake: SyncFake = {
    ...acts,
    master,
    requests,
    rulesFile: { kind: 'none' },
    viewerCanUpdate: true,
    archived: false,
    locked: false,
    lag: () => 0,
    before: () => undefined,
    after: () => {},
    text: () => text,
    history: () => history,
    edit: (how, editor = 'human') => write(how(text), editor),
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
        readRoles: (_repo, logins) =>
          ask('readRoles', () => Object.fromEntries(logins.map((one) => [one, true]))),
        readFollowed: (issues, asked) =>
          ask('readFollowed', () => {
            atMost100(issues);
            return Object.fromEntries(issues.map((ref) => [issueKey(ref), follow(ref, asked)]));
          }),
        readPulls: (pulls) =>
          ask('readPulls', () => {
            atMost100(pulls);
            return Object.fromEntries(
              pulls.flatMap((ref) => {
                const pull = named(ref);
                return pull === undefined ? [] : [[issueKey(ref), pull]];
              }),
            );
          }),
        sweepIssues: (repo, since) =>
          ask('sweepIssues', () => {
            const recent = inRepo(repo).filter((one) => one.createdAt >= Date.parse(since));
            // One request for each page after the first.
            const pages = Math.ceil(recent.length / PER_PAGE);
            requests.sweepIssues = (requests.sweepIssues ?? 0) + Math.max(0, pages - 1);
            const issues = recent.filter(({ kind }) => kind === 'issue').map(knownIssue);
            return { issues, complete: true };
          }),
        searchIssues: (repo, text) =>
          ask('searchIssues', () => {
            const issues = inRepo(repo).filter(({ kind }) => kind === 'issue');
            const number = /^#?(\d+)$/.exec(text.trim())?.[1];
            const words = text.toLowerCase();
            const found = issues.filter((one) =>
              number === undefined
                ? one.title.toLowerCase().includes(words)
                : one.number === Number(number),
            );
            return found.slice(0, 10).map(knownIssue);
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

function atMost100(asked: readonly unknown[]): void {
  if (asked.length > PER_PAGE) throw new Error('too many in one question');
}
