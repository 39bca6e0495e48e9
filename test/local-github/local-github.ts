import { localCertificate } from './certificate.ts';
import {
  type Accounts,
  addLabel,
  createAccounts,
  type RepoChange,
  type RepoOptions,
  type UserOptions,
} from './data/accounts.ts';
import { startEmulateBase } from './data/emulate-base.ts';
import { createFiles } from './data/files.ts';
import type { IssueChange } from './data/issue-change.ts';
import { createIssueStore } from './data/issue-store.ts';
import { closeByCommit, linkPull, type MergeOptions, mergePull, revertOf } from './data/pulls.ts';
import { createGitHubFetch } from './github-fetch.ts';
import { answerGraphql } from './graphql/graphql.ts';
import { githubSchema } from './graphql/graphql-check.ts';
import { createFaults, type FaultRule } from './guard/faults.ts';
import { createGuard } from './guard/guard.ts';
import {
  assertConforming,
  type LoggedRequest,
  type Report,
  reportOf,
} from './guard/request-log.ts';
import { openApi } from './openapi/openapi.ts';
import { createSite } from './page/site.ts';
import { answerRest } from './rest/rest.ts';
import { milestonesOf } from './rest/rest-shapes.ts';
import { startServer } from './server.ts';
import type { StoredComment, StoredIssue } from './types.ts';
import { defaultSettings, type Settings, type World } from './world.ts';

export type { FaultAction, FaultRule } from './guard/faults.ts';
export { outages, primaryLimit, secondaryLimit } from './guard/outages.ts';
export type { LoggedRequest, Report } from './guard/request-log.ts';
export type { StoredComment, StoredEdit, StoredEvent, StoredIssue } from './types.ts';
export type { Settings } from './world.ts';

/** Issues do not come into the world in the second in which a test closes them: GitHub's times have whole seconds. */
const ISSUE_AGE_MS = 60_000;

/** What an issue that is put there by hand may have. */
export interface IssueOptions {
  readonly title: string;
  readonly body?: string | null;
  readonly author: string;
  readonly labels?: readonly string[];
  /** Title of the milestone. */
  readonly milestone?: string;
  readonly assignees?: readonly string[];
  /** Number of the issue that it is a sub-issue of. */
  readonly parent?: number;
  readonly locked?: boolean;
  readonly state?: 'open' | 'closed';
}

/** What a pull request that is put there by hand may have. */
export interface PullOptions {
  readonly title: string;
  readonly body?: string | null;
  readonly author: string;
  /** The branch it is for; the default branch unless given. */
  readonly base?: string;
  readonly head?: string;
  readonly labels?: readonly string[];
  /** Merged by its author at once, with all that a merge does. */
  readonly merged?: boolean;
  readonly state?: 'open' | 'closed';
}

/** What a person changes in the web UI. */
export interface PersonalEdit {
  readonly body?: string;
  readonly title?: string;
  readonly state?: 'open' | 'closed';
  readonly stateReason?: 'completed' | 'not_planned' | 'duplicate';
  readonly labels?: readonly string[];
  readonly locked?: boolean;
}

/** How a token is narrowed. */
export interface TokenLimits {
  readonly repos?: readonly string[];
  readonly permissions?: {
    readonly issues?: 'read' | 'write';
    /** `none`: files of private repositories are out of reach. */
    readonly contents?: 'none' | 'read';
    /** `none`: pull requests of private repositories are out of reach. */
    readonly pulls?: 'none' | 'read';
  };
  /** The page where the token must be authorized for single sign-on first. */
  readonly sso?: string;
}

