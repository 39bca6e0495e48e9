import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Keeping } from '../../lib/core/account.ts';
import { type ChecklistRef, issueChecklist, issueOfChecklist } from '../../lib/core/refs.ts';
import { openTokens } from '../../lib/settings.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import {
  activateAccount,
  keepToken,
  listAccounts,
  savePendingToken,
} from '../../lib/store/tokens.ts';
import { given, patiently, startWorker, tabOf, useBackground } from './background-world.ts';

const PASSPHRASE = 'correct horse battery';
const LOCKED = { kept: 'passphrase', passphrase: PASSPHRASE } as const;
const BODY = '# Plan\n\n- [ ] One\n- [ ] Two\n- [ ] Three\n';

describe('a token that waits for its owner', () => {
  const world = useBackground();
  let made = 0;
  let db: Db;

  beforeEach(() => {
    db = connect(undefined, openTokens);
  });

  it.each([
    ['under a passphrase', LOCKED, 'token-locked'],
    ['that was kept for a session', { kept: 'session' }, 'token-ended'],
  ] as const)('%s: whatever needs it answers that, and GitHub is not asked', async (...row) => {
    const [, keeping, code] = row;
    const { checklist } = await tracked(keeping);
    await restart();
    const about = { checklist, pageUser: 'ann' };
    const answers = [
      await world.ask('openChecklist', { ...about, known: false }),
      await world.ask('previewGeneration', { ...about, options: {} }),
      await world.ask('previewSync', about),
      await world.ask('syncChecklist', { ...about, preview: undefined }),
      await world.ask('previewReconcile', about),
      await world.ask('trackChecklist', { ...about, tracked: true }),
      await world.ask('checkAccount', { account: await accountId(), repo: undefined }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: false, failure: { code, resolveAt: 'options' } });
    }
    expect(world.github.requests).toEqual([]);
  });

  it('stops refreshes, nights and alerts silently, and is named on the toolbar', async () => {
    const { checklist } = await tracked(LOCKED);
    await restart();
    for (const alarm of ['poll', 'nightly', 'tick', 'token']) await world.ring(alarm);
    given(await world.ask('pollNow', {}));
    await patiently(async () =>
      expect(await fakeBrowser.action.getTitle({})).toBe(
        'Masterlist: Waiting for your passphrase.',
      ),
    );
    expect(await fakeBrowser.action.getBadgeText({})).toBe('!');
    expect(world.github.requests).toEqual([]);
    // It is said once, of the account: nothing of it is in the checklist's record.
    const view = given(await world.ask('getSync', { checklist }));
    expect(view.failure).toBeUndefined();
    expect(view.needsYou).toBe(0);
  });

  it('is unlocked by its passphrase only; then what waited continues', async () => {
    const { name, checklist, issue } = await tracked(LOCKED);
    await restart();
    world.github.editIssue(name, issue, { state: 'closed' }, 'ann');
    const account = await accountId();
    const wrong = await world.ask('unlockAccount', { account, passphrase: 'not this one' });
    expect(wrong).toMatchObject({ ok: false, failure: { code: 'wrong-passphrase' } });
    expect(world.github.requests).toEqual([]);
    given(await world.ask('unlockAccount', { account, passphrase: PASSPHRASE }));
    await patiently(() =>
      expect(world.github.issue(name, issueOfChecklist(checklist).number).body).toContain('[x]'),
    );
    await patiently(async () => expect(await fakeBrowser.action.getBadgeText({})).toBe(''));
  });

  it('holds a run, which creates the rest once, after it is unlocked', async () => {
    await signIn(LOCKED);
    const { name, checklist } = plan();
    const query = { checklist, pageUser: 'ann', options: {} };
    const { run } = given(await world.ask('previewGeneration', query));
    await openTokens.remove(await accountId());
    const refused = await world.ask('generateIssues', {
      checklist,
      run,
      choices: [],
      only: 'all',
    });
    expect(refused).toMatchObject({ failure: { code: 'token-locked' } });
    const account = await accountId();
    given(await world.ask('unlockAccount', { account, passphrase: PASSPHRASE }));
    // Stopped between the run's claim and its first issue; then the browser starts anew.
    const before = world.github.issues(name).length;
    vi.stubGlobal('fetch', async (...request: Parameters<typeof fetch>) => {
      const answer = await world.github.fetch(...request);
      if (request[1]?.method === 'PATCH') given(await world.ask('setPaused', { paused: true }));
      return answer;
    });
    given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'first' }));
    await patiently(async () =>
      expect(given(await world.ask('getJob', { checklist }))).toMatchObject({ state: 'paused' }),
    );
    vi.stubGlobal('fetch', world.github.fetch);
    await restart();
    given(await world.ask('setPaused', { paused: false }));
    await patiently(async () =>
      expect(given(await world.ask('getJob', { checklist }))).toMatchObject({
        waiting: { why: 'sign-in' },
        failure: { code: 'token-locked' },
      }),
    );
    expect(world.github.issues(name)).toHaveLength(before);
    expect(world.github.requests).toEqual([]);
    given(await world.ask('unlockAccount', { account, passphrase: PASSPHRASE }));
    await patiently(async () =>
      expect(given(await world.ask('getJob', { checklist }))).toMatchObject({ outcome: 'done' }),
    );
    expect(world.github.issues(name)).toHaveLength(before + 1);
  });

  it('is unlocked by our own pages only', async () => {
    await signIn(LOCKED);
    const { checklist } = plan();
    await restart();
    const query = { account: await accountId(), passphrase: PASSPHRASE };
    expect(await world.ask('unlockAccount', query, tabOf(checklist))).toMatchObject({
      failure: { code: 'stale-page' },
    });
    expect(await openTokens.get(query.account)).toBeUndefined();
  });

  it('that was never checked is checked once it is unlocked, and not asked about before', async () => {
    const id = await savePendingToken(db, 'github.com', world.token, LOCKED);
    await restart();
    await world.ring('token');
    expect(world.github.requests).toEqual([]);
    given(await world.ask('unlockAccount', { account: id, passphrase: PASSPHRASE }));
    await patiently(async () =>
      expect(await listAccounts(db)).toMatchObject([{ state: 'active', login: 'ann' }]),
    );
  });

  async function signIn(keeping: Keeping): Promise<void> {
    const id = await savePendingToken(db, 'github.com', world.token, keeping);
    await activateAccount(db, id, {
      login: 'ann',
      kind: 'classic',
      scopes: ['repo'],
      expiresAt: undefined,
      checkedAt: 0,
    });
  }

  function plan(body = BODY) {
    made += 1;
    const repo = { host: 'github.com', owner: 'ann', name: `locked${made}` };
    const name = `ann/${repo.name}`;
    world.github.addRepo(name);
    const issue = world.github.addIssue(name, { title: 'One', author: 'ann' });
    const text = body.replace('One', `One (closes #${issue})`);
    const number = world.github.addIssue(name, { title: 'Plan', body: text, author: 'ann' });
    const checklist: ChecklistRef = issueChecklist({ repo, number });
    return { name, checklist, issue };
  }

  /** A checklist that was refreshed, before the token was kept so. */
  async function tracked(keeping: Keeping) {
    await signIn({ kept: 'sealed' });
    const made = plan();
    const { checklist } = made;
    given(await world.ask('trackChecklist', { checklist, tracked: true, pageUser: 'ann' }));
    await patiently(async () =>
      expect(given(await world.ask('getSync', { checklist })).checkedAt).toBeDefined(),
    );
    // Whatever was begun is over.
    given(await world.ask('pollNow', {}));
    given(await keepToken(db, await accountId(), keeping));
    return made;
  }

  /** The browser starts anew: its memory is empty. */
  async function restart(): Promise<void> {
    await openTokens.remove(await accountId());
    world.github.clearRequests();
    await startWorker();
  }

  async function accountId(): Promise<string> {
    const [account] = await listAccounts(db);
    return account?.id ?? '';
  }
});
