// @vitest-environment happy-dom
import { effect } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { createOptionsModel, type OptionsModel } from '../../entrypoints/options/options-model.ts';
import type { AccountCheck } from '../../lib/core/account.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { Preferences } from '../../lib/core/settings/settings.ts';
import type { PartialSettings } from '../../lib/core/settings/table.ts';
import { completePreferences } from '../../lib/settings.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import {
  activateAccount,
  keepToken,
  listAccounts,
  noteFailedCheck,
  openToken,
  unlockToken,
} from '../../lib/store/tokens.ts';
import { patiently } from '../patiently.ts';
import { createOptionsWorld } from './options-world.ts';

const CANARY = 'ghp_CANARY';
const CHECKED: AccountCheck = {
  login: 'ann',
  kind: 'classic',
  scopes: ['repo'],
  expiresAt: '2026-12-20T10:00:00.000Z',
  repo: undefined,
};

describe('the options page', () => {
  let db: Db;
  let model: OptionsModel;
  let answer: Result<AccountCheck>;
  let asked: { account: string; repo: string | undefined }[];
  let settings: { value: PartialSettings<Preferences> };
  let running: unknown;

  beforeEach(async () => {
    document.body.innerHTML = '<div id="options"></div>';
    const { world, context } = createOptionsWorld();
    ({ settings } = world);
    db = context.db;
    asked = [];
    answer = succeed(CHECKED);
    model = createOptionsModel({
      ...context,
      // As the background does: it opens the stored token itself.
      unlock: ({ account, passphrase }) => unlockToken(db, account, passphrase),
      check: async (query) => {
        asked.push(query);
        if (answer.ok) await activateAccount(db, query.account, { ...answer.value, checkedAt: 1 });
        return answer;
      },
    });
    await model.reload();
    show();
  });

  it('keeps a pasted token trimmed, hands on only its id, and forgets it in the field', async () => {
    await paste(`  ${CANARY}\n`);
    expect(asked).toEqual([{ account: expect.any(String), repo: undefined }]);
    expect(JSON.stringify(asked)).not.toContain('CANARY');
    expect((await openToken(db, { host: 'github.com' }))?.token).toBe(CANARY);
    expect(field('#token').value).toBe('');
    expect(document.body.innerHTML).not.toContain('CANARY');
  });

  it('shows whose the token is, its scopes, its end, and that writing shows later', async () => {
    await paste(CANARY);
    const card = text('.card');
    expect(card).toContain('Signed in to github.com as ann');
    expect(card).toContain('Classic token');
    expect(card).toContain('repo');
    expect(card).toMatch(/2026/);
    expect(card).toContain('Known after the first write');
  });

  it('says that a classic token without the scope cannot write', async () => {
    answer = succeed({ ...CHECKED, scopes: ['gist'] });
    await paste(CANARY);
    expect(text('.card')).toContain('lacks the scope “repo”');
  });

  it('throws a token away that GitHub does not know, and says so', async () => {
    answer = fail(failure('bad-token'));
    await paste(CANARY);
    expect(await listAccounts(db)).toEqual([]);
    expect(text('[role=alert]')).toContain('GitHub rejected the token');
  });

  it('never says of a token twice at once that GitHub rejected it', async () => {
    answer = fail(failure('bad-token'));
    const said: number[] = [];
    const stop = effect(() => {
      const own = model.accounts.value.map((account) => account.failure);
      said.push([...own, model.refused.value].filter((each) => each !== undefined).length);
    });
    await paste(CANARY);
    stop();
    expect(Math.max(...said)).toBe(1);
    expect(said.at(-1)).toBe(1);
  });

  it('keeps a token while GitHub is out of reach, and checks it again', async () => {
    answer = fail(failure('offline'));
    await paste(CANARY);
    expect(text('.card')).toContain('not verified yet');
    expect(text('[role=alert]')).toContain('GitHub cannot be reached');
    answer = succeed(CHECKED);
    await submit('.card form');
    expect(text('.card')).toContain('Signed in to github.com as ann');
  });

  it.each([
    'offline',
    'sign-in-refused',
    'suspended',
    'ip-not-allowed',
    'signed-out',
    'internal',
  ] as const)('never throws a token away that GitHub did not call bad: %s', async (code) => {
    answer = fail(failure(code, { reason: 'because.', host: 'github.com' }));
    await paste(CANARY);
    expect(await listAccounts(db)).toMatchObject([{ state: 'pending' }]);
    expect(text('.card [role=alert]')).toContain(failure(code).message.slice(0, 14));
  });

  it('shows what a later check of the background came to', async () => {
    answer = fail(failure('offline'));
    await paste(CANARY);
    const [account] = await listAccounts(db);
    await noteFailedCheck(db, account?.id ?? '', failure('bad-token'));
    await model.reload();
    expect(text('.card [role=alert]')).toContain('GitHub rejected the token');
    await activateAccount(db, account?.id ?? '', { ...CHECKED, checkedAt: 1 });
    await model.reload();
    expect(text('.card')).toContain('Signed in to github.com as ann');
    // The try that failed was before.
    expect(document.querySelector('.card [role=alert]')).toBeNull();
    await submit('.card form');
    expect(text('.card [role=alert]')).toContain('GitHub cannot be reached');
  });

  it('forgets the token that was thrown away once another one works', async () => {
    answer = fail(failure('bad-token'));
    await paste(CANARY);
    answer = succeed(CHECKED);
    await paste(CANARY);
    expect(document.querySelector('[role=alert]')).toBeNull();
  });

  it('says that it is older than the data, and keeps the page usable', async () => {
    const refuses: Db = {
      use: () => Promise.reject(new DOMException('lower version', 'VersionError')),
      openTokens: connect().openTokens,
      close: async () => {},
    };
    const { context } = createOptionsWorld();
    model = createOptionsModel({ ...context, db: refuses });
    await model.reload();
    show();
    expect(text('[role=alert]')).toContain('older than the data in this browser');
    await paste(CANARY);
    expect(text('[aria-labelledby=account] [role=alert]')).toContain('Nothing was lost');
    expect(field('#token').closest('form')?.querySelector('button')?.disabled).toBe(false);
  });

  it('keeps the account when a later check does not get through', async () => {
    await paste(CANARY);
    answer = fail(failure('bad-token'));
    await submit('.card form');
    expect(await listAccounts(db)).toHaveLength(1);
    expect(text('.card [role=alert]')).toContain('GitHub rejected the token');
  });

  it('shows whether a repository can be read, and where SSO is authorized', async () => {
    answer = succeed({
      ...CHECKED,
      repo: {
        name: 'acme/app',
        readable: false,
        failure: failure('sso-required', {}, { url: 'https://github.com/orgs/acme/sso' }),
      },
    });
    await paste(CANARY, 'acme/app');
    expect(asked[0]?.repo).toBe('acme/app');
    expect(text('.card')).toContain('requires SSO authorization');
    expect(document.querySelector('.card a')?.getAttribute('href')).toBe(
      'https://github.com/orgs/acme/sso',
    );
    answer = succeed({
      ...CHECKED,
      repo: { name: 'acme/app', readable: true, failure: undefined },
    });
    await submit('.card form');
    expect(text('.card')).toContain('The token can read acme/app.');
  });

  it('drops the characters of a pasted token that nobody sees', async () => {
    await paste(`\u200b${CANARY}\ufeff`);
    expect((await openToken(db, { host: 'github.com' }))?.token).toBe(CANARY);
  });

  it('refuses an empty field and what no token has before anything is stored', async () => {
    await paste('   ');
    expect(text('#token-hint')).toContain('Paste a token first');
    await paste('ghp_a b');
    expect(text('#token-hint')).toContain('contains a space, so it cannot be a token');
    await paste('ghp_\u00e9');
    expect(text('#token-hint')).toContain('contains an invalid character');
    expect(asked).toEqual([]);
    expect(await listAccounts(db)).toEqual([]);
  });

  it('removes a token after asking', async () => {
    await paste(CANARY);
    await click('.card .actions .btn');
    expect(text('.confirm')).toContain('on GitHub it stays valid');
    await click('.confirm .danger');
    await patiently(() => expect(document.querySelector('#account ~ .card')).toBeNull());
    expect(await openToken(db, { host: 'github.com' })).toBeUndefined();
  });

  it('names the exact permissions and links to where tokens are made', () => {
    const help = text('.help');
    for (const words of ['Issues', 'Read and write', 'Pull requests', 'Metadata', 'approval']) {
      expect(help).toContain(words);
    }
    const links = [...document.querySelectorAll('.help a')].map((link) =>
      link.getAttribute('href'),
    );
    expect(links).toEqual([
      'https://github.com/settings/personal-access-tokens/new',
      'https://github.com/settings/tokens/new?scopes=repo&description=Masterlist',
    ]);
  });

  it('saves a setting when it changes and leaves the others', async () => {
    await change('#labels', 'test-plan, , qa ,qa');
    await change('#link-style', 'parenthesis');
    await change('#comment', 'false');
    await act(() => field('#careful').click());
    const now = completePreferences(settings.value);
    expect(now.generation).toMatchObject({
      labels: ['test-plan', 'qa'],
      linkStyle: 'parenthesis',
      comment: false,
      template: '{item}',
    });
    expect(now.careful).toBe(true);
    await change('#comment', 'automatic');
    expect(completePreferences(settings.value).generation.comment).toBeUndefined();
  });

  it('sets whether and when the nights are, each without the other', async () => {
    expect(field('#nightly-on').checked).toBe(true);
    expect(field('#nightly-hour').value).toBe('3');
    await change('#nightly-hour', '22');
    expect(completePreferences(settings.value).nightly).toEqual({ on: true, hour: 22 });
    await act(() => field('#nightly-on').click());
    expect(completePreferences(settings.value).nightly).toEqual({ on: false, hour: 22 });
  });

  it('lets nobody set a pace below what GitHub asks for', async () => {
    await change('#gap-ms', '0.2');
    expect(field('#gap-ms').value).toBe('1');
    await change('#claim-settle-ms', '');
    await change('#request-timeout-ms', '99');
    expect(settings.value.timing).toEqual({
      gapMs: 1_000,
      claimSettleMs: 5_000,
      requestTimeoutMs: 20_000,
    });
  });

  it('resets all settings after asking', async () => {
    await change('#labels', 'x');
    await press('Reset all settings');
    expect(text('.confirm')).toContain('Tokens, addresses of alert channels');
    await press('Reset them');
    expect(settings.value).toEqual({});
    expect(field('#labels').value).toBe('');
  });

  it('explains every setting, and labels every field', () => {
    const fields = [...document.querySelectorAll('input, select, textarea')];
    expect(fields.length).toBeGreaterThan(15);
    for (const each of fields) {
      const isNamed =
        each.hasAttribute('aria-label') || document.querySelector(`label[for="${each.id}"]`);
      expect(isNamed, each.outerHTML).toBeTruthy();
      const hint = each.getAttribute('aria-describedby');
      if (hint !== null) expect(document.getElementById(hint)?.textContent, hint).toMatch(/\.$/);
    }
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says what is stored where and who is asked', () => {
    const storage = text('section[aria-labelledby=storage]');
    for (const words of [
      'api.github.com',
      'github.com',
      'Whoever can read the files of your browser profile can open it',
      '30 days',
      'left',
      'no statistics',
      'not set up',
    ]) {
      expect(storage).toContain(words);
    }
  });

  it('puts a new token under a passphrase, which leaves the field and is stored nowhere', async () => {
    await click('form:has(#token) [value=passphrase]');
    field('form:has(#token) [name=passphrase]').value = 'short';
    await paste(CANARY);
    expect(asked).toEqual([]);
    expect(field('form:has(#token) [name=passphrase]').getAttribute('aria-invalid')).toBe('true');
    field('form:has(#token) [name=passphrase]').value = 'correct horse';
    await paste(CANARY);
    expect(text('.card dl')).toContain('Under a passphrase');
    expect(field('form:has(#token) [name=passphrase]').value).toBe('');
    const [record] = await db.use((open) => open.getAll('accounts'));
    expect(JSON.stringify(record)).not.toContain('correct horse');
    expect((await openToken(db, { host: 'github.com' }))?.token).toBe(CANARY);
  });

  it('changes how a token is kept without asking for it again', async () => {
    await paste(CANARY);
    await click('.card [value=session]');
    await submit('.card form:has([name=kept])');
    await patiently(() => expect(text('.card [role=status]')).toContain('Kept: Until the browser'));
    expect(text('.card dl')).toContain('Until the browser closes');
    expect(await listAccounts(db)).toMatchObject([{ kept: 'session', state: 'active' }]);
    expect((await openToken(db, { host: 'github.com' }))?.token).toBe(CANARY);
  });

  it('asks for the passphrase of a token that is locked, and offers nothing that needs the token', async () => {
    await paste(CANARY);
    const [account] = await listAccounts(db);
    const id = account?.id ?? '';
    await keepToken(db, id, { kept: 'passphrase', passphrase: 'correct horse' });
    await db.openTokens.remove(id);
    await act(() => model.reload());
    expect(text('.card')).toContain('Waiting for your passphrase.');
    expect(text('.card')).not.toContain('Test it on a repository');
    expect(text('.card')).not.toContain('Change how it is kept');
    field('.unlock input').value = 'correct horse';
    await submit('.unlock');
    await patiently(() => expect(document.querySelector('.unlock')).toBeNull());
    expect(text('.card')).toContain('Test it on a repository');
  });

  it('opens the field for a token that was kept only until the browser closed', async () => {
    await paste(CANARY);
    const [account] = await listAccounts(db);
    await keepToken(db, account?.id ?? '', { kept: 'session' });
    await db.openTokens.remove(account?.id ?? '');
    await act(() => model.reload());
    expect(text('.card')).toContain('The token was kept only until the browser closed.');
    expect(document.querySelector('details:has(#token)')?.hasAttribute('open')).toBe(true);
    await paste(CANARY);
    expect(text('.card')).not.toContain('until the browser closed');
  });

  function show() {
    const root = document.getElementById('options');
    const waiting = {
      ...model,
      onAdd: follow(model.onAdd),
      onCheck: follow(model.onCheck),
    };
    if (root !== null) void act(() => render(<OptionsPage {...waiting} />, root));
  }

  /** Keeps what an action has begun, so that tests can wait for its end. */
  function follow<Given extends unknown[]>(action: (...given: Given) => unknown) {
    return (...given: Given) => {
      running = action(...given);
      return running;
    };
  }

  async function paste(token: string, repo = '') {
    field('#token').value = token;
    field('#token-repo').value = repo;
    await submit('form');
  }

  /** Submits a form, and waits for the check where one begins. */
  async function submit(selector: string) {
    await act(async () => {
      const form = document.querySelector<HTMLFormElement>(selector);
      form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
      await running;
    });
  }

  async function click(selector: string) {
    await act(async () => {
      document.querySelector<HTMLElement>(selector)?.click();
    });
  }

  async function press(words: string) {
    const buttons = [...document.querySelectorAll('button')];
    await act(async () => buttons.find(({ textContent }) => textContent === words)?.click());
  }

  async function change(selector: string, value: string) {
    await act(async () => {
      const input = field(selector);
      input.value = value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }
});

function field(selector: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(selector);
  if (found === null) throw new Error(`no ${selector}`);
  return found;
}

function text(selector: string): string {
  return (document.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ');
}