/** A GitHub on loopback: github.com and api.github.com on one TLS port. */
export interface LocalGitHub {
  readonly port: number;
  /** Chromium flags that lead github.com and api.github.com here, mapped hosts to their ports, and nothing anywhere else. */
  readonly chromiumArgs: readonly string[];
  /** Browsers that are started from now on find another host at a port of this machine too. */
  mapHost(host: string, port: number): void;
  /** A fetch for Node that reaches only this server. */
  readonly fetch: typeof fetch;
  addUser(login: string, options?: UserOptions): { login: string; token: string };
  revokeToken(token: string): void;
  restrictToken(token: string, limits: TokenLimits): void;
  addRepo(fullName: string, options?: RepoOptions): void;
  renameRepo(from: string, to: string): void;
  updateRepo(fullName: string, change: RepoChange): void;
  /** Takes a person's role away; a private repository is then hidden from them. */
  removeCollaborator(fullName: string, login: string): void;
  /** Puts an issue there that was opened a minute ago, past all limits and rights; gives its number. */
  addIssue(fullName: string, issue: IssueOptions): number;
  /** Puts a pull request there; gives its number. */
  addPull(fullName: string, pull: PullOptions): number;
  /**
   * A person merges in the web UI. Into the default branch it closes the issues that the description names
   * with a closing keyword and those linked in the sidebar.
   */
  mergePull(fullName: string, number: number, by: string, options?: MergeOptions): void;
  /** A person presses the Revert button of a merged pull request and merges what it opens; gives its number. */
  revertPull(fullName: string, number: number, by: string): number;
  /** A commit on the default branch closes an issue; `pull` is the pull request that brought the commit. */
  closeByCommit(
    fullName: string,
    number: number,
    commit: { readonly by: string; readonly pull?: number },
  ): void;
  /** Links a pull request to an issue in the sidebar; `pullRepo` when it is of another repository. */
  linkPull(fullName: string, issue: number, pull: number, pullRepo?: string): void;
  /** Writes a file on the default branch. */
  putFile(fullName: string, path: string, text: string): void;
  removeFile(fullName: string, path: string): void;
  issue(fullName: string, number: number): StoredIssue;
  /** Issues without pull requests, by number. */
  issues(fullName: string): readonly StoredIssue[];
  pulls(fullName: string): readonly StoredIssue[];
  comments(fullName: string, number: number): readonly StoredComment[];
  /** A person edits in the web UI (retitles, closes, reopens, locks, labels too): history, events and open pages follow. */
  editIssue(fullName: string, number: number, change: PersonalEdit, by: string): void;
  addComment(fullName: string, number: number, body: string, by: string): void;
  deleteComment(fullName: string, number: number, id: number): void;
  deleteIssue(fullName: string, number: number): void;
  /** The API then answers as for a deleted issue. */
  convertToDiscussion(fullName: string, number: number): void;
  /** Gives its number there; its old address leads on. */
  transferIssue(fullName: string, number: number, toFullName: string): number;
  /** Who is signed in on github.com in browsers without a `local_user` cookie. */
  signInAs(login: string | null): void;
  configure(settings: Partial<Settings>): void;
  fault(rules: FaultRule | readonly FaultRule[]): void;
  clearFaults(): void;
  readonly requests: readonly LoggedRequest[];
  report(): Report;
  /** Throws with a list when a request did not conform to GitHub's description or schema. */
  assertConforming(): void;
  clearRequests(): void;
  close(): Promise<void>;
}

/** Starts a GitHub of its own on a free loopback port; `clock` gives milliseconds. */
export async function startLocalGitHub(
  options: { readonly clock?: () => number } = {},
): Promise<LocalGitHub> {
  const clock = options.clock ?? Date.now;
  // Read now, once per process: a client that waits a few seconds only must not wait for it on a busy machine.
  openApi();
  githubSchema();
  const [base, certificate] = await Promise.all([
    startEmulateBase('https://github.com'),
    localCertificate(),
  ]);
  const accounts = createAccounts(base, clock);
  const issues = createIssueStore(accounts, clock);
  const settings = defaultSettings();
  const files = createFiles();
  const world: World = { base, accounts, issues, files, clock, settings };
  const faults = createFaults();
  const log: LoggedRequest[] = [];
  const guard = createGuard({
    world,
    faults,
    log,
    answer: (request, limits) =>
      request.path === '/graphql'
        ? answerGraphql(world, request, limits)
        : answerRest(world, request),
  });
  const site = createSite(world);
  const server = await startServer(certificate, { guard, site, log, clock });
  const { port } = server;
  const client = createGitHubFetch({ port, cert: certificate.cert });
  const hosts = new Map([
    ['github.com', port],
    ['api.github.com', port],
  ]);

  return {
    port,
    get chromiumArgs() {
      return chromiumArgs(hosts, certificate.spki);
    },
    mapHost: (host, at) => {
      hosts.set(host, at);
    },
    fetch: client.fetch,
    ...hands(world, accounts),
    signInAs: site.signInAs,
    configure: (change) => {
      Object.assign(settings, change);
    },
    fault: (rules) => faults.add(Array.isArray(rules) ? rules : [rules as FaultRule]),
    clearFaults: faults.clear,
    requests: log,
    report: () => reportOf(log),
    assertConforming: () => assertConforming(log),
    clearRequests: () => {
      log.length = 0;
    },
    close: async () => {
      client.close();
      site.close();
      await server.close();
      await base.close();
    },
  };
}

