import type { BodyVersion, IssueDraft, IssueHistory } from '../../lib/core/engine/job-facts.ts';
import { type Failure, fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { GitHub } from '../../lib/core/github.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import {
  type ChecklistRef,
  type IssueRef,
  issueUrl,
  type RepoRef,
  sameIssue,
} from '../../lib/core/refs.ts';
import { type TextRights, writingBlocker } from '../../lib/core/writing-blocker.ts';
import type { JobPorts } from '../../lib/ports.ts';
import type { FakeClock } from './fake-clock.ts';
import { createPeace, type Killer } from './kill.ts';
import { createRandom, type Random } from './random.ts';

/** How likely each thing goes wrong, per request. Times in milliseconds. */
export interface Faults {
  /** A write is applied and its answer lost (5xx, reset). */
  readonly appliedLost: number;
  /** A write fails and is not applied, which nobody can tell (5xx, reset). */
  readonly notApplied: number;
  /** No answer until the timeout; applied, not applied, or applied up to 5 s later. */
  readonly hang: number;
  /** A limit, half of them with a time. Not applied. */
  readonly limit: number;
  readonly readFails: number;
  /** Somebody edits the master between our read and our write. */
  readonly race: number;
  /** Somebody edits the master at any other request. */
  readonly edit: number;
  /** A bot that read the master before our write takes our links out again. */
  readonly stale: number;
  /** New issues and comments show in lists after up to this time. */
  readonly listLag: number;
}

/** A GitHub where nothing goes wrong. */
export const NO_FAULTS: Faults = {
  appliedLost: 0,
  notApplied: 0,
  hang: 0,
  limit: 0,
  readFails: 0,
  race: 0,
  edit: 0,
  stale: 0,
  listLag: 0,
};

/** An issue in the fake. */
export interface FakeIssue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  stateReason?: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly createdAt: number;
  readonly visibleAt: number;
  readonly comments: FakeComment[];
  readonly events: IssueHistory['events'][number][];
  readonly edits: { readonly editor: string; readonly editedAt: string }[];
  /** Where it was transferred to: only there it can be changed. */
  movedTo?: IssueRef;
}

/** A comment in the fake. */
export type FakeComment = IssueHistory['comments'][number] & { readonly id: number };

type GitHubCalls = JobPorts['github'] & Pick<GitHub, 'readRoles'>;

/** GitHub in memory: one master issue and the issues made for it. Lists lag, writes get lost, people edit. */
export interface FakeGitHub extends GitHubCalls {
  readonly master: ChecklistRef;
  text(): string;
  history(): readonly BodyVersion[];
  readonly issues: readonly FakeIssue[];
  /** An edit of the master by somebody. */
  edit(change: (text: string) => string, editor?: string): void;
  /** What people do to the master when `race` or `edit` strikes; set by the test. */
  onPeople: (edit: (change: (text: string) => string) => void) => void;
  /** What a bot makes of the text that we just wrote when `stale` strikes; set by the test. */
  onStale: (text: string) => string;
  /** Called before each request with its name: a place for a test to interfere. Answer a failure to make it fail. */
  before: (request: string) => Failure | undefined | Promise<Failure | undefined>;
  /** Whether the master can be written; set by the test. */
  rights: TextRights;
  /** Requests by name. */
  readonly requests: Record<string, number>;
  /** What was written to issues, deletions of comments included, in order. */
  readonly writes: string[];
  /** Adds a comment, as somebody does on the page. */
  comment(number: number, author: string, body: string, isBot?: boolean): void;
  /** Adds an issue that stands there already. */
  addIssue(issue: Pick<FakeIssue, 'number'> & Partial<FakeIssue>): FakeIssue;
  /** Sending times of content creations, in milliseconds since 1970. */
  readonly creations: number[];
  /** Lets time-shifted writes arrive whose time has come. */
  settle(): void;
}

/** What the fake is made of. */
export interface FakeOptions {
  readonly clock: FakeClock;
  readonly master: ChecklistRef;
  readonly text: string;
  readonly login?: string;
  readonly faults?: Faults;
  readonly random?: Random;
  readonly killer?: Killer;
  /** Time of a request, in milliseconds. */
  readonly latency?: number;
  readonly timeout?: number;
}

type Fate = 'fine' | 'lost' | 'not-applied' | 'late';

