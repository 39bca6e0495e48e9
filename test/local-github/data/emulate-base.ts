import { readFileSync } from 'node:fs';
import { createEmulator } from 'emulate';

/** A collection of emulate's in-memory store (the part of its interface that we use). */
export interface Collection<Row> {
  insert(row: Omit<Row, 'id'>): Row;
  get(id: number): Row | undefined;
  findBy(field: string, value: unknown): Row[];
  findOneBy(field: string, value: unknown): Row | undefined;
  update(id: number, change: Partial<Row>): Row | undefined;
  delete(id: number): boolean;
  all(): Row[];
}

/** An account as emulate keeps it; organizations have the same three fields. */
export interface EmulateUser {
  id: number;
  login: string;
  node_id: string;
  name: string | null;
  type?: string;
}

/** A repository as emulate keeps it. */
export interface EmulateRepo {
  id: number;
  node_id: string;
  name: string;
  full_name: string;
  owner_id: number;
  owner_type: 'User' | 'Organization';
  private: boolean;
  visibility: string;
  archived: boolean;
  has_issues: boolean;
  default_branch: string;
  open_issues_count: number;
}

/** A label as emulate keeps it. */
export interface EmulateLabel {
  id: number;
  node_id: string;
  repo_id: number;
  name: string;
  color: string;
  description: string | null;
  default: boolean;
}

/** A milestone as emulate keeps it. */
export interface EmulateMilestone {
  id: number;
  node_id: string;
  repo_id: number;
  number: number;
  title: string;
  description: string | null;
  state: 'open' | 'closed';
  creator_id: number;
  open_issues: number;
  closed_issues: number;
  due_on: string | null;
  closed_at: string | null;
  created_at: string;
  updated_at: string;
}

/** The collections of emulate's GitHub service that we share with it. */
export interface EmulateStore {
  readonly users: Collection<EmulateUser>;
  readonly orgs: Collection<EmulateUser>;
  readonly repos: Collection<EmulateRepo>;
  readonly collaborators: Collection<{
    id: number;
    repo_id: number;
    user_id: number;
    permission: string;
  }>;
  readonly labels: Collection<EmulateLabel>;
  readonly milestones: Collection<EmulateMilestone>;
}

/** emulate's GitHub service, running in this process. */
export interface EmulateBase {
  readonly store: EmulateStore;
  /** Adds users, organizations or repositories; those that exist already stay as they are. */
  seed(config: SeedConfig): void;
  /** Answers one REST request as the given user, without a socket. */
  handle(request: Request, login: string | null): Promise<Response>;
  close(): Promise<void>;
}

interface SeedConfig {
  readonly users?: readonly { login: string; name?: string }[];
  readonly orgs?: readonly { login: string; members?: readonly { login: string }[] }[];
  readonly repos?: readonly { owner: string; name: string; private?: boolean }[];
}

interface App {
  fetch(request: Request): Promise<Response>;
}
type TokenMap = Map<string, { login: string; id: number; scopes: string[] }>;
interface Plugin {
  register(app: App, store: object, webhooks: object, baseUrl: string, tokens: TokenMap): void;
}
interface GitHubModule {
  readonly githubPlugin: Plugin;
  getGitHubStore(store: object): EmulateStore;
  seedFromConfig(store: object, baseUrl: string, config: SeedConfig): void;
}

// emulate answers 403 after 5,000 requests of one token; its limits are not GitHub's and ours stand
// in the guard, so a fresh inner token is used every so often.
const REQUESTS_PER_INNER_TOKEN = 4000;

let starting: Promise<unknown> = Promise.resolve();

/** Starts emulate's GitHub service and hands out its store, so that both layers share one truth. */
export function startEmulateBase(baseUrl: string): Promise<EmulateBase> {
  // One at a time: the plugin object whose `register` is observed is shared by the whole process.
  const started = starting.then(() => start(baseUrl));
  starting = started.catch(() => undefined);
  return started;
}

async function start(baseUrl: string): Promise<EmulateBase> {
  const github = await loadGitHubModule();
  const inner = await captureRegistration(github, baseUrl);
  let requests = 0;
  return {
    store: github.getGitHubStore(inner.rawStore),
    seed: (config) => github.seedFromConfig(inner.rawStore, baseUrl, config),
    handle: (request, login) => {
      if (login !== null) {
        const token = `inner-${login}-${Math.floor(requests++ / REQUESTS_PER_INNER_TOKEN)}`;
        const id = github.getGitHubStore(inner.rawStore).users.findOneBy('login', login)?.id ?? 0;
        inner.tokens.set(token, { login, id, scopes: ['repo', 'user'] });
        request.headers.set('authorization', `token ${token}`);
      }
      return inner.app.fetch(request);
    },
    close: inner.close,
  };
}

/**
 * emulate exports `createEmulator` but neither the GitHub service nor its store. The service sits in
 * a chunk whose name carries a hash, which api.js imports: take the name from there. This is why the
 * version is pinned exactly.
 */
async function loadGitHubModule(): Promise<GitHubModule> {
  const dist = new URL('../../../node_modules/emulate/dist/', import.meta.url);
  const api = readFileSync(new URL('api.js', dist), 'utf8');
  const chunk = /github: \{[\s\S]*?import\("\.\/(dist-[A-Z0-9]+\.js)"\)/.exec(api)?.[1];
  if (chunk === undefined) throw new Error('emulate changed: its GitHub service was not found');
  return (await import(/* @vite-ignore */ new URL(chunk, dist).href)) as GitHubModule;
}

async function captureRegistration(github: GitHubModule, baseUrl: string) {
  const original = github.githubPlugin.register;
  let captured: { app: App; rawStore: object; tokens: TokenMap } | undefined;
  github.githubPlugin.register = function register(app, store, webhooks, base, tokens) {
    captured = { app, rawStore: store, tokens };
    original.call(this, app, store, webhooks, base, tokens);
  };
  try {
    const emulator = await createEmulator({ service: 'github', port: 0, baseUrl });
    if (captured === undefined) throw new Error('emulate changed: it did not register its service');
    return { ...captured, close: () => emulator.close() };
  } finally {
    github.githubPlugin.register = original;
  }
}
