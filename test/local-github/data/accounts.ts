import { createHash } from 'node:crypto';
import type { Association, Role, StoredToken } from '../types.ts';
import type { EmulateBase, EmulateRepo, EmulateUser } from './emulate-base.ts';

/** Options of a repository that differ from a public, empty one with issues. */
export interface RepoOptions {
  readonly private?: boolean;
  readonly archived?: boolean;
  readonly hasIssues?: boolean;
  /** `main` unless given. */
  readonly defaultBranch?: string;
  readonly collaborators?: Readonly<Record<string, Exclude<Role, 'none'>>>;
  readonly labels?: readonly string[];
  readonly milestones?: readonly string[];
}

/** Users, tokens, repositories and who may do what: emulate's records plus what it lacks. */
export interface Accounts {
  addUser(login: string, options: UserOptions): { login: string; token: string };
  user(login: string): EmulateUser | undefined;
  /** A user or an organization. */
  account(login: string): EmulateUser | undefined;
  isBot(login: string): boolean;
  token(value: string): StoredToken | undefined;
  changeToken(value: string, change: Partial<StoredToken>): void;
  addRepo(fullName: string, options: RepoOptions): void;
  /** By present or former name, in any case. */
  repo(fullName: string): EmulateRepo | undefined;
  /** True when this is a former name, so that GitHub would redirect. */
  isFormerName(fullName: string): boolean;
  repoById(id: number): EmulateRepo | undefined;
  renameRepo(from: string, to: string): void;
  updateRepo(fullName: string, change: RepoChange): void;
  ownerLogin(repo: EmulateRepo): string;
  role(login: string | null, repo: EmulateRepo): Role;
  association(login: string, repo: EmulateRepo): Association;
  /** The owner, and everybody who was given a role. */
  collaborators(repo: EmulateRepo): readonly { readonly login: string; readonly role: Role }[];
  /** Whose pull request was merged there becomes a contributor. */
  addContributor(login: string, repo: EmulateRepo): void;
}

/** Options of a user and of the token made with it. */
export interface UserOptions {
  readonly name?: string;
  readonly token?: string;
  readonly scopes?: readonly string[] | null;
  readonly expiresAt?: string;
  readonly type?: 'User' | 'Bot';
}

/** What may change in a repository. */
export interface RepoChange {
  readonly archived?: boolean;
  readonly hasIssues?: boolean;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  /** New roles of these people; `none` takes a role away. The others keep theirs. */
  readonly collaborators?: Readonly<Record<string, Role>>;
}

const ROLES: readonly Role[] = ['none', 'pull', 'triage', 'push', 'maintain', 'admin'];

