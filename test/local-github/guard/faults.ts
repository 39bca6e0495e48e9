/** What goes wrong with a request that a rule picks. */
export interface FaultAction {
  /** Waits (real time) before anything else happens. */
  readonly delayMs?: number;
  /** Answers this instead of doing the work. */
  readonly status?: number;
  /** With `status`: the work is done all the same, only the client is told otherwise. */
  readonly workDone?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The connection is lost before the work is done. */
  readonly reset?: boolean;
  /**
   * The work is done, then the connection is lost: the client never hears. On a connection that was
   * used before, browsers then repeat the request by themselves, POST included (measured with
   * Chromium 156, HTTP/1.1 and HTTP/2), unless its body is a stream.
   */
  readonly resetAfter?: boolean;
  /**
   * Like `resetAfter`, but only on a connection that carried a request before (the rule waits for
   * one). Browsers repeat such a request by themselves. `'before'`: lost before the work is done.
   */
  readonly resetReused?: boolean | 'before';
  /** Runs before the work: someone else acts first. */
  readonly before?: () => void;
  /** Runs when the answer is on its way: someone else acts next. */
  readonly after?: () => void;
  /** The work is done, but no answer ever comes. `'before'`: nor is the work done. */
  readonly hang?: boolean | 'before';
  /** The connection is lost in the middle of the answer's body. */
  readonly truncate?: boolean;
  /** The work is done; the answer is complete as HTTP has it but holds only half of its JSON. */
  readonly halfBody?: boolean;
  /**
   * GraphQL: the work is done, then an error stands beside what is left of the data: null at the path, or no data
   * at all for an empty path.
   */
  readonly graphqlError?: GraphqlErrorAt;
}

/** An error in a GraphQL answer; GitHub's words for its own trouble unless `message` says otherwise. */
export interface GraphqlErrorAt {
  readonly path: readonly (string | number)[];
  readonly message?: string;
  readonly type?: string;
}

/** Which requests a fault hits, and how often. */
export interface FaultRule {
  readonly method?: string;
  /** Tested against path and query; a string must occur in them. */
  readonly path?: RegExp | string;
  /** Tested against the text of the GraphQL operation. */
  readonly graphql?: RegExp;
  /** How many requests it hits; 1 unless given. */
  readonly times?: number;
  /** How many matching requests go by first. */
  readonly skip?: number;
  readonly action: FaultAction;
}

/** The requests that a rule is compared with. */
export interface FaultSubject {
  readonly method: string;
  readonly url: string;
  readonly graphqlQuery: string | undefined;
  readonly connectionReused: boolean;
}

/** Rules in the order they were added; the first that matches acts. */
export interface Faults {
  add(rules: readonly FaultRule[]): void;
  take(subject: FaultSubject): FaultAction | null;
  clear(): void;
}

/** An empty set of rules. */
export function createFaults(): Faults {
  let rules: { rule: FaultRule; times: number; skip: number }[] = [];
  return {
    add: (added) => {
      for (const rule of added) rules.push({ rule, times: rule.times ?? 1, skip: rule.skip ?? 0 });
    },
    take: (subject) => {
      const hit = rules.find((entry) => {
        if (entry.times <= 0 || !matches(entry.rule, subject)) return false;
        if (entry.skip === 0) return true;
        entry.skip -= 1;
        return false;
      });
      if (hit === undefined) return null;
      hit.times -= 1;
      return hit.rule.action;
    },
    clear: () => {
      rules = [];
    },
  };
}

function matches(rule: FaultRule, subject: FaultSubject): boolean {
  const { method, path, graphql, action } = rule;
  if (method !== undefined && method !== subject.method) return false;
  if (typeof path === 'string' && !subject.url.includes(path)) return false;
  if (path instanceof RegExp && !path.test(subject.url)) return false;
  if (graphql !== undefined && !graphql.test(subject.graphqlQuery ?? '')) return false;
  return !action.resetReused || subject.connectionReused;
}

const TROUBLE =
  'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `0000:0000:0000:0000:00000000` when reporting this issue.';

/** A GraphQL answer with an error added and null at its path; an empty path leaves no data. */
export function withGraphqlError(body: string, error: GraphqlErrorAt): unknown {
  const { path, message = TROUBLE, type } = error;
  const answer = JSON.parse(body) as { data?: unknown; errors?: readonly unknown[] };
  const added = { ...(type && { type }), ...(path.length > 0 && { path }), message };
  const data = path.length === 0 ? null : nullAt(answer.data, path);
  return { ...answer, data, errors: [...(answer.errors ?? []), added] };
}

function nullAt(value: unknown, path: readonly (string | number)[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return null;
  if (!(key in value)) throw new Error(`the answer has nothing at ${key}`);
  const at = (value as Readonly<Record<string | number, unknown>>)[key];
  if (Array.isArray(value)) return value.with(Number(key), nullAt(at, rest));
  return { ...value, [key]: nullAt(at, rest) };
}