/** The part of the public object that acts on the data past API, limits and rights. */
function hands(world: World, accounts: Accounts) {
  const { issues } = world;
  const repoOf = (fullName: string) => {
    const repo = accounts.repo(fullName);
    if (repo === undefined) throw new Error(`no repository ${fullName} in the local GitHub`);
    return repo;
  };
  const issueOf = (fullName: string, number: number) => {
    const found = issues.find(repoOf(fullName).id, number);
    if (found.kind !== 'found') throw new Error(`issue ${fullName}#${number} is ${found.kind}`);
    return found.issue;
  };
  const actsIn = (login: string) => {
    if (accounts.user(login) === undefined)
      throw new Error(`no user ${login} in the local GitHub: add them first`);
  };
  const addPull = (fullName: string, pull: PullOptions) => {
    const repo = repoOf(fullName);
    actsIn(pull.author);
    const { merged = false, state = 'open', base, head, ...draft } = pull;
    for (const label of pull.labels ?? []) addLabel(world.base, repo, label);
    const { number } = issues.create(repo.id, {
      ...draft,
      state: merged ? 'open' : state,
      pull: { base: base ?? repo.default_branch, head: head ?? `${pull.author}-patch` },
    });
    if (merged) mergePull(world, repo, number, pull.author);
    return number;
  };
  return {
    addUser: (login: string, options: UserOptions = {}) => accounts.addUser(login, options),
    revokeToken: (token: string) => accounts.changeToken(token, { revoked: true }),
    restrictToken: (token: string, limits: TokenLimits) =>
      accounts.changeToken(token, {
        ...(limits.repos && { repos: limits.repos }),
        ...(limits.permissions?.issues && { issues: limits.permissions.issues }),
        ...(limits.permissions?.contents && { contents: limits.permissions.contents }),
        ...(limits.permissions?.pulls && { pulls: limits.permissions.pulls }),
        ...(limits.sso && { sso: limits.sso }),
      }),
    addRepo: (fullName: string, options: RepoOptions = {}) => accounts.addRepo(fullName, options),
    renameRepo: accounts.renameRepo,
    updateRepo: accounts.updateRepo,
    removeCollaborator: (fullName: string, login: string) =>
      accounts.updateRepo(fullName, { collaborators: { [login]: 'none' } }),
    addIssue: (fullName: string, issue: IssueOptions) => {
      const repo = repoOf(fullName);
      actsIn(issue.author);
      const { milestone: title, ...draft } = issue;
      const milestone = milestonesOf(world, repo).find((row) => row.title === title);
      if (title !== undefined && milestone === undefined)
        throw new Error(`no milestone ${title} in ${fullName}`);
      for (const label of issue.labels ?? []) addLabel(world.base, repo, label);
      const openedAt = world.clock() - ISSUE_AGE_MS;
      const made = { ...draft, milestone: milestone?.number ?? null, openedAt };
      return issues.create(repo.id, made).number;
    },
    addPull,
    mergePull: (fullName: string, number: number, by: string, options?: MergeOptions) => {
      actsIn(by);
      mergePull(world, repoOf(fullName), number, by, options);
    },
    revertPull: (fullName: string, number: number, by: string) =>
      addPull(fullName, { ...revertOf(world, repoOf(fullName), number, by), merged: true }),
    closeByCommit: (
      fullName: string,
      number: number,
      commit: { readonly by: string; readonly pull?: number },
    ) => {
      actsIn(commit.by);
      closeByCommit(world, repoOf(fullName), number, commit.by, commit.pull);
    },
    linkPull: (fullName: string, issue: number, pull: number, pullRepo = fullName) => {
      const pullAt = { repoId: repoOf(pullRepo).id, number: pull };
      const { author } = issueOf(pullRepo, pull);
      linkPull(world, { repoId: repoOf(fullName).id, number: issue }, pullAt, author);
    },
    putFile: (fullName: string, path: string, text: string) =>
      world.files.put(repoOf(fullName).id, path, text),
    removeFile: (fullName: string, path: string) => world.files.remove(repoOf(fullName).id, path),
    issue: issueOf,
    issues: (fullName: string) =>
      issues.list(repoOf(fullName).id).filter((issue) => issue.pull === null),
    pulls: (fullName: string) =>
      issues.list(repoOf(fullName).id).filter((issue) => issue.pull !== null),
    comments: (fullName: string, number: number) => issueOf(fullName, number).comments,
    editIssue: (fullName: string, number: number, change: PersonalEdit, by: string) => {
      actsIn(by);
      const repo = repoOf(fullName);
      for (const label of change.labels ?? []) addLabel(world.base, repo, label);
      const edit: IssueChange = change;
      issues.update(repo.id, number, edit, by);
    },
    addComment: (fullName: string, number: number, body: string, by: string) => {
      actsIn(by);
      issues.comment(repoOf(fullName).id, number, body, by);
    },
    deleteComment: (fullName: string, number: number, id: number) =>
      issues.removeComment(repoOf(fullName).id, number, id),
    deleteIssue: (fullName: string, number: number) => issues.remove(repoOf(fullName).id, number),
    convertToDiscussion: (fullName: string, number: number) =>
      issues.remove(repoOf(fullName).id, number),
    transferIssue: (fullName: string, number: number, toFullName: string) => {
      const { author } = issueOf(fullName, number);
      return issues.transfer(repoOf(fullName).id, number, repoOf(toFullName).id, author);
    },
  };
}

function chromiumArgs(hosts: ReadonlyMap<string, number>, spki: string): readonly string[] {
  const mapped = [...hosts].map(([host, port]) => `MAP ${host}:443 127.0.0.1:${port}`);
  return [
    `--ignore-certificate-errors-spki-list=${spki}`,
    // The first match wins, so that every other host fails to resolve.
    `--host-resolver-rules=${mapped.join(', ')}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
  ];
}
