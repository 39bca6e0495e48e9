import type { EventDetail, IssueAt, StoredComment, StoredCommit, StoredIssue } from '../types.ts';
import type { Accounts } from './accounts.ts';
import { applied, editedBody, eventsOf, type IssueChange } from './issue-change.ts';
import { firstEvents, type NewIssue, newIssue, wordsOf } from './new-issue.ts';
import { closingReferencesIn, type Reference, referencesIn } from './references.ts';

/** How an issue number answers: it stands, was deleted, moved, or never was. */
export type Lookup =
  | { readonly kind: 'found'; readonly issue: StoredIssue }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'moved'; readonly repoId: number; readonly number: number }
  | { readonly kind: 'missing' };

/** Issues, pull requests, comments, edit histories and timelines of all repositories. */
export interface IssueStore {
  create(repoId: number, draft: NewIssue): StoredIssue;
  update(repoId: number, number: number, change: IssueChange, actor: string): StoredIssue;
  /** What `update` does not know how to do; `change` also gets the time. */
  amend(
    at: IssueAt,
    actor: string,
    change: (issue: StoredIssue, at: number) => StoredIssue,
    details: readonly EventDetail[],
  ): StoredIssue;
  comment(repoId: number, number: number, body: string, author: string): StoredComment;
  editComment(repoId: number, number: number, id: number, body: string): StoredComment;
  /** GitHub writes no event of it that a timeline shows. */
  removeComment(repoId: number, number: number, id: number): void;
  remove(repoId: number, number: number): void;
  transfer(repoId: number, number: number, toRepoId: number, actor: string): number;
  find(repoId: number, number: number): Lookup;
  findById(id: number): StoredIssue | undefined;
  findByNodeId(nodeId: string): StoredIssue | undefined;
  /** The issue that stood there, wherever it was transferred since; undefined when it is gone. */
  present(at: IssueAt): StoredIssue | undefined;
  addCommit(commit: StoredCommit): void;
  commit(oid: string): StoredCommit | undefined;
  /** The pull requests of all repositories. */
  pulls(): readonly StoredIssue[];
  findComment(
    repoId: number,
    id: number,
  ): { issue: StoredIssue; comment: StoredComment } | undefined;
  /** All issues and pull requests as a reader saw them `lagMs` ago, by number. */
  list(repoId: number, lagMs?: number): readonly StoredIssue[];
  /** Called after every change with the repository and number that changed. */
  onChange(listener: (repoId: number, number: number) => void): () => void;
}

interface Entry {
  readonly repoId: number;
  /** Oldest first; the last is how the issue stands. */
  readonly versions: { readonly at: number; readonly issue: StoredIssue }[];
  gone: { kind: 'deleted' } | { kind: 'moved'; repoId: number; number: number } | null;
}

