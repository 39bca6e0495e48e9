import { type ApiAnswer, apiError, type Settings } from '../world.ts';

/** One request as the limits see it. */
export interface Spending {
  /** Limits are per user, over all tokens; an address stands in for nobody. */
  readonly user: string;
  readonly resource: 'core' | 'graphql' | 'search';
  readonly mutation: boolean;
  /** Points of the primary limit: 1 for REST; GraphQL queries may cost more. */
  readonly cost: number;
  /** Creates an issue or a comment. */
  readonly content: boolean;
  /** Requests under way, this one included. */
  readonly concurrent: number;
}

/** GitHub's primary and secondary limits. */
export interface Limits {
  /** True while the user was told to wait. */
  blocked(user: string): boolean;
  /** Someone else (a fault) told the user to wait until then. */
  block(user: string, untilMs: number): void;
  /** The refusal of a secondary limit, or null. */
  secondary(spending: Spending): ApiAnswer | null;
  /** The refusal of the primary limit, or null. */
  primary(spending: Spending): ApiAnswer | null;
  /** Counts a request against the primary limit (a 304 is not counted). */
  count(spending: Spending): void;
  headers(spending: Spending): Record<string, string>;
  /** The numbers of `GET /rate_limit`, which costs nothing. */
  overview(user: string): ApiAnswer;
}

interface Bucket {
  used: number;
  resetSeconds: number;
}
interface Recent {
  readonly at: number;
  readonly points: number;
  readonly content: boolean;
  readonly resource: string;
}

/** Stands for all requests without a token; GitHub goes by their address. */
export const NOBODY = 'nobody';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SECONDARY_MESSAGE =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.';
const CONTENT_MESSAGE =
  'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.';

/** Limits on the given clock, with the numbers read from `settings` at every request. */
export function createLimits(settings: Settings, clock: () => number): Limits {
  const buckets = new Map<string, Bucket>();
  const recent = new Map<string, Recent[]>();
  const blocks = new Map<string, { until: number; contentOnly: boolean }>();

  const bucketOf = (user: string, resource: string) => {
    const nowSeconds = Math.floor(clock() / 1000);
    const key = `${user} ${resource}`;
    const known = buckets.get(key);
    if (known !== undefined && known.resetSeconds > nowSeconds) return known;
    const fresh = { used: 0, resetSeconds: nowSeconds + settings.primaryWindowSeconds };
    buckets.set(key, fresh);
    return fresh;
  };
  const limitOf = (user: string, resource: string) => {
    if (resource === 'search') return Math.min(30, settings.primaryLimit);
    return user === NOBODY ? Math.min(60, settings.primaryLimit) : settings.primaryLimit;
  };
  const blockOf = (user: string) => {
    const block = blocks.get(user);
    return block !== undefined && block.until > clock() ? block : undefined;
  };
  const headersOf = ({ user, resource }: Spending) => {
    const bucket = bucketOf(user, resource);
    const limit = limitOf(user, resource);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - bucket.used)),
      'x-ratelimit-used': String(bucket.used),
      'x-ratelimit-reset': String(bucket.resetSeconds),
      'x-ratelimit-resource': resource,
    };
  };
  const refuse = (message: string) =>
    apiError(
      403,
      message,
      undefined,
      settings.retryAfterSeconds === null
        ? {}
        : { 'retry-after': String(settings.retryAfterSeconds) },
    );

  return {
    blocked: (user) => blockOf(user) !== undefined,
    block: (user, until) => {
      blocks.set(user, { until, contentOnly: false });
    },
    secondary: (spending) => {
      const limits = settings.secondaryLimits;
      if (limits === null) return null;
      const { user, content } = spending;
      const block = blockOf(user);
      if (block && (content || !block.contentOnly))
        return refuse(block.contentOnly ? CONTENT_MESSAGE : SECONDARY_MESSAGE);
      const lastHour = (recent.get(user) ?? []).filter((entry) => entry.at > clock() - HOUR);
      const reason = exceeded(spending, lastHour, limits, clock());
      if (reason === null) {
        const points = spending.mutation ? 5 : 1;
        lastHour.push({ at: clock(), points, content, resource: spending.resource });
        recent.set(user, lastHour);
        return null;
      }
      const waitMs = (settings.retryAfterSeconds ?? 60) * 1000;
      blocks.set(user, { until: clock() + waitMs, contentOnly: reason === 'content' });
      // Who waits as told starts afresh, whatever the window still holds.
      recent.set(user, []);
      return refuse(reason === 'content' ? CONTENT_MESSAGE : SECONDARY_MESSAGE);
    },
    primary: (spending) => {
      const bucket = bucketOf(spending.user, spending.resource);
      if (bucket.used < limitOf(spending.user, spending.resource)) return null;
      blocks.set(spending.user, { until: bucket.resetSeconds * 1000, contentOnly: false });
      const message = `API rate limit exceeded for user ID ${spending.user}.`;
      if (spending.resource !== 'graphql') return apiError(403, message);
      return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] } };
    },
    count: ({ user, resource, cost }) => {
      bucketOf(user, resource).used += cost;
    },
    headers: headersOf,
    overview: (user) => {
      const resource = (name: string) => {
        const bucket = bucketOf(user, name);
        const limit = limitOf(user, name);
        const remaining = Math.max(0, limit - bucket.used);
        return { limit, remaining, used: bucket.used, reset: bucket.resetSeconds, resource: name };
      };
      const core = resource('core');
      const resources = { core, graphql: resource('graphql'), search: resource('search') };
      return { status: 200, body: { resources, rate: core } };
    },
  };
}

function exceeded(
  spending: Spending,
  lastHour: readonly Recent[],
  limits: NonNullable<Settings['secondaryLimits']>,
  now: number,
): 'content' | 'points' | null {
  const lastMinute = lastHour.filter((entry) => entry.at > now - MINUTE);
  const contents = (entries: readonly Recent[]) => entries.filter((entry) => entry.content).length;
  if (spending.content && contents(lastMinute) >= limits.contentPerMinute) return 'content';
  if (spending.content && contents(lastHour) >= limits.contentPerHour) return 'content';
  const graphql = spending.resource === 'graphql';
  const points = lastMinute
    .filter((entry) => (entry.resource === 'graphql') === graphql)
    .reduce((sum, entry) => sum + entry.points, 0);
  if (points >= (graphql ? limits.graphqlPoints : limits.points)) return 'points';
  return spending.concurrent > limits.concurrent ? 'points' : null;
}
