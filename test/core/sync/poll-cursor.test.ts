import { describe, expect, it } from 'vitest';
import { failure } from '../../../lib/core/failures.ts';
import {
  backOff,
  failedCursor,
  isDue,
  newsOf,
  nextCursor,
  queryOf,
} from '../../../lib/core/sync/poll-cursor.ts';
import type { ChangedIssue, PollCursor, RepoChanges } from '../../../lib/core/sync/tracked.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'demo' };
const NOW = Date.parse('2026-11-20T12:00:00Z');
const WAITING = { now: NOW, everyMs: 120_000, random: 0.5 };

describe('a cursor', () => {
  it("begins a quarter of an hour before GitHub's own time, whatever this clock says", () => {
    const cursor = nextCursor(undefined, answer([], '2026-01-01T00:00:00Z'), NOW);
    expect(cursor).toMatchObject({ since: '2025-12-31T23:45:00.000Z', etag: undefined });
    expect(queryOf(cursor, NOW)).toEqual({ since: cursor.since, etag: undefined });
  });

  it('stays where it is while nothing is new, so that the ETag holds', () => {
    const cursor = begun();
    const same = nextCursor(cursor, { kind: 'unchanged', serverAt: at(50) }, NOW);
    expect(same).toMatchObject({ since: cursor.since, etag: '"a"', checkedAt: NOW });
    const moved = nextCursor(cursor, answer([issue(7, at(40))], at(50)), NOW);
    const handled = nextCursor(moved, answer([issue(7, at(40))], at(52), '"b"'), NOW);
    expect(handled).toMatchObject({ since: moved.since, etag: '"b"', handled: moved.handled });
  });

  it('moves with news and forgets the ETag of its earlier address', () => {
    const changes = answer([issue(7, at(40))], at(50), '"b"');
    const next = nextCursor(begun(), changes, NOW);
    expect(next.since).toBe('2026-11-20T12:35:00.000Z');
    expect(next.etag).toBeUndefined();
    expect(newsOf(next, changes)).toEqual([]);
    expect(Object.keys(next.handled)).toEqual(['7']);
  });

  it('keeps the ETag when the news do not move it', () => {
    const cursor = { ...begun(), since: at(40) };
    expect(nextCursor(cursor, answer([issue(7, at(41))], at(50), '"b"'), NOW)).toMatchObject({
      since: at(40),
      etag: '"b"',
    });
  });

  it('never moves back when a server answers with an earlier time', () => {
    const next = nextCursor(begun(), answer([issue(7, at(5))], '2026-11-20T10:00:00Z'), NOW);
    expect(next.since).toBe(begun().since);
  });

  it('takes a second change within the same second for news', () => {
    const changes = answer([issue(7, at(40))], at(50));
    const next = nextCursor(begun(), changes, NOW);
    const again = answer([{ ...issue(7, at(40)), state: 'closed' }], at(51));
    expect(newsOf(next, again)).toHaveLength(1);
  });

  it('finds what a list shows late, up to a quarter of an hour', () => {
    const next = nextCursor(begun(), answer([issue(7, at(40))], at(50)), NOW);
    const late = answer([issue(7, at(40)), issue(8, at(36))], at(52));
    expect(newsOf(next, late).map(({ number }) => number)).toEqual([8]);
  });

  it('is given up when nobody asked for a day: all is read instead of all pages', () => {
    expect(queryOf(begun(), NOW + 25 * 3_600_000).since).toBeUndefined();
    expect(queryOf({ ...begun(), checkedAt: undefined }, NOW).since).toBeUndefined();
  });

  it('stays where it was over failures', () => {
    const failed = failedCursor(begun(), failure('offline'), WAITING);
    expect(failed).toMatchObject({ since: begun().since, etag: '"a"', failures: 1 });
    expect(nextCursor(failed, { kind: 'unchanged', serverAt: at(50) }, NOW)).toMatchObject({
      failures: 0,
      failure: undefined,
      notBefore: undefined,
    });
  });
});

describe('waits after failures', () => {
  it('double up to an hour', () => {
    const waits = [1, 2, 3, 4, 5, 6, 50].map((failures) =>
      Math.round((backOff(failure('server-error'), failures, WAITING) - NOW) / 60_000),
    );
    expect(waits).toEqual([4, 8, 16, 32, 60, 60, 60]);
  });

  it('are as long as GitHub asks, and half an hour at least for a token that is not accepted', () => {
    const limited = failure('rate-limited', {}, { retryAt: NOW + 5_000 });
    expect(backOff(limited, 9, WAITING)).toBe(NOW + 5_000);
    expect(backOff(failure('bad-token'), 1, WAITING)).toBe(NOW + 30 * 60_000);
  });

  it('differ from browser to browser', () => {
    const [early, late] = [0, 1].map((random) =>
      backOff(failure('server-error'), 1, { ...WAITING, random }),
    );
    expect(late).toBeGreaterThan(early ?? 0);
  });

  it('end also when the clock was set back by a day', () => {
    expect(isDue(NOW + 60_000, NOW)).toBe(false);
    expect(isDue(NOW + 60_000, NOW + 60_000)).toBe(true);
    expect(isDue(NOW + 86_400_000, NOW)).toBe(true);
  });
});

function begun(): PollCursor {
  return {
    since: at(0),
    etag: '"a"',
    handled: {},
    failures: 0,
    notBefore: undefined,
    checkedAt: NOW,
    failure: undefined,
  };
}

function answer(
  issues: readonly ChangedIssue[],
  serverAt: string,
  etag: string | undefined = undefined,
): RepoChanges & { kind: 'changed' } {
  return { kind: 'changed', serverAt, etag, issues, repo: REPO };
}

function issue(number: number, updatedAt: string): ChangedIssue {
  const none = { stateReason: undefined, mergedAt: undefined };
  return { number, kind: 'issue', state: 'open', updatedAt, title: 'T', body: '', ...none };
}

/** So many minutes after twelve. */
function at(minutes: number): string {
  return new Date(NOW + minutes * 60_000).toISOString();
}
