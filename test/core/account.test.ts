import { describe, expect, it } from 'vitest';
import {
  type Acting,
  actingUser,
  cleanPasted,
  isSendable,
  sameLogin,
} from '../../lib/core/account.ts';

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

describe('a pasted token', () => {
  it.each([
    ['a zero-width space', '\u200bghp_A1'],
    ['a byte order mark', '\ufeffghp_A1'],
    ['a soft hyphen where a line broke', 'ghp_\u00adA1'],
    ['marks of direction', '\u202aghp_A1\u202c'],
    ['a word joiner and a filler', 'ghp\u2060_A1\u3164'],
    ['blanks and line ends', ' \u00a0ghp_\r\nA1\u2028\t'],
  ])('loses what nobody sees (case 47): %s', (_what, pasted) => {
    expect(cleanPasted(pasted)).toBe('ghp_A1');
  });

  it.each(['ghp_\u00e9', 'ghp_\u2026', 'ghp_a b', 'ghp_\u{1f511}', ''])(
    'is none with a character that no token has: %j',
    (pasted) => {
      expect(isSendable(cleanPasted(pasted))).toBe(false);
    },
  );
});
