import { describe, expect, it } from 'vitest';
import { isLimit, limited, type Refusal } from '../../lib/github/limits.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');

function refusal(status: number, headers: Refusal['headers'] = {}): Refusal {
  return { status, headers, data: undefined };
}

describe('a limit of GitHub', () => {
  it.each([
    ['too many requests', refusal(429), ''],
    [
      'a refusal that says how long to wait, and nothing else',
      refusal(403, { 'retry-after': '60' }),
      '',
    ],
    ['a refusal with no requests left', refusal(403, { 'x-ratelimit-remaining': '0' }), ''],
    ['a refusal in words', refusal(403), 'You have exceeded a secondary rate limit.'],
    ['an answer in words, as GraphQL gives it', refusal(200), 'API rate limit exceeded'],
    ['creating too quickly', refusal(422), 'was submitted too quickly'],
  ])('is %s', (_what, answer, text) => {
    expect(isLimit(answer, text)).toBe(true);
  });

  it.each([
    ['a refusal for want of rights', refusal(403, { 'x-ratelimit-remaining': '12' }), 'Forbidden'],
    ['the last answer of the hour', refusal(200, { 'x-ratelimit-remaining': '0' }), ''],
    ['an outage that says when to return', refusal(503, { 'retry-after': '60' }), ''],
  ])('is not %s', (_what, answer, text) => {
    expect(isLimit(answer, text)).toBe(false);
  });
});

describe('how long a limit is waited out', () => {
  const retryAt = (headers: Refusal['headers'], now = NOW) =>
    limited(headers, 'classic', now).retryAt;
  const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1_000 + 90) };

  it('is what GitHub says first, in seconds or as a date', () => {
    expect(retryAt({ ...reset, 'retry-after': '60' })).toBe(NOW + 60_000);
    expect(retryAt({ 'retry-after': new Date(NOW + 5_000).toUTCString() })).toBe(NOW + 5_000);
  });

  it('is until the reset, by the clock of GitHub and not by ours', () => {
    const ahead = NOW + 3_600_000;
    const date = new Date(NOW).toUTCString();
    expect(retryAt({ ...reset, date }, ahead)).toBe(ahead + 90_000);
    expect(retryAt(reset)).toBe(NOW + 90_000);
  });

  it('is never in the past, and unknown where GitHub does not say', () => {
    expect(retryAt({ 'retry-after': new Date(NOW - 5_000).toUTCString() })).toBe(NOW);
    expect(retryAt({})).toBeUndefined();
    expect(retryAt({ 'retry-after': 'soon' })).toBeUndefined();
  });
});
