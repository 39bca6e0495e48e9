/** One request that reached the local GitHub (its own page traffic under `/_local/` apart). */
export interface LoggedRequest {
  /** Milliseconds of the server's clock. */
  readonly at: number;
  readonly host: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** GitHub's operation id, `graphql:query:Name`, or `page`. */
  operation: string;
  /** 0 when the connection was cut; null while under way. */
  status: number | null;
  readonly mutation: boolean;
  readonly graphqlQuery: string | undefined;
  /** What a query costs against the primary limit, as GitHub documents it; 1 for REST. */
  readonly graphqlCost: number;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Tells tokens apart without showing them; empty without authorization. */
  readonly authorizationHash: string;
  /** Sent with If-None-Match or If-Modified-Since. */
  readonly conditional: boolean;
  /** Violations of GitHub's description or schema. */
  errors: string[];
  readonly warnings: readonly string[];
  /** Sent although the user had been told to wait. */
  readonly whileLimited: boolean;
  /** Requests under way when it came, itself included. */
  readonly concurrent: number;
  /** True when a fault rule acted on it. */
  faulted: boolean;
  /** What it cost of the primary limit: nothing for a 304, and for what was refused or broken on purpose. */
  points: number;
}

/** Requests by kind; together they are all. */
export interface RequestKinds {
  readonly restReads: number;
  readonly restWrites: number;
  readonly graphqlQueries: number;
  readonly graphqlMutations: number;
}

/** What a test may judge the traffic by. */
export interface Report {
  readonly requests: number;
  readonly kinds: RequestKinds;
  /** Points of the primary limits that were spent. */
  readonly points: Readonly<Record<'rest' | 'graphql' | 'total', number>>;
  readonly operations: Readonly<Record<string, number>>;
  readonly nonConforming: readonly {
    readonly method: string;
    readonly url: string;
    readonly errors: readonly string[];
  }[];
  readonly warnings: readonly string[];
  readonly maxConcurrent: number;
  /** Between two POSTs that create an issue or a comment; Infinity with fewer than two. */
  readonly minGapBetweenCreationsMs: number;
  readonly minGapBetweenMutationsMs: number;
  readonly maxCreationsPerMinute: number;
  readonly requestsWhileRateLimited: readonly string[];
  readonly notModified: number;
  readonly repeatedGets: number;
  readonly repeatedGetsConditional: number;
  /** Times that a URL was read again without asking whether it changed. */
  readonly repeatedUnconditionalGets: Readonly<Record<string, number>>;
}

/** True for the requests that create an issue or a comment. */
export function createsContent(
  entry: Pick<LoggedRequest, 'method' | 'url' | 'graphqlQuery'>,
): boolean {
  if (entry.graphqlQuery !== undefined)
    return /\b(createIssue|addComment)\b/.test(entry.graphqlQuery);
  return entry.method === 'POST' && /\/(issues|comments|pulls)(\?|$)/.test(entry.url);
}

/** The log entry of a page of github.com. */
export function pageRequest(
  method: string,
  url: string,
  at: number,
  status: number,
): LoggedRequest {
  return {
    at,
    host: 'github.com',
    method,
    url,
    operation: 'page',
    status,
    mutation: false,
    graphqlQuery: undefined,
    graphqlCost: 1,
    body: undefined,
    headers: {},
    authorizationHash: '',
    conditional: false,
    errors: [],
    warnings: [],
    whileLimited: false,
    concurrent: 1,
    faulted: false,
    points: 0,
  };
}

/** Sums up a log. */
export function reportOf(log: readonly LoggedRequest[]): Report {
  const api = log.filter((entry) => entry.operation !== 'page');
  const creations = api.filter(createsContent).map((entry) => entry.at);
  const reads = repeatedReads(api);
  return {
    requests: api.length,
    kinds: kindsOf(api),
    points: pointsOf(api),
    operations: counted(api.map((entry) => entry.operation)),
    nonConforming: api
      .filter((entry) => entry.errors.length > 0)
      .map(({ method, url, errors }) => ({ method, url, errors })),
    warnings: [...new Set(api.flatMap((entry) => entry.warnings))],
    maxConcurrent: Math.max(0, ...api.map((entry) => entry.concurrent)),
    minGapBetweenCreationsMs: minGap(creations),
    minGapBetweenMutationsMs: minGap(api.filter((e) => e.mutation).map((entry) => entry.at)),
    maxCreationsPerMinute: Math.max(
      0,
      ...creations.map((at) => creations.filter((t) => t >= at && t < at + 60_000).length),
    ),
    requestsWhileRateLimited: api
      .filter((entry) => entry.whileLimited)
      .map(({ method, url }) => `${method} ${url}`),
    notModified: api.filter((entry) => entry.status === 304).length,
    ...reads,
  };
}

function kindsOf(api: readonly LoggedRequest[]): RequestKinds {
  const graphql = api.filter((entry) => entry.graphqlQuery !== undefined);
  const rest = api.filter((entry) => entry.graphqlQuery === undefined);
  const writes = (entries: readonly LoggedRequest[]) =>
    entries.filter((entry) => entry.mutation).length;
  return {
    restReads: rest.length - writes(rest),
    restWrites: writes(rest),
    graphqlQueries: graphql.length - writes(graphql),
    graphqlMutations: writes(graphql),
  };
}

function pointsOf(api: readonly LoggedRequest[]) {
  const sum = (isGraphql: boolean) =>
    api
      .filter((entry) => (entry.graphqlQuery !== undefined) === isGraphql)
      .reduce((points, entry) => points + entry.points, 0);
  return { rest: sum(false), graphql: sum(true), total: sum(true) + sum(false) };
}

function repeatedReads(api: readonly LoggedRequest[]) {
  const seen = new Set<string>();
  const again: LoggedRequest[] = [];
  for (const entry of api.filter(({ method }) => method === 'GET')) {
    const key = `${entry.authorizationHash} ${entry.url}`;
    if (seen.has(key)) again.push(entry);
    seen.add(key);
  }
  const unconditional = again.filter((entry) => !entry.conditional);
  return {
    repeatedGets: again.length,
    repeatedGetsConditional: again.length - unconditional.length,
    repeatedUnconditionalGets: counted(unconditional.map((entry) => entry.url)),
  };
}

function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function minGap(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...sorted.slice(1).map((at, index) => at - (sorted[index] ?? at)),
  );
}

/** Throws with a readable list when a request broke GitHub's description or schema. */
export function assertConforming(log: readonly LoggedRequest[]): void {
  const bad = log.filter((entry) => entry.errors.length > 0);
  if (bad.length === 0) return;
  const lines = bad.map(
    ({ method, url, errors, graphqlQuery }) =>
      `  ${method} ${url}${graphqlQuery ? `\n    ${graphqlQuery.trim()}` : ''}\n${errors.map((error) => `    - ${error}`).join('\n')}`,
  );
  throw new Error(
    `${bad.length} request(s) that GitHub's description does not allow:\n${lines.join('\n')}`,
  );
}