/** Makes a fake GitHub. */
export function createFakeGitHub(options: FakeOptions): FakeGitHub {
  const { clock, master, login = 'ada', faults = NO_FAULTS, killer = createPeace() } = options;
  const { random = createRandom(1), latency = 200, timeout = 12_000 } = options;
  const issues: FakeIssue[] = [];
  const late: { readonly at: number; readonly apply: () => void }[] = [];
  const requests: Record<string, number> = {};
  const creations: number[] = [];
  const writes: string[] = [];
  const labels = new Set<string>();
  let text = options.text;
  let history: BodyVersion[] = [];
  let nextNumber = 101;
  let nextComment = 1;
  // Nobody looks between two requests: what arrived then is applied at the next one, with its own time.
  let arrival: number | undefined;
  const now = () => arrival ?? clock.now();

  const write = (body: string, editor: string) => {
    if (history.length === 0) {
      history = [{ id: 'first', editedAt: iso(clock.now() - 3_600_000), editor: 'owner', text }];
    }
    text = body;
    history = [{ id: `edit-${history.length}`, editedAt: iso(now()), editor, text }, ...history];
  };
  const people = () => github.onPeople((change) => write(change(text), 'human'));

  async function arrive(name: string): Promise<Failure | undefined> {
    requests[name] = (requests[name] ?? 0) + 1;
    const problem = await github.before(name);
    github.settle();
    if (random.chance(faults.edit)) people();
    return problem;
  }

  async function read<T>(name: string, answer: () => T): Promise<Result<T>> {
    const problem = await arrive(name);
    clock.advance(latency);
    if (problem !== undefined) return fail(problem);
    if (random.chance(faults.limit)) return fail(limited());
    if (random.chance(faults.readFails)) return fail(failure('server-error', { status: 502 }));
    return succeed(answer());
  }

  // A write that may be applied and lost, not applied, or applied after everybody gave it up.
  async function change<T>(name: string, apply: () => T): Promise<Result<T>> {
    const problem = await arrive(name);
    clock.advance(latency / 2);
    if (problem !== undefined) return fail(problem);
    if (random.chance(faults.limit)) return fail(limited());
    const fate = fateOf();
    if (fate === 'late') late.push({ at: clock.now() + timeout + random.whole(5_000), apply });
    if (fate === 'late' || (fate === 'not-applied' && random.chance(0.3))) clock.advance(timeout);
    else clock.advance(latency / 2);
    if (fate === 'not-applied' || fate === 'late') return fail(failure('unknown-outcome'));
    const value = apply();
    return fate === 'lost' ? fail(failure('unknown-outcome')) : succeed(value);
  }

  function fateOf(): Fate {
    if (random.chance(faults.appliedLost)) return 'lost';
    if (random.chance(faults.notApplied)) return 'not-applied';
    if (random.chance(faults.hang))
      return random.pick<Fate>(['lost', 'not-applied', 'late']) ?? 'lost';
    return 'fine';
  }

  function limited(): Failure {
    const retryAt = clock.now() + 1_000 * (1 + random.whole(120));
    return failure('rate-limited', {}, random.chance(0.5) ? { retryAt } : {});
  }

  // A worker that dies while its request is under way leaves it to GitHub.
  function dieBeforeOrAfter<T>(
    apply: () => T,
    after: 'applied-no-response' | 'patched-no-response',
  ): () => T {
    return () => {
      try {
        killer.pass('sent-not-applied');
      } catch (signal) {
        if (random.chance(0.3)) late.push({ at: clock.now() + random.whole(5_000), apply });
        throw signal;
      }
      const value = apply();
      killer.pass(after);
      return value;
    };
  }

  function create(draft: IssueDraft) {
    const number = nextNumber++;
    const at = now();
    const { title, body } = draft;
    const events = draft.labels.map(() => event('labeled', at));
    const visibleAt = at + random.whole(faults.listLag + 1);
    github.addIssue({
      number,
      title,
      body,
      labels: draft.labels,
      createdAt: at,
      visibleAt,
      events,
    });
    return { number, url: issueUrl({ repo: master.repo, number }), dropped: [] };
  }

  function event(type: string, at = now()) {
    return { type, actor: login, isBot: false, createdAt: iso(at) };
  }

  function changeIssue(issue: FakeIssue, patch: Parameters<GitHubCalls['updateIssue']>[1]): void {
    if (patch.title !== undefined && patch.title !== issue.title) {
      issue.title = patch.title;
      issue.events.push(event('renamed'));
    }
    if (patch.state !== undefined && patch.state !== issue.state) {
      issue.state = patch.state;
      issue.events.push(event(patch.state === 'closed' ? 'closed' : 'reopened'));
    }
    if (patch.stateReason !== undefined) issue.stateReason = patch.stateReason;
    if (patch.body === undefined || patch.body === issue.body) return;
    issue.body = patch.body;
    issue.edits.unshift({ editor: login, editedAt: iso(now()) });
  }

  function update(body: string): string {
    if (random.chance(faults.race)) people();
    write(body, login);
    if (random.chance(faults.stale)) write(github.onStale(body), 'bot');
    return body;
  }

  const github: FakeGitHub = {
    master,
    text: () => text,
    history: () => history,
    issues,
    requests,
    creations,
    onPeople: () => {},
    onStale: (written) => written,
    before: () => undefined,
    rights: { archived: false, locked: false, viewerCanUpdate: true },
    writes,
    comment(number, author, body, isBot = false) {
      const createdAt = iso(now());
      const issue = issues.find((one) => one.number === number);
      issue?.comments.push({ id: nextComment++, author, body, isBot, createdAt });
    },
    addIssue(given) {
      const createdAt = given.createdAt ?? clock.now();
      const issue: FakeIssue = {
        title: `Issue ${given.number}`,
        body: '',
        state: 'open',
        author: login,
        labels: [],
        createdAt,
        visibleAt: createdAt,
        comments: [],
        events: [],
        edits: [],
        ...given,
      };
      issues.push(issue);
      return issue;
    },
    edit: (edit, editor = 'human') => write(edit(text), editor),
    settle() {
      for (const write of late.splice(0)) {
        if (write.at > clock.now()) late.push(write);
        else {
          arrival = write.at;
          write.apply();
          arrival = undefined;
        }
      }
    },
    async readMaster() {
      killer.pass('before-verify');
      const answer = await read('readMaster', () => ({
        text,
        title: 'Release checklist',
        state: 'open' as const,
        locked: false,
        viewerCanUpdate: true,
        history: history.slice(0, 20),
      }));
      killer.pass('master-read');
      return answer;
    },
    readRights: () => read('readRights', () => github.rights),
    readRoles: (_repo, logins) =>
      read('readRoles', () => Object.fromEntries(logins.map((one) => [one, true]))),
    readVersions: () => read('readVersions', () => history.slice(0, 100)),
    async updateMaster(checklist, body) {
      const { locked, viewerCanUpdate } = github.rights;
      const rights = { ...github.rights, locked: locked && !viewerCanUpdate };
      const blocker = writingBlocker(checklist, rights);
      if (blocker !== undefined) return read('updateMaster', () => body).then(() => fail(blocker));
      const apply = dieBeforeOrAfter(() => update(body), 'patched-no-response');
      return change('updateMaster', apply);
    },
    createIssue(_repo: RepoRef, draft: IssueDraft) {
      creations.push(clock.now());
      return change(
        'createIssue',
        dieBeforeOrAfter(() => create(draft), 'applied-no-response'),
      );
    },
    listIssues: (_repo, { creator, since }) =>
      read('listIssues', () =>
        issues
          .filter((issue) => issue.visibleAt <= clock.now() && issue.author === creator)
          .filter((issue) => issue.createdAt >= Date.parse(since))
          .map((issue) => known(issue, master.repo))
          .reverse(),
      ),
    createComment(issue, body) {
      creations.push(clock.now());
      const apply = () => github.comment(issue.number, login, body);
      return change('createComment', dieBeforeOrAfter(apply, 'applied-no-response'));
    },
    listComments: (issue) => read('listComments', () => [...(find(issue)?.comments ?? [])]),
    createLabel: (_, name) =>
      change('createLabel', () => {
        labels.add(name);
      }),
    ensureMilestone: () => change('ensureMilestone', () => 7),
    readHistories: (refs) =>
      read('readHistories', () => refs.flatMap((ref) => historyOf(find(ref), ref) ?? [])),
    async readIssue(ref) {
      const moved = issues.find((issue) => issue.number === ref.number && issue.movedTo);
      const at = moved?.movedTo ?? ref;
      const answer = await read('readIssue', () => find(at));
      if (!answer.ok) return answer;
      if (answer.value === undefined) return fail(failure('gone'));
      const { title, body, state, stateReason } = answer.value;
      const reason = state === 'closed' ? stateReason : undefined;
      return succeed({ ref: at, title, body, state, stateReason: reason, locked: false });
    },
    updateIssue: (ref, patch) =>
      change(
        'updateIssue',
        dieBeforeOrAfter(() => {
          writes.push(`${ref.number}: ${Object.keys(patch).join(' ')}`);
          const issue = find(ref);
          if (issue !== undefined) changeIssue(issue, patch);
        }, 'applied-no-response'),
      ),
    deleteComment: (ref, id) =>
      change(
        'deleteComment',
        dieBeforeOrAfter(() => {
          writes.push(`${ref.number}: delete comment`);
          const comments = find(ref)?.comments ?? [];
          const index = comments.findIndex((comment) => comment.id === id);
          if (index >= 0) comments.splice(index, 1);
        }, 'applied-no-response'),
      ),
  };
  return github;

  function find(ref: IssueRef): FakeIssue | undefined {
    return issues.find(({ number, movedTo }) =>
      sameIssue(movedTo ?? { repo: master.repo, number }, ref),
    );
  }
}

/** An issue of the fake as planning sees it. */
export function known(issue: FakeIssue, repo: RepoRef): KnownIssue {
  return {
    ref: { repo, number: issue.number },
    kind: 'issue',
    title: issue.title,
    body: issue.body,
    state: issue.state,
    stateReason: issue.stateReason,
    author: issue.author,
    authorAssociation: 'OWNER',
    createdAt: iso(issue.createdAt),
  };
}

function historyOf(issue: FakeIssue | undefined, ref: IssueRef): IssueHistory | undefined {
  if (issue === undefined) return undefined;
  const { title, body, state, comments, events, edits } = issue;
  const createdAt = iso(issue.createdAt);
  return { ref, title, body, state, comments, events, edits, createdAt };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
