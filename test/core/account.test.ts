import { describe, expect, it } from 'vitest';
import { type Acting, actingUser, sameLogin } from '../../lib/core/account.ts';

const ALLOWED = { kind: 'page', pageUser: 'hubot', allowOtherUser: true } as const;
const page = (pageUser: string | undefined): Acting => ({
  kind: 'page',
  pageUser,
  allowOtherUser: false,
});

/** Whose token there is, what is to be done, and what comes of it: the user, or the code of the failure. */
const CASES: readonly (readonly [token: string | undefined, acting: Acting, answer: string])[] = [
  [undefined, { kind: 'ask' }, 'signed-out'],
  [undefined, ALLOWED, 'signed-out'],
  [undefined, { kind: 'run', login: 'monalisa' }, 'signed-out'],
  [undefined, { kind: 'preview', login: 'monalisa' }, 'signed-out'],
  ['monalisa', { kind: 'ask' }, 'monalisa'],
  ['monalisa', page('monalisa'), 'monalisa'],
  ['monalisa', page('MonaLisa'), 'monalisa'],
  ['monalisa', page('hubot'), 'wrong-user'],
  ['monalisa', page(''), 'monalisa'],
  ['monalisa', page(undefined), 'monalisa'],
  ['monalisa', ALLOWED, 'monalisa'],
  ['monalisa', { kind: 'run', login: 'MONALISA' }, 'monalisa'],
  ['monalisa', { kind: 'run', login: 'hubot' }, 'run-of-other'],
  ['monalisa', { kind: 'sync', login: 'MonaLisa' }, 'monalisa'],
  ['monalisa', { kind: 'sync', login: 'hubot' }, 'sync-of-other'],
  ['MonaLisa', { kind: 'preview', login: 'monalisa' }, 'MonaLisa'],
  ['monalisa', { kind: 'preview', login: 'hubot' }, 'stale-plan'],
  ['monalisa', { kind: 'preview', login: undefined }, 'stale-plan'],
];

describe('who may act', () => {
  it.each(CASES)('with the token of %s for %j: %s', (token, acting, answer) => {
    const user = actingUser('github.com', token, acting);
    expect(user.ok ? user.value : user.failure.code).toBe(answer);
  });

  it('names both users where somebody else is bound or signed in', () => {
    for (const acting of [page('hubot'), { kind: 'run', login: 'hubot' } as const]) {
      const user = actingUser('github.com', 'monalisa', acting);
      expect(user.ok ? '' : user.failure.message).toMatch(/hubot.*monalisa|monalisa.*hubot/);
    }
  });

  it('compares logins without case, as GitHub does', () => {
    expect(sameLogin('MonaLisa', 'monalisa')).toBe(true);
    expect(sameLogin('monalisa', 'monalisa2')).toBe(false);
  });
});