/** Keeps every version of every issue, so that lists can lag behind. */
export function createIssueStore(accounts: Accounts, clock: () => number): IssueStore {
  const repos = new Map<number, Map<number, Entry>>();
  const byId = new Map<number, Entry>();
  const commits = new Map<string, StoredCommit>();
  const listeners = new Set<(repoId: number, number: number) => void>();
  let nextId = 3_000_000_000;
  const newId = () => ++nextId;

  const entriesOf = (repoId: number) => {
    const known = repos.get(repoId) ?? new Map<number, Entry>();
    repos.set(repoId, known);
    return known;
  };
  const nameOf = (repoId: number) => accounts.repoById(repoId)?.full_name ?? 'unknown/unknown';
  const current = (entry: Entry): StoredIssue => {
    const last = entry.versions.at(-1);
    if (last === undefined) throw new Error('an issue without a version');
    return { ...last.issue, repo: nameOf(entry.repoId) };
  };
  const mustEntry = (repoId: number, number: number) => {
    const entry = entriesOf(repoId).get(number);
    if (entry === undefined || entry.gone !== null)
      throw new Error(`no issue ${nameOf(repoId)}#${number} in the local GitHub`);
    return entry;
  };
  const save = (entry: Entry, given: StoredIssue) => {
    const { pull } = given;
    const issue =
      pull === null
        ? given
        : { ...given, pull: { ...pull, closes: located(entry.repoId, given.body) } };
    entry.versions.push({ at: clock(), issue });
    for (const listener of listeners) listener(entry.repoId, issue.number);
    return issue;
  };
  /** Where the issues are that a description names with a closing keyword and that exist. */
  const located = (repoId: number, description: string | null): readonly IssueAt[] =>
    closingReferencesIn(description ?? '', nameOf(repoId)).flatMap((reference: Reference) => {
      const repo = accounts.repo(reference.repo);
      const entry = repo && entriesOf(repo.id).get(reference.number);
      return entry === undefined ? [] : [{ repoId: entry.repoId, number: reference.number }];
    });
  const present = ({ repoId, number }: IssueAt): StoredIssue | undefined => {
    const entry = entriesOf(repoId).get(number);
    if (entry === undefined || entry.gone?.kind === 'deleted') return undefined;
    return entry.gone === null ? current(entry) : present(entry.gone);
  };
  const newEvent = (actor: string, detail: EventDetail, id = newId()) => {
    return { id, nodeId: `EV_local${id}`, at: clock(), actor, detail };
  };

  /** Writes a `cross-referenced` event into every issue that the text names for the first time. */
  const crossReference = (source: StoredIssue, text: string | null, actor: string) => {
    for (const reference of referencesIn(text ?? '', source.repo)) {
      const repo = accounts.repo(reference.repo);
      const entry = repo && entriesOf(repo.id).get(reference.number);
      if (entry === undefined || entry.gone !== null) continue;
      const target = current(entry);
      const known = target.events.some(
        ({ detail }) => detail.kind === 'cross-referenced' && detail.sourceId === source.id,
      );
      if (known || target.id === source.id) continue;
      const event = newEvent(actor, { kind: 'cross-referenced', sourceId: source.id });
      save(entry, { ...target, events: [...target.events, event] });
    }
  };

  const put = (repoId: number, make: (id: number, number: number) => StoredIssue) => {
    const entries = entriesOf(repoId);
    const issue = make(newId(), entries.size + 1);
    const entry: Entry = { repoId, versions: [], gone: null };
    entries.set(issue.number, entry);
    byId.set(issue.id, entry);
    return save(entry, issue);
  };

  return {
    create: (repoId, draft) => {
      const issue = put(repoId, (id, number) => {
        const events = firstEvents(draft).map((detail) => newEvent(draft.author, detail));
        return newIssue(draft, { id, number, repo: nameOf(repoId), at: clock(), events });
      });
      crossReference(issue, wordsOf(issue), draft.author);
      return issue;
    },

    update: (repoId, number, change, actor) => {
      const entry = mustEntry(repoId, number);
      const before = current(entry);
      const details = eventsOf(before, change);
      const bodyChanges = change.body !== undefined && change.body !== before.body;
      if (details.length === 0 && !bodyChanges) return before;
      const at = clock();
      const after = save(entry, {
        ...applied(before, change, actor, at),
        ...(bodyChanges && editedBody(before, change.body ?? null, actor, at, newId)),
        updatedAt: at,
        events: [...before.events, ...details.map((detail) => newEvent(actor, detail))],
      });
      if (wordsOf(after) !== wordsOf(before)) crossReference(after, wordsOf(after), actor);
      return after;
    },

    amend: ({ repoId, number }, actor, change, details) => {
      const entry = mustEntry(repoId, number);
      const before = current(entry);
      const events = [...before.events, ...details.map((detail) => newEvent(actor, detail))];
      return save(entry, { ...change(before, clock()), events });
    },

    comment: (repoId, number, body, author) => {
      const entry = mustEntry(repoId, number);
      const issue = current(entry);
      const id = newId();
      const at = clock();
      const comment = { id, nodeId: `IC_local${id}`, author, body, createdAt: at, updatedAt: at };
      save(entry, { ...issue, updatedAt: at, comments: [...issue.comments, comment] });
      crossReference(issue, body, author);
      return comment;
    },

    editComment: (repoId, number, id, body) => {
      const entry = mustEntry(repoId, number);
      const issue = current(entry);
      const old = issue.comments.find((comment) => comment.id === id);
      if (old === undefined) throw new Error(`no comment ${id} in the local GitHub`);
      const edited = { ...old, body, updatedAt: clock() };
      const comments = issue.comments.map((comment) => (comment.id === id ? edited : comment));
      save(entry, { ...issue, comments, updatedAt: clock() });
      crossReference(issue, body, old.author);
      return edited;
    },

    removeComment: (repoId, number, id) => {
      const entry = mustEntry(repoId, number);
      const issue = current(entry);
      const comments = issue.comments.filter((comment) => comment.id !== id);
      if (comments.length === issue.comments.length)
        throw new Error(`no comment ${id} in the local GitHub`);
      save(entry, { ...issue, comments, updatedAt: clock() });
    },

    remove: (repoId, number) => {
      mustEntry(repoId, number).gone = { kind: 'deleted' };
    },

    transfer: (repoId, number, toRepoId, actor) => {
      const entry = mustEntry(repoId, number);
      const old = current(entry);
      const moved = put(toRepoId, (id, newNumber) => ({
        ...old,
        id,
        nodeId: `I_local${id}`,
        repo: nameOf(toRepoId),
        number: newNumber,
        // Labels and milestones stay behind, as on GitHub when the new repository lacks them.
        labels: [],
        milestone: null,
        updatedAt: clock(),
        events: [...old.events, newEvent(actor, { kind: 'transferred', fromRepo: old.repo })],
      }));
      entry.gone = { kind: 'moved', repoId: toRepoId, number: moved.number };
      return moved.number;
    },

    find: (repoId, number) => {
      const entry = entriesOf(repoId).get(number);
      if (entry === undefined) return { kind: 'missing' };
      return entry.gone ?? { kind: 'found', issue: current(entry) };
    },
    findById: (id) => {
      const entry = byId.get(id);
      return entry === undefined || entry.gone !== null ? undefined : current(entry);
    },
    findByNodeId: (nodeId) => {
      const entry = [...byId.values()].find(
        (candidate) => candidate.gone === null && current(candidate).nodeId === nodeId,
      );
      return entry && current(entry);
    },
    present,
    addCommit: (commit) => commits.set(commit.oid, commit),
    commit: (oid) => commits.get(oid),
    pulls: () =>
      [...byId.values()]
        .filter((entry) => entry.gone === null && entry.versions.at(-1)?.issue.pull)
        .map(current),
    findComment: (repoId, id) => {
      for (const entry of entriesOf(repoId).values()) {
        const issue = current(entry);
        const comment = issue.comments.find((candidate) => candidate.id === id);
        if (comment !== undefined && entry.gone === null) return { issue, comment };
      }
      return undefined;
    },
    list: (repoId, lagMs = 0) => {
      const seenAt = clock() - lagMs;
      return [...entriesOf(repoId).values()]
        .filter((entry) => entry.gone === null)
        .flatMap((entry) => {
          if (lagMs === 0) return [current(entry)];
          const version = entry.versions.findLast(({ at }) => at <= seenAt);
          return version === undefined ? [] : [{ ...version.issue, repo: nameOf(repoId) }];
        });
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