/** True when a role includes what another role may do. */
export function atLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Keeps accounts, tokens and repositories in emulate's store. */
export function createAccounts(base: EmulateBase, clock: () => number): Accounts {
  const { store } = base;
  const tokens = new Map<string, StoredToken>();
  const bots = new Set<string>();
  const formerNames = new Map<string, number>();
  const contributors = new Set<string>();

  const currentRepo = (fullName: string) =>
    store.repos.all().find((repo) => repo.full_name.toLowerCase() === fullName.toLowerCase());
  const repo = (fullName: string) => {
    const former = formerNames.get(fullName.toLowerCase());
    return currentRepo(fullName) ?? (former === undefined ? undefined : store.repos.get(former));
  };
  const user = (login: string) =>
    store.users.all().find((row) => row.login.toLowerCase() === login.toLowerCase());
  const ownerLogin = (of: EmulateRepo) =>
    (of.owner_type === 'User' ? store.users : store.orgs).get(of.owner_id)?.login ?? 'ghost';
  const mustRepo = (fullName: string) => {
    const found = repo(fullName);
    if (found === undefined) throw new Error(`no repository ${fullName} in the local GitHub`);
    return found;
  };

  const role = (login: string | null, of: EmulateRepo): Role => {
    const account = login === null ? undefined : user(login);
    if (account !== undefined) {
      if (ownerLogin(of) === account.login) return 'admin';
      const row = store.collaborators
        .findBy('repo_id', of.id)
        .find((entry) => entry.user_id === account.id);
      if (row !== undefined) return row.permission as Role;
    }
    return of.private ? 'none' : 'pull';
  };

  const giveRoles = (to: EmulateRepo, roles: Readonly<Record<string, Role>> = {}) => {
    for (const [login, permission] of Object.entries(roles)) {
      if (user(login) === undefined) base.seed({ users: [{ login }] });
      const account = user(login);
      if (account === undefined) throw new Error(`no user ${login} in the local GitHub`);
      const rows = store.collaborators.findBy('repo_id', to.id);
      for (const row of rows) if (row.user_id === account.id) store.collaborators.delete(row.id);
      if (permission !== 'none')
        store.collaborators.insert({ repo_id: to.id, user_id: account.id, permission });
    }
  };

  return {
    user,
    account: (login) => user(login) ?? store.orgs.findOneBy('login', login),
    repo,
    ownerLogin,
    role,
    isBot: (login) => bots.has(login),
    token: (value) => tokens.get(value),
    changeToken: (value, change) => {
      const known = tokens.get(value);
      if (known === undefined) throw new Error('no such token in the local GitHub');
      tokens.set(value, { ...known, ...change });
    },
    addUser: (login, options) => {
      base.seed({ users: [{ login, ...(options.name !== undefined && { name: options.name }) }] });
      const row = user(login);
      if (row !== undefined && options.type === 'Bot') {
        bots.add(row.login);
        store.users.update(row.id, { type: 'Bot' });
      }
      const token = options.token ?? inventToken(login, options.scopes, tokens.size);
      tokens.set(token, {
        token,
        login,
        scopes: options.scopes === undefined ? ['repo'] : options.scopes,
        expiresAt: options.expiresAt ?? null,
        repos: null,
        issues: 'write',
        contents: 'read',
        pulls: 'read',
        sso: null,
        revoked: false,
      });
      return { login, token };
    },
    addRepo: (fullName, options) => {
      const [owner = '', name = ''] = fullName.split('/');
      if (user(owner) === undefined) base.seed({ orgs: [{ login: owner }] });
      base.seed({ repos: [{ owner, name, private: options.private ?? false }] });
      const row = mustRepo(fullName);
      giveRoles(row, options.collaborators);
      store.repos.update(row.id, {
        archived: options.archived ?? false,
        has_issues: options.hasIssues ?? true,
        default_branch: options.defaultBranch ?? 'main',
      });
      for (const label of options.labels ?? []) addLabel(base, row, label);
      for (const title of options.milestones ?? []) addMilestone(base, row, title, clock());
    },
    isFormerName: (fullName) =>
      currentRepo(fullName) === undefined && formerNames.has(fullName.toLowerCase()),
    repoById: (id) => store.repos.get(id),
    renameRepo: (from, to) => {
      const row = mustRepo(from);
      formerNames.set(row.full_name.toLowerCase(), row.id);
      store.repos.update(row.id, { full_name: to, name: to.split('/')[1] ?? to });
    },
    updateRepo: (fullName, change) => {
      const row = mustRepo(fullName);
      giveRoles(row, change.collaborators);
      store.repos.update(row.id, {
        ...(change.defaultBranch !== undefined && { default_branch: change.defaultBranch }),
        ...(change.archived !== undefined && { archived: change.archived }),
        ...(change.hasIssues !== undefined && { has_issues: change.hasIssues }),
        ...(change.private !== undefined && {
          private: change.private,
          visibility: change.private ? 'private' : 'public',
        }),
      });
    },
    association: (login, of) => {
      if (of.owner_type === 'User' && ownerLogin(of) === login) return 'OWNER';
      const account = user(login);
      const isCollaborator = store.collaborators
        .findBy('repo_id', of.id)
        .some((entry) => entry.user_id === account?.id);
      // In an organization's repository those who are given a role are taken as members of it.
      if (isCollaborator) return of.owner_type === 'Organization' ? 'MEMBER' : 'COLLABORATOR';
      return contributors.has(`${of.id}:${login}`) ? 'CONTRIBUTOR' : 'NONE';
    },
    collaborators: (of) => {
      const rows = store.collaborators.findBy('repo_id', of.id);
      const given = rows.flatMap((row) => store.users.get(row.user_id)?.login ?? []);
      const logins = of.owner_type === 'User' ? [ownerLogin(of), ...given] : given;
      return [...new Set(logins)].map((login) => ({ login, role: role(login, of) }));
    },
    addContributor: (login, of) => {
      contributors.add(`${of.id}:${login}`);
    },
  };
}

/** Makes a label of the repository unless it exists. */
export function addLabel(base: EmulateBase, repo: EmulateRepo, name: string): void {
  const { labels } = base.store;
  const known = labels.findBy('repo_id', repo.id);
  if (known.some((label) => label.name.toLowerCase() === name.toLowerCase())) return;
  const color = createHash('sha1').update(name).digest('hex').slice(0, 6);
  const row = { repo_id: repo.id, node_id: '', name, color, description: null, default: false };
  const { id } = labels.insert(row);
  labels.update(id, { node_id: `LA_local${id}` });
}

function addMilestone(base: EmulateBase, repo: EmulateRepo, title: string, at: number): void {
  const { milestones, users } = base.store;
  const number = milestones.findBy('repo_id', repo.id).length + 1;
  const now = new Date(at).toISOString();
  const { id } = milestones.insert({
    repo_id: repo.id,
    node_id: '',
    number,
    title,
    description: null,
    state: 'open',
    creator_id: users.all()[0]?.id ?? 1,
    open_issues: 0,
    closed_issues: 0,
    due_on: null,
    closed_at: null,
    created_at: now,
    updated_at: now,
  });
  milestones.update(id, { node_id: `MI_local${id}` });
}

function inventToken(
  login: string,
  scopes: readonly string[] | null | undefined,
  serial: number,
): string {
  const tail = createHash('sha256')
    .update(`token ${serial} of ${login}`)
    .digest('hex')
    .slice(0, 36);
  return scopes === null ? `github_pat_${tail}` : `ghp_${tail}`;
}
