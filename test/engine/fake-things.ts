import type { NamedPull } from '../../lib/core/differences/reconcile-facts.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import {
  GITHUB_HOST,
  type IssueRef,
  issueKey,
  type RepoRef,
  sameRepo,
} from '../../lib/core/refs.ts';
import { boxesIn } from '../../lib/core/sync/open-boxes.ts';
import type { Followed, MentioningPull, MergedPull } from '../../lib/core/sync/sync-facts.ts';
import type { ChangedIssue } from '../../lib/core/sync/tracked.ts';
import { parseMarker } from '../../lib/core/text/marker.ts';
import type { FakeClock } from './fake-clock.ts';

/** An issue or pull request of the fake; numbers are shared. */
export interface FakeThing {
  readonly ref: IssueRef;
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
  /** Numbers of pull requests of the master's repository. */
  closers: number[];
  readonly author: string;
  readonly authorAssociation: string;
  readonly createdAt: number;
  /** What people and programs did to it, oldest first. */
  readonly events: FakeEvent[];
  updatedAt: number;
  /** When the list of changes shows it as it is now. */
  visibleAt: number;
}

/** Something that happened to a thing. */
export interface FakeEvent {
  readonly type: string;
  readonly actor: string;
  readonly at: number;
}

/** A number of the master's repository, or an address; one from before a transfer does. */
type At = number | IssueRef;

/** The issues and pull requests of the master's repository, and those that were transferred to others. `human` acts unless told otherwise. */
export interface FakeThings {
  addIssue(number: number, change?: Partial<FakeThing>): FakeThing;
  addPull(number: number, body: string, base?: string): FakeThing;
  close(at: At, reason?: FakeThing['reason'], actor?: string): void;
  reopen(at: At, actor?: string): void;
  /** Merges a pull request; into the default branch it closes what its text names (`Closes #12`). */
  merge(number: number): void;
  /** Merges a pull request that says that it reverts another; answers its number. */
  revert(number: number): number;
  retitle(at: At, title: string, actor?: string): void;
  /** Moves an issue to another repository, where it gets the next number; the old address leads there. */
  transfer(at: At, to: RepoRef): IssueRef | undefined;
  touch(at: At): void;
  delete(at: At): void;
  /** One of the master's repository, as long as it is there. */
  thing(number: number): FakeThing | undefined;
  /** One of any repository, also by an address from before its transfer. */
  thingAt(ref: IssueRef): FakeThing | undefined;
  /** All that there are, in the order in which they came. */
  list(): readonly FakeThing[];
  /** A number that nothing has. */
  freeNumber(): number;
  follow(
    ref: IssueRef,
    options: { readonly mentions: boolean; readonly reverts?: boolean },
  ): Followed | 'unreadable';
  named(ref: IssueRef): NamedPull | undefined;
  /** Issues and pull requests of a repository, newest first. */
  inRepo(repo: RepoRef): readonly FakeThing[];
}

/** Where the fake's things live. `lag`: how long after a change (of a number) the list of changes does not show it. */
export interface FakeThingsOptions {
  readonly clock: FakeClock;
  readonly repo: RepoRef;
  readonly lag: (number: number) => number;
}

