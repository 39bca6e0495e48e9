import type { Accounts } from './data/accounts.ts';
import type { EmulateBase, EmulateRepo } from './data/emulate-base.ts';
import type { Files } from './data/files.ts';
import type { IssueStore } from './data/issue-store.ts';
import type { Theme } from './page/shell.ts';
import type { StoredToken } from './types.ts';

/** Everything the answering layers share. */
export interface World {
  readonly base: EmulateBase;
  readonly accounts: Accounts;
  readonly issues: IssueStore;
  readonly files: Files;
  /** Milliseconds; the server's only clock for data and limits. */
  readonly clock: () => number;
  readonly settings: Settings;
}

/** What `configure` changes. */
export interface Settings {
  /** Requests per user and window; `resource` is core, graphql or search. */
  primaryLimit: number;
  primaryWindowSeconds: number;
  /** Null switches GitHub's secondary limits off. */
  secondaryLimits: SecondaryLimits | null;
  /** Sent as `retry-after` with a secondary limit; null sends none (GitHub then means 60 s). */
  retryAfterSeconds: number | null;
  /** Lists, search and GraphQL connections of issues show how things stood so long ago. */
  listLagMs: number;
  /** Cross-reference events appear in timelines so much later. */
  timelineLagMs: number;
  cacheMaxAgeSeconds: number;
  /** From the issue page's server HTML to the rebuilt lists. */
  hydrateDelayMs: number;
  /** From the new URL to the new DOM in a soft navigation. */
  softNavigationDelayMs: number;
  /** The reader's colors on github.com. */
  theme: Theme;
}

/** GitHub's documented secondary limits. */
export interface SecondaryLimits {
  contentPerMinute: number;
  contentPerHour: number;
  points: number;
  graphqlPoints: number;
  concurrent: number;
}

/** GitHub's own numbers. */
export function defaultSettings(): Settings {
  return {
    primaryLimit: 5000,
    primaryWindowSeconds: 3600,
    secondaryLimits: {
      contentPerMinute: 80,
      contentPerHour: 500,
      points: 900,
      graphqlPoints: 2000,
      concurrent: 100,
    },
    retryAfterSeconds: 60,
    listLagMs: 0,
    timelineLagMs: 0,
    cacheMaxAgeSeconds: 60,
    hydrateDelayMs: 50,
    softNavigationDelayMs: 150,
    theme: { colorMode: 'light', lightTheme: 'light', darkTheme: 'dark' },
  };
}

/** Who sends a request; nobody's login is null. */
export interface Viewer {
  readonly login: string | null;
  readonly token: StoredToken | null;
}

/** One API request, read and authenticated. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly bodyText: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly viewer: Viewer;
}

/** One API answer; a null body is sent as no body. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A request about a repository that the viewer may read. */
export interface RepoRequest extends ApiRequest {
  readonly repo: EmulateRepo;
  /** The path after `/repos/owner/name`. */
  readonly rest: string;
  readonly json: Readonly<Record<string, unknown>>;
}

const DOCS = 'https://docs.github.com/rest';

/** An error answer in GitHub's form. */
export function apiError(
  status: number,
  message: string,
  errors?: readonly Readonly<Record<string, unknown>>[],
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  return {
    status,
    headers,
    body: {
      message,
      ...(errors !== undefined && { errors }),
      documentation_url: DOCS,
      status: String(status),
    },
  };
}

/** Refuses what the local GitHub does not model, so that the test that needs it fails and says why. */
export function notModelled(what: string): ApiAnswer {
  return apiError(501, `The local GitHub does not model ${what}`);
}
