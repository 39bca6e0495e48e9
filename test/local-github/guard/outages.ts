import type { FaultAction } from './faults.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const PAGE = '<!DOCTYPE html>\n<html>\n<head><title>Unicorn! &middot; GitHub</title></head>\n';

/** What GitHub's bad days look like, for `fault({ action: outages.… })`. Only `halfJson` and the GraphQL ones do the work. */
export const outages = {
  /** 500 with GitHub's JSON. */
  serverError: { status: 500, body: { message: 'Server Error' } },
  /** 502 with the page of a unicorn. */
  badGatewayPage: { status: 502, headers: HTML, body: `${PAGE}<body>502</body></html>` },
  /** 200, but a page for people. */
  htmlInsteadOfJson: { status: 200, headers: HTML, body: `${PAGE}<body>Hello</body></html>` },
  /** 200 with half of the JSON; the work is done. */
  halfJson: { halfBody: true },
  /** The connection is lost in the middle of the body; the work is done. */
  brokenOff: { truncate: true },
  /** No answer ever comes, and nothing was done. */
  hanging: { hang: 'before' },
  /** GraphQL: 200 and no data, only GitHub's words for its own trouble. */
  graphqlTrouble: { graphqlError: { path: [] } },
} as const satisfies Readonly<Record<string, FaultAction>>;

/** 403 (or 429) of a secondary limit with `retry-after`, which the limits then enforce. */
export function secondaryLimit(retryAfterSeconds: number, status: 403 | 429 = 403): FaultAction {
  return {
    status,
    headers: { 'retry-after': String(retryAfterSeconds) },
    body: {
      message:
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    },
  };
}

/** 403 of the primary limit: nothing remains until `resetSeconds` (since 1970). */
export function primaryLimit(resetSeconds: number): FaultAction {
  return {
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetSeconds) },
    body: { message: 'API rate limit exceeded for user ID 1.' },
  };
}