/** Makes a GitHub's issues and pull requests. */
export function createFakeThings({ clock, repo, lag }: FakeThingsOptions): FakeThings {
  const things = new Map<string, FakeThing>();
  const moved = new Map<string, IssueRef>();
  const keyOf = (number: number) => issueKey({ repo, number });
  const refOf = (at: At): IssueRef => (typeof at === 'number' ? { repo, number: at } : at);

  const add = (ref: IssueRef, kind: FakeThing['kind'], change: Partial<FakeThing>) => {
    const thing: FakeThing = {
      kind,
      title: `Number ${ref.number}`,
      body: '',
      state: 'open',
      reason: undefined,
      closedAt: undefined,
      reopenedAt: undefined,
      mergedAt: undefined,
      base: '',
      closers: [],
      author: 'ada',
      authorAssociation: 'MEMBER',
      createdAt: clock.now(),
      events: [],
      updatedAt: clock.now(),
      visibleAt: clock.now(),
      ...change,
      ref,
      number: ref.number,
    };
    things.set(issueKey(ref), thing);
    return thing;
  };

  const change = (at: At, type: string, how: (thing: FakeThing) => void, actor = 'human') => {
    const thing = fake.thingAt(refOf(at));
    if (thing === undefined) return;
    how(thing);
    thing.events.push({ type, actor, at: clock.now() });
    thing.updatedAt = clock.now();
    thing.visibleAt = clock.now() + lag(thing.number);
  };

  const mergeOf = (thing: FakeThing | undefined): MergedPull | undefined => {
    if (thing?.mergedAt === undefined) return undefined;
    return { ref: thing.ref, mergedAt: iso(thing.mergedAt), base: thing.base };
  };

  /** The merged pull request that undid another, unless it was undone itself. */
  const reverterOf = (number: number): MergedPull | undefined => {
    const by = [...things.values()].findLast(
      (thing) =>
        thing.mergedAt !== undefined &&
        new RegExp(`reverts #${number}\\b`, 'i').test(thing.body) &&
        reverterOf(thing.number) === undefined,
    );
    return mergeOf(by);
  };

  const closerOf = (number: number, reverts: boolean): readonly MergedPull[] => {
    const merged = mergeOf(things.get(keyOf(number)));
    const revertedBy = reverts ? reverterOf(number) : undefined;
    return merged === undefined
      ? []
      : [{ ...merged, ...(revertedBy !== undefined && { revertedBy }) }];
  };

  const mentionsOf = (number: number): MentioningPull[] =>
    [...things.values()].flatMap((thing) => {
      const merged = mergeOf(thing);
      const words = `${thing.title}\n${thing.body}`;
      if (merged === undefined || !namesOf(words).includes(number)) return [];
      return [{ ...merged, text: words }];
    });

  const fake: FakeThings = {
    thing: (number) => things.get(keyOf(number)),
    thingAt(ref) {
      const key = issueKey(ref);
      const to = moved.get(key);
      return to === undefined ? things.get(key) : fake.thingAt(to);
    },
    list: () => [...things.values()],
    freeNumber: () => Math.max(0, ...[...things.values()].map(({ number }) => number)) + 1,
    addIssue: (number, more = {}) => add({ repo, number }, 'issue', more),
    addPull: (number, body, base = 'main') => add({ repo, number }, 'pull-request', { body, base }),
    close: (at, reason = 'completed', actor) =>
      change(
        at,
        'closed',
        (thing) => {
          thing.state = 'closed';
          thing.reason = reason;
          thing.closedAt = clock.now();
          thing.reopenedAt = undefined;
        },
        actor,
      ),
    reopen: (at, actor) =>
      change(
        at,
        'reopened',
        (thing) => {
          thing.state = 'open';
          thing.reason = undefined;
          thing.closedAt = undefined;
          thing.reopenedAt = clock.now();
        },
        actor,
      ),
    merge: (number) =>
      change(number, 'merged', (pull) => {
        pull.state = 'closed';
        pull.closedAt = clock.now();
        pull.mergedAt = clock.now();
        if (pull.base !== 'main') return;
        for (const issue of namesOf(pull.body)) {
          const named = fake.thingAt({ repo, number: issue });
          if (named === undefined) continue;
          named.closers.push(number);
          if (named.state === 'open') fake.close(issue);
        }
      }),
    revert(number) {
      const by = fake.freeNumber();
      fake.addPull(by, `Reverts #${number}`);
      fake.merge(by);
      return by;
    },
    retitle: (at, title, actor) =>
      change(
        at,
        'renamed',
        (thing) => {
          thing.title = title;
        },
        actor,
      ),
    transfer(at, to) {
      const thing = fake.thingAt(refOf(at));
      if (thing === undefined || sameRepo(thing.ref.repo, to)) return undefined;
      const ref = { repo: to, number: fake.freeNumber() };
      things.delete(issueKey(thing.ref));
      moved.set(issueKey(thing.ref), ref);
      add(ref, thing.kind, thing);
      change(ref, 'transferred', () => {});
      return ref;
    },
    touch: (at) => change(at, 'labeled', () => {}),
    delete(at) {
      const thing = fake.thingAt(refOf(at));
      if (thing !== undefined) things.delete(issueKey(thing.ref));
    },
    follow(asked, { mentions, reverts = false }) {
      const thing = fake.thingAt(asked);
      if (thing === undefined) return 'unreadable';
      const { ref, kind, title, state, reason, closedAt, reopenedAt, body } = thing;
      const { author, authorAssociation } = thing;
      return {
        author,
        authorAssociation,
        ref,
        kind,
        title,
        state,
        reason: state === 'closed' ? (reason ?? 'completed') : undefined,
        closedAt: closedAt === undefined ? undefined : iso(closedAt),
        reopenedAt: reopenedAt === undefined ? undefined : iso(reopenedAt),
        merged: mergeOf(thing),
        closers: [...new Set(thing.closers)].flatMap((pull) => closerOf(pull, reverts)),
        mentions: mentions ? mentionsOf(asked.number) : [],
        marker: parseMarker(body, GITHUB_HOST),
        ...boxesIn(body, { state, marker: parseMarker(body, GITHUB_HOST) }),
      };
    },
    named(ref) {
      const thing = fake.thingAt(ref);
      if (thing?.kind !== 'pull-request') return undefined;
      const { title, state, mergedAt, body, number } = thing;
      return {
        ref: thing.ref,
        title,
        state: mergedAt === undefined ? state : 'merged',
        closes: namesOf(body).map((issue) => ({ repo, number: issue })),
        revertedBy: reverterOf(number),
      };
    },
    inRepo: (place) =>
      [...things.values()]
        .filter(({ ref }) => sameRepo(ref.repo, place))
        .sort((a, b) => b.createdAt - a.createdAt || b.number - a.number),
  };
  return fake;
}

/** A thing as the list of changes has it. */
export function changedIssue(thing: FakeThing): ChangedIssue {
  const { number, kind, state, reason, reopenedAt, mergedAt, updatedAt, title, body } = thing;
  const open = reopenedAt === undefined ? undefined : 'reopened';
  return {
    number,
    kind,
    state,
    stateReason: state === 'closed' ? reason?.replace('-', '_') : open,
    mergedAt: mergedAt === undefined ? undefined : iso(mergedAt),
    updatedAt: iso(updatedAt),
    title,
    body,
  };
}

/** A thing as a look through a repository has it. */
export function knownIssue(thing: FakeThing): KnownIssue {
  const { ref, kind, title, body, state, reason, author, authorAssociation, createdAt } = thing;
  return {
    ref,
    kind,
    title,
    body,
    state,
    stateReason: reason?.replace('-', '_'),
    author,
    authorAssociation,
    createdAt: iso(createdAt),
  };
}

/** Whole seconds, as GitHub has them. */
export function iso(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

function namesOf(words: string): number[] {
  return [...words.matchAll(/(?:closes|fixes) #(\d+)/gi)].map(([, number]) => Number(number));
}
