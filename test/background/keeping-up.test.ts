import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  type ChecklistRef,
  checklistKey,
  issueChecklist,
  issueOfChecklist,
} from '../../lib/core/refs.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import { connect } from '../../lib/store/db.ts';
import { listAllEvents } from '../../lib/store/events.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { savePendingToken } from '../../lib/store/tokens.ts';
import { now } from '../clock.ts';
import { stored } from '../stored.ts';
import {
  FAST,
  given,
  OWN_PAGE,
  patiently,
  startWorker,
  tabOf,
  useBackground,
} from './background-world.ts';

describe('keeping checklists up to date', () => {
  const world = useBackground();
  let made = 0;

  /** A master whose items link issues; the last item has none. */
  function plan(count = 2) {
    made += 1;
    const repo = { host: 'github.com', owner: 'ann', name: `kept${made}` };
    const name = `ann/${repo.name}`;
    world.github.addRepo(name);
    const issues = Array.from({ length: count }, (_, index) =>
      world.github.addIssue(name, { title: `Item ${index}`, author: 'ann' }),
    );
    const lines = issues.map((number, index) => `- [ ] Item ${index} (closes #${number})\r\n`);
    const body = `# Plan\r\n\r\n${lines.join('')}- [ ] Not yet made\r\n`;
    const number = world.github.addIssue(name, { title: 'Plan', body, author: 'ann' });
    const checklist: ChecklistRef = issueChecklist({ repo, number });
    const text = () => world.github.issue(name, number).body ?? '';
    const close = (index: number) =>
      world.github.editIssue(
        name,
        issues[index] ?? 0,
        { state: 'closed', stateReason: 'completed' },
        'ann',
      );
    return { name, checklist, issues, body, text, close };
  }

  async function track(checklist: ChecklistRef): Promise<SyncView> {
    const query = { checklist, tracked: true, pageUser: 'ann' };
    given(await world.ask('trackChecklist', query));
    await patiently(async () => {
      const record = await createSyncStore(connect()).loadRecord(checklistKey(checklist));
      expect(record?.fullAt).toBeDefined();
    });
    return viewOf(checklist);
  }

  async function viewOf(checklist: ChecklistRef): Promise<SyncView> {
    return given(await world.ask('getSync', { checklist }));
  }

  function badge() {
    return fakeBrowser.action.getBadgeText({});
  }

  it('ticks what was closed when the alarm rings, and tells the page', async () => {
    await world.signIn();
    const { name, checklist, body, text, close } = plan();
    await checkOften();
    const view = await track(checklist);
    expect(view).toMatchObject({ tracked: true, login: 'ann', state: 'ok', newItems: 0 });
    expect(text()).toBe(body);
    close(0);
    const key = `revision:github.com/${name}#${issueOfChecklist(checklist).number}`;
    const revision = async () =>
      ((await fakeBrowser.storage.session.get(key))[key] as { number: number }).number;
    const before = await revision();
    await world.ring('poll');
    await patiently(() => expect(text()).toBe(body.replace('- [ ] Item 0', '- [x] Item 0')));
    await patiently(async () => expect(await revision()).toBeGreaterThan(before));
    const opened = given(
      await world.ask('openChecklist', { checklist, pageUser: 'ann', known: true }),
    );
    expect(opened).toMatchObject({ counts: { done: 1 }, sync: { tracked: true, state: 'ok' } });
    world.github.assertConforming();
  });

  it('costs one request and tells nobody when nothing changed', async () => {
    await world.signIn();
    const { name, checklist } = plan();
    await track(checklist);
    // One check lists what is there already, the next one has an ETag to bring back.
    for (let check = 0; check < 2; check++) await pollNow();
    const key = `revision:github.com/${name}#${issueOfChecklist(checklist).number}`;
    const before = await fakeBrowser.storage.session.get(key);
    world.github.clearRequests();
    await pollNow();
    expect(world.github.requests.map(({ status }) => status)).toEqual([304]);
    expect(await fakeBrowser.storage.session.get(key)).toEqual(before);
  });

  it('looks for differences when the nightly alarm rings, and sees to the next night', async () => {
    await world.signIn();
    const { name, checklist, issues } = plan();
    await track(checklist);
    expect((await viewOf(checklist)).reconcile).toBeUndefined();
    const refused = { state: 'closed', stateReason: 'not_planned' } as const;
    world.github.editIssue(name, issues[0] ?? 0, refused, 'ann');
    const tracked = await stored().tracked.getValue();
    await stored().tracked.setValue(tracked.map((each) => ({ ...each, since: 0 })));
    await fakeBrowser.alarms.clear('nightly');
    await world.ring('nightly');
    await patiently(async () =>
      expect(await viewOf(checklist)).toMatchObject({ reconcile: { left: 1 }, needsYou: 1 }),
    );
    expect((await fakeBrowser.alarms.get('nightly'))?.scheduledTime).toBeGreaterThan(now());
    // Sync lists the repository anew, and looks again only when something changes.
    for (let check = 0; check < 3; check++) await pollNow();
    world.github.clearRequests();
    await pollNow();
    expect(world.github.requests).toHaveLength(1);
    world.github.editIssue(name, issues[0] ?? 0, { state: 'open' }, 'ann');
    await pollNow();
    expect(await viewOf(checklist)).toMatchObject({ reconcile: { left: 0 }, needsYou: 0 });
    given(await world.ask('trackChecklist', { checklist, tracked: false, pageUser: 'ann' }));
    expect((await viewOf(checklist)).reconcile).toBeUndefined();
  });

  it('goes on in a new worker after the old one died, without the page', async () => {
    await world.signIn();
    const { checklist, text, close } = plan();
    await checkOften();
    await track(checklist);
    close(1);
    await startWorker();
    await world.ring('poll');
    await patiently(() => expect(text()).toContain('- [x] Item 1'));
  });

  it('polls at the start of a worker only when a check is due', async () => {
    await world.signIn();
    const { checklist, text, close } = plan();
    await track(checklist);
    close(0);
    world.github.clearRequests();
    await startWorker();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(world.github.requests).toEqual([]);
    await stored().preferences.setValue({ ...FAST, pollMinutes: 0.0001 });
    await startWorker();
    await patiently(() => expect(text()).toContain('- [x] Item 0'));
  });

  it('has an alarm about as often as the user wants, and none when nothing is kept up to date', async () => {
    await world.signIn();
    const { checklist } = plan();
    expect(await fakeBrowser.alarms.get('poll')).toBeUndefined();
    await track(checklist);
    const first = await fakeBrowser.alarms.get('poll');
    expect(first?.periodInMinutes).toBeGreaterThanOrEqual(1.8);
    expect(first?.periodInMinutes).toBeLessThanOrEqual(2.2);
    // A worker that starts for another reason must not put it off.
    await startWorker();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await fakeBrowser.alarms.get('poll')).toEqual(first);
    await stored().preferences.setValue({ ...FAST, pollMinutes: 30 });
    await patiently(async () => {
      const period = (await fakeBrowser.alarms.get('poll'))?.periodInMinutes;
      expect(period).toBeGreaterThanOrEqual(27);
      expect(period).toBeLessThanOrEqual(33);
    });
    given(await world.ask('trackChecklist', { checklist, tracked: false, pageUser: 'ann' }));
    expect(await fakeBrowser.alarms.get('poll')).toBeUndefined();
    expect(await viewOf(checklist)).not.toMatchObject({ checkedAt: expect.anything() });
  });

  it('keeps what was generated up to date, without being asked', async () => {
    await world.signIn();
    const { checklist } = plan(0);
    const query = { checklist, pageUser: 'ann', options: {} };
    const { run } = given(await world.ask('previewGeneration', query));
    given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }));
    await patiently(async () =>
      expect(given(await world.ask('getJob', { checklist }))?.state).toBe('ended'),
    );
    expect(await viewOf(checklist)).toMatchObject({ tracked: true, login: 'ann' });
    expect(await fakeBrowser.alarms.get('poll')).toBeDefined();
  });

  it('checks when the network is back, although the last check failed a moment ago', async () => {
    await world.signIn();
    const { checklist, text, close } = plan();
    await track(checklist);
    close(0);
    world.github.fault({ times: 2, action: { reset: true } });
    await pollNow();
    expect(await viewOf(checklist)).toMatchObject({ state: 'failing' });
    // A moment without network is no alarm yet.
    expect(await badge()).toBe('');
    world.github.clearFaults();
    world.comeOnline();
    await patiently(() => expect(text()).toContain('- [x] Item 0'));
    await patiently(async () => expect(await badge()).toBe(''));
    expect(await fakeBrowser.action.getTitle({})).toBe('Masterlist');
  });

  it('goes on when a token was accepted in place of one that was not', async () => {
    const { token } = world.github.addUser('tina');
    await world.signIn(token, 'tina');
    world.github.addRepo('tina/own');
    const issue = world.github.addIssue('tina/own', { title: 'One', author: 'tina' });
    const body = `- [ ] One (closes #${issue})\n`;
    const number = world.github.addIssue('tina/own', { title: 'Plan', body, author: 'tina' });
    const checklist = issueChecklist({
      repo: { host: 'github.com', owner: 'tina', name: 'own' },
      number,
    });
    given(
      await world.ask('trackChecklist', {
        checklist: checklist,
        tracked: true,
        pageUser: 'tina',
      }),
    );
    await patiently(async () => expect((await viewOf(checklist)).checkedAt).toBeDefined());
    world.github.editIssue('tina/own', issue, { state: 'closed' }, 'tina');
    world.github.revokeToken(token);
    await pollNow();
    expect(await viewOf(checklist)).toMatchObject({ failure: { code: 'bad-token' } });
    const fresh = world.github.addUser('tina', { token: 'ghp_anew' }).token;
    const account = await savePendingToken(connect(), 'github.com', fresh);
    given(await world.ask('checkAccount', { account, repo: undefined }));
    await patiently(() =>
      expect(world.github.issue('tina/own', number).body).toContain('- [x] One'),
    );
  });

  it('never writes under another account, until the checklist is bound to that one', async () => {
    await world.signIn();
    const { name, checklist, body, text, close } = plan();
    await track(checklist);
    const other = world.github.addUser('olga').token;
    await world.signIn(other, 'olga');
    close(0);
    await pollNow();
    expect(await viewOf(checklist)).toMatchObject({
      login: 'ann',
      failure: { code: 'sync-of-other' },
    });
    expect(text()).toBe(body);
    const bind = { checklist, tracked: true, pageUser: 'olga' };
    // Olga may not edit the text of Ann's issue.
    expect(await world.ask('trackChecklist', bind)).toMatchObject({
      failure: { code: 'cannot-edit-master' },
    });
    expect((await stored().tracked.getValue()).map(({ login }) => login)).toEqual(['ann']);
    await world.signIn();
    await track(checklist);
    await patiently(() => expect(text()).toContain('- [x] Item 0'));
    expect(world.github.issue(name, issueOfChecklist(checklist).number).body).toContain(
      '- [x] Item 0',
    );
  });

  it('does nothing for a page where somebody else is signed in, unless that is allowed', async () => {
    await world.signIn();
    const { checklist, body, text, close } = plan();
    close(0);
    const refused = { failure: { code: 'wrong-user' } };
    const page = { checklist, pageUser: 'bob' };
    expect(await world.ask('trackChecklist', { ...page, tracked: true })).toMatchObject(refused);
    expect(await world.ask('syncChecklist', { ...page, preview: undefined })).toMatchObject(
      refused,
    );
    const { id, blocker } = given(await world.ask('previewSync', page));
    expect(blocker?.code).toBe('wrong-user');
    const confirmed = { checklist, pageUser: 'ann', preview: id };
    expect(await world.ask('syncChecklist', confirmed)).toMatchObject(refused);
    expect(text()).toBe(body);
    await stored().preferences.setValue({ ...FAST, allowOtherUser: true });
    given(await world.ask('syncChecklist', { ...page, preview: undefined }));
    expect(text()).toContain('- [x] Item 0');
  });

  it('answers the page only about what its tab shows, and polls for our own pages only', async () => {
    await world.signIn();
    const { checklist } = plan();
    const other = plan().checklist;
    const refused = { ok: false, failure: { code: 'stale-page' } };
    world.github.clearRequests();
    const about = { checklist, pageUser: 'ann' };
    const asked = [
      world.ask('previewSync', about, tabOf(other)),
      world.ask('syncChecklist', { ...about, preview: undefined }, tabOf(other)),
      world.ask('trackChecklist', { ...about, tracked: true }, tabOf(other)),
      world.ask('getSync', { checklist }, tabOf(other)),
      world.ask('dismissNewItems', { checklist }, tabOf(other)),
      world.ask('listTexts', { checklist }, tabOf(other)),
      world.ask('getText', { checklist, id: 1 }, tabOf(other)),
      world.ask('restoreText', { ...about, id: 1, now: '' }, tabOf(other)),
      world.ask('pollNow', {}, tabOf(checklist)),
    ];
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject(refused);
    expect(world.github.requests).toEqual([]);
    given(await world.ask('trackChecklist', { ...about, tracked: true }, OWN_PAGE));
  });

  it('writes what was previewed, and leaves what only changed later', async () => {
    await world.signIn();
    const { checklist, text, close } = plan(3);
    close(0);
    const preview = given(await world.ask('previewSync', { checklist, pageUser: 'ann' }));
    expect(preview.blocker).toBeUndefined();
    expect(preview.rulesFrom).toBe('browser');
    expect(preview.plan.rows.map(({ label }) => label)).toHaveLength(1);
    close(1);
    const confirm = { checklist, pageUser: 'ann', preview: preview.id };
    expect(given(await world.ask('syncChecklist', confirm))).toMatchObject({ updated: 1, left: 0 });
    expect(text()).toContain('- [x] Item 0');
    expect(text()).toContain('- [ ] Item 1');
    const rest = { checklist, pageUser: 'ann', preview: undefined };
    expect(given(await world.ask('syncChecklist', rest))).toMatchObject({ updated: 1 });
    expect(text()).toContain('- [x] Item 1');
    expect(await viewOf(checklist)).toMatchObject({ tracked: false });
  });

  it('refuses a preview that is not its latest, one of another checklist, and one of another user', async () => {
    await world.signIn();
    const { checklist } = plan();
    const other = plan().checklist;
    const preview = async () =>
      given(await world.ask('previewSync', { checklist, pageUser: 'ann' })).id;
    const old = await preview();
    const fresh = await preview();
    const confirm = (about: ChecklistRef, id: string) =>
      world.ask('syncChecklist', { checklist: about, pageUser: undefined, preview: id });
    const stale = { failure: { code: 'stale-plan' } };
    expect(await confirm(checklist, old)).toMatchObject(stale);
    expect(await confirm(other, fresh)).toMatchObject(stale);
    await world.signIn(world.github.addUser('nora').token, 'nora');
    expect(await confirm(checklist, fresh)).toMatchObject(stale);
  });

  it('asks for an account before anything is previewed or kept up to date', async () => {
    const { checklist } = plan();
    const signedOut = { failure: { code: 'signed-out' } };
    const about = { checklist, pageUser: undefined };
    expect(await world.ask('previewSync', about)).toMatchObject(signedOut);
    expect(await world.ask('trackChecklist', { ...about, tracked: true })).toMatchObject(signedOut);
    const view = await viewOf(checklist);
    expect([view.tracked, view.login]).toEqual([false, undefined]);
  });

  it('counts what needs the user on the toolbar, over all checklists', async () => {
    await world.signIn();
    const one = plan();
    const two = plan();
    await track(one.checklist);
    await track(two.checklist);
    expect(await badge()).toBe('');
    for (const { name, checklist, text } of [one, two]) {
      // A number that GitHub does not show: only the user can tell what was meant.
      const body = text().replace(/- \[ \] Item 0 \(closes #\d+\)/, '- [ ] Item 0 (closes #9999)');
      world.github.editIssue(name, issueOfChecklist(checklist).number, { body }, 'ann');
    }
    await pollNow();
    await patiently(async () => expect(await badge()).toBe('2'));
    expect(await fakeBrowser.action.getTitle({})).toBe('Masterlist: 2 items need attention');
    // A new worker shows the same from what is stored.
    await fakeBrowser.action.setBadgeText({ text: '' });
    await startWorker();
    await patiently(async () => expect(await badge()).toBe('2'));
    given(
      await world.ask('trackChecklist', {
        checklist: two.checklist,
        tracked: false,
        pageUser: 'ann',
      }),
    );
    expect(await badge()).toBe('1');
  });

  it('tells of new items until the user has seen them', async () => {
    await world.signIn();
    const { name, checklist, text } = plan();
    await track(checklist);
    const add = (line: string) =>
      world.github.editIssue(
        name,
        issueOfChecklist(checklist).number,
        { body: `${text()}${line}` },
        'ann',
      );
    add('- [ ] New one\r\n- [ ] New two\r\n');
    await pollNow();
    expect((await viewOf(checklist)).newItems).toBe(2);
    expect(given(await world.ask('dismissNewItems', { checklist })).newItems).toBe(0);
    add('- [ ] New three\r\n');
    await pollNow();
    expect((await viewOf(checklist)).newItems).toBe(1);
    expect(world.github.issues(name).map(({ title }) => title)).not.toContain('New three');
  });

  it('keeps the text before each write, shows how it differs, and puts it back', async () => {
    await world.signIn();
    const { name, checklist, body, text, close } = plan();
    close(0);
    given(await world.ask('syncChecklist', { checklist, pageUser: 'ann', preview: undefined }));
    const [saved, ...others] = given(await world.ask('listTexts', { checklist }));
    expect(saved).toMatchObject({
      login: 'ann',
      cause: { by: 'click', what: 'sync' },
      length: body.length,
    });
    expect(others).toEqual([]);
    const id = saved?.id ?? 0;
    const difference = given(await world.ask('getText', { checklist, id }));
    expect(difference.text).toBe(body);
    expect(difference.lines.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'goes', text: expect.stringContaining('- [x] Item 0') },
      { kind: 'comes-back', text: expect.stringContaining('- [ ] Item 0') },
    ]);
    const restore = { checklist, id, now: difference.now, pageUser: 'ann' };
    expect(await world.ask('restoreText', { ...restore, pageUser: 'bob' })).toMatchObject({
      failure: { code: 'wrong-user' },
    });
    const edited = `${text()}A word.\r\n`;
    world.github.editIssue(name, issueOfChecklist(checklist).number, { body: edited }, 'ann');
    expect(await world.ask('restoreText', restore)).toMatchObject({
      failure: { code: 'text-changed' },
    });
    expect(text()).toBe(edited);
    const { now } = given(await world.ask('getText', { checklist, id }));
    given(await world.ask('restoreText', { ...restore, now }));
    expect(text()).toBe(body);
    const texts = given(await world.ask('listTexts', { checklist }));
    expect(texts.map(({ cause }) => cause.what)).toEqual(['restore', 'sync']);
    const expired = { failure: { code: 'text-expired' } };
    expect(await world.ask('getText', { checklist, id: 99_999 })).toMatchObject(expired);
    const foreign = plan().checklist;
    expect(await world.ask('getText', { checklist: foreign, id })).toMatchObject(expired);
  });

  it('generates by the rules of the repository, and not at all by rules that nobody can read', async () => {
    await world.signIn();
    const { name, checklist } = plan(0);
    const query = { checklist, pageUser: 'ann', options: {} };
    world.github.putFile(name, '.github/masterlist.yml', 'version: 1\nlink: bare\n');
    const { run } = given(await world.ask('previewGeneration', query));
    world.github.putFile(name, '.github/masterlist.yml', 'link: loudly\n');
    const { blockers } = given(await world.ask('previewGeneration', query));
    expect(blockers.map(({ code }) => code)).toEqual(['rules-invalid']);
    world.github.putFile(name, '.github/masterlist.yml', 'version: 1\nlink: closes\n');
    const again = given(await world.ask('previewGeneration', query));
    expect(again.run).not.toBe(run);
    given(
      await world.ask('generateIssues', { checklist, run: again.run, choices: [], only: 'all' }),
    );
    await patiently(() =>
      expect(world.github.issue(name, issueOfChecklist(checklist).number).body).toMatch(
        /Not yet made \(closes #\d+\)\r\n/,
      ),
    );
    world.github.assertConforming();
  });

  it('generates without the rules of a repository whose files the token may not read', async () => {
    const { token } = world.github.addUser('fiona', { token: 'github_pat_fiona' });
    world.github.restrictToken(token, { permissions: { issues: 'write', contents: 'none' } });
    await world.signIn(token, 'fiona');
    world.github.addRepo('fiona/secret', { private: true });
    world.github.putFile('fiona/secret', '.github/masterlist.yml', 'link: loudly\n');
    const body = '- [ ] One\n';
    const number = world.github.addIssue('fiona/secret', { title: 'Plan', body, author: 'fiona' });
    const checklist = { repo: { host: 'github.com', owner: 'fiona', name: 'secret' }, number };
    const query = { checklist: issueChecklist(checklist), pageUser: 'fiona', options: {} };
    const { blockers, rows } = given(await world.ask('previewGeneration', query));
    expect([blockers, rows.length]).toEqual([[], 1]);
  });

  it('logs every write with its cause and its items, and no secret', async () => {
    await world.signIn();
    const { checklist, issues, close, text } = plan();
    await track(checklist);
    close(0);
    await pollNow();
    await patiently(() => expect(text()).toContain('- [x] Item 0'));
    const events = await listAllEvents(connect());
    const writes = events.filter((event) => event.kind === 'write-master');
    expect(writes).toMatchObject([
      {
        cause: { by: 'background', what: 'sync' },
        login: 'ann',
        checklistKey: checklistKey(checklist),
      },
    ]);
    expect(writes[0]?.rows).toMatchObject([{ what: 'tick', issue: { number: issues[0] } }]);
    const local = JSON.stringify(await fakeBrowser.storage.local.get(null));
    for (const seen of [JSON.stringify(events), local, ...world.messages]) {
      expect(seen).not.toContain('CANARY');
    }
  });

  /** Checks that follow each other at once are not left out. */
  function checkOften() {
    return stored().preferences.setValue({ ...FAST, pollMinutes: 0.001 });
  }

  async function pollNow() {
    given(await world.ask('pollNow', {}, OWN_PAGE));
  }
});
