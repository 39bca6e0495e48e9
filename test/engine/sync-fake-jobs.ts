import type { IssueComment, IssueHistory } from '../../lib/core/engine/job-facts.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { type IssueRef, issueKey, issueUrl } from '../../lib/core/refs.ts';
import type { JobPorts } from '../../lib/ports.ts';
import type { FakeClock } from './fake-clock.ts';
import { type FakeThing, iso, knownIssue } from './fake-things.ts';
import { createPeace, type Killer } from './kill.ts';
import type { SyncFake } from './sync-fake.ts';

/** What people and programs wrote below an issue. */
type Comments = Map<string, (IssueComment & IssueHistory['comments'][number])[]>;

const COMMENTS = new WeakMap<SyncFake, Comments>();

/**
 * The fake as the jobs of a browser see it, so that generating and changing work on the same GitHub as sync and reconcile.
 * `before` of the fake may make any request fail; nothing is lost on its way.
 */
export function connectJobs(
  fake: SyncFake,
  clock: FakeClock,
  login: string,
  killer: Killer = createPeace(),
): JobPorts['github'] {
  const { readMaster, readVersions, updateMaster } = fake.connect(login, killer);
  const comments: Comments = COMMENTS.get(fake) ?? new Map();
  COMMENTS.set(fake, comments);
  const commentsOf = (ref: IssueRef) => {
    const key = issueKey(fake.thingAt(ref)?.ref ?? ref);
    const known = comments.get(key) ?? [];
    comments.set(key, known);
    return known;
  };

  async function ask<T>(name: string, answer: () => T): Promise<Result<T>> {
    fake.requests[name] = (fake.requests[name] ?? 0) + 1;
    const problem = await fake.before(name, login);
    clock.advance(200);
    if (problem !== undefined) return fail(problem);
    const value = answer();
    await fake.after(name, login);
    return succeed(value);
  }

  /** The worker may die before a write arrives, and after it. */
  const writing = <T>(write: () => T): T => {
    killer.pass('sent-not-applied');
    const value = write();
    killer.pass('applied-no-response');
    return value;
  };

  async function askAbout<T>(
    name: string,
    ref: IssueRef,
    answer: (thing: FakeThing) => T,
  ): Promise<Result<T>> {
    const asked = await ask(name, () => {
      const thing = fake.thingAt(ref);
      return thing === undefined ? undefined : { value: answer(thing) };
    });
    if (!asked.ok) return asked;
    return asked.value === undefined ? fail(failure('gone')) : succeed(asked.value.value);
  }

  return {
    readMaster,
    readRights: () =>
      ask('readRights', () => ({ archived: false, locked: false, viewerCanUpdate: true })),
    readVersions,
    updateMaster,
    createIssue: (repo, { title, body }) =>
      ask('createIssue', () =>
        writing(() => {
          const number = fake.freeNumber();
          fake.addIssue(number, { title, body, author: login });
          return { number, url: issueUrl({ repo, number }), dropped: [] };
        }),
      ),
    listIssues: (repo, { creator, since }) =>
      ask('listIssues', () =>
        fake
          .list()
          .filter(
            ({ ref, kind }) => kind === 'issue' && issueKey({ ...ref, repo }) === issueKey(ref),
          )
          .filter(({ author, createdAt }) => author === creator && createdAt >= Date.parse(since))
          .map(knownIssue)
          .reverse(),
      ),
    createComment: (ref, body) =>
      askAbout('createComment', ref, () => {
        const known = commentsOf(ref);
        const id = known.length + 1 + 1_000 * ref.number;
        known.push({ id, author: login, body, isBot: false, createdAt: iso(clock.now()) });
      }),
    listComments: (ref) => askAbout('listComments', ref, () => [...commentsOf(ref)]),
    createLabel: () => ask('createLabel', () => {}),
    ensureMilestone: () => ask('ensureMilestone', () => 7),
    readHistories: (refs) =>
      ask('readHistories', () =>
        refs.flatMap((ref) => {
          const thing = fake.thingAt(ref);
          return thing === undefined ? [] : [historyOf(thing, commentsOf(ref))];
        }),
      ),
    readIssue: (ref) =>
      askAbout('readIssue', ref, ({ ref: now, title, body, state, reason }) => ({
        ref: now,
        title,
        body,
        state,
        stateReason: state === 'closed' ? reason?.replace('-', '_') : undefined,
        locked: false,
      })),
    updateIssue: (ref, { title, body, state, stateReason }) =>
      askAbout('updateIssue', ref, (thing) =>
        writing(() => {
          if (title !== undefined && title !== thing.title) fake.retitle(ref, title, login);
          if (body !== undefined) thing.body = body;
          if (state === 'open' && thing.state === 'closed') fake.reopen(ref, login);
          if (state === 'closed') fake.close(ref, REASONS[stateReason ?? ''] ?? 'completed', login);
        }),
      ),
    deleteComment: (ref, id) =>
      askAbout('deleteComment', ref, () => {
        const known = commentsOf(ref);
        const at = known.findIndex((one) => one.id === id);
        if (at >= 0) known.splice(at, 1);
      }),
  };
}

const REASONS: Readonly<Record<string, FakeThing['reason']>> = {
  not_planned: 'not-planned',
  duplicate: 'duplicate',
};

function historyOf(thing: FakeThing, comments: IssueHistory['comments']): IssueHistory {
  const { ref, title, body, state, events, createdAt } = thing;
  return {
    ref,
    title,
    body,
    state,
    comments,
    events: events.map(({ type, actor, at }) => ({
      type,
      actor,
      isBot: false,
      createdAt: iso(at),
    })),
    edits: [],
    createdAt: iso(createdAt),
  };
}
