import { describe, expect, it } from 'vitest';
import { newChange } from '../../lib/core/engine/new-change.ts';
import { failure } from '../../lib/core/failures.ts';
import type { GitHub } from '../../lib/core/github.ts';
import { withText } from '../../lib/engine/checklist-text.ts';
import { previewSync, syncChecklist } from '../../lib/engine/sync-checklist.ts';
import type { SyncRequest } from '../../lib/engine/sync-run.ts';
import { writeChecklist } from '../../lib/engine/write-checklist.ts';
import { createFakeClock } from './fake-clock.ts';
import { createAssassin, KillSignal } from './kill.ts';
import { createSyncFake, failOnce, type SyncFake } from './sync-fake.ts';
import { type Browser, type BrowserOptions, createBrowser, KEY, MASTER } from './sync-world.ts';

const TEXT = [
  '# Release',
  '',
  '- [ ] Parse dates (closes #101)',
  '- [ ] Print dates (closes #102)\t',
  '- [ ] Compare dates (closes #103)',
  '- [ ] Think about dates',
  '',
  'Some prose.',
].join('\r\n');

describe('a sync by click', () => {
  it('ticks what was closed, adds the merged pull request, and changes no other byte', async () => {
    const { fake, browser } = setUp();
    fake.merge(201);
    expect(await click(browser)).toMatchObject({
      ok: true,
      value: { updated: 1, left: 0, notice: undefined },
    });
    expect(fake.text()).toBe(
      TEXT.replace('[ ] Parse dates (closes #101)', '[x] Parse dates (closes #101) (#201)'),
    );
  });

  it('logs each item with its cause, the text before and how to take it back', async () => {
    const { fake, browser } = setUp();
    fake.merge(201);
    await click(browser);
    const [event, ...more] = (await browser.events()).filter(({ kind }) => kind === 'write-master');
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      cause: { by: 'click', what: 'sync' },
      login: 'ada',
      before: TEXT,
      inverse: [{ kind: 'untick' }, { kind: 'remove-pull-requests' }],
      rows: [
        { what: 'tick', text: expect.stringContaining('Parse dates'), issue: { number: 101 } },
        { what: 'add-pulls', issue: { number: 101 }, pulls: [{ number: 201 }] },
      ],
    });
  });

  it('writes nothing, and reads once, when nothing is to be written', async () => {
    const { fake, browser } = setUp();
    expect(await click(browser)).toMatchObject({ ok: true, value: { updated: 0, left: 0 } });
    expect(fake.requests).toEqual({ readSyncMaster: 1, readFollowed: 1 });
  });

  it('writes only what was previewed, and says how many items changed in the meantime', async () => {
    const { fake, browser } = setUp();
    fake.close(101);
    fake.close(102);
    const preview = await previewSync(browser.sync(), { checklist: MASTER, identity: 'links' });
    if (!preview.ok) throw new Error('no preview');
    expect(preview.value.plan.rows).toHaveLength(2);
    expect(fake.requests.updateMaster).toBeUndefined();
    fake.close(103);
    fake.edit((text) => text.replace('[ ] Parse', '[x] Parse'));
    const answer = await click(browser, { approved: preview.value.plan });
    expect(answer).toMatchObject({ ok: true, value: { updated: 1, left: 1 } });
    expect(fake.text()).toContain('[x] Print dates');
    expect(fake.text()).toContain('[ ] Compare dates');
  });

  it('is planned anew on the text as it is when it is written', async () => {
    const { fake, browser } = setUp();
    fake.close(101);
    fake.close(102);
    beforeRequest(fake, 'readMaster', () =>
      fake.edit((text) => text.replace('- [ ] Print dates (closes #102)\t\r\n', '')),
    );
    expect(await click(browser)).toMatchObject({ ok: true, value: { updated: 1, left: 1 } });
    expect(fake.text()).not.toContain('Print');
    expect(fake.text()).toContain('[x] Parse');
  });

  it('puts back what somebody wrote between read and write, and looks at all again', async () => {
    const { fake, browser } = setUp();
    fake.close(101);
    beforeRequest(fake, 'updateMaster', () =>
      fake.edit((text) => text.replace('prose', 'fine prose').replace('Print', 'Show')),
    );
    expect(await click(browser)).toMatchObject({ ok: true, value: { updated: 1 } });
    const expected = TEXT.replace('prose', 'fine prose').replace('Print', 'Show');
    expect(fake.text()).toBe(expected.replace('[ ] Parse', '[x] Parse'));
    expect(await browser.unverified()).toBe(0);
    expect(browser.record()?.pending).toBe('all');
  });

  it('does not tick again what somebody took back', async () => {
    const { fake, browser } = setUp();
    fake.close(101);
    await click(browser);
    fake.edit((text) => text.replace('[x] Parse', '[ ] Parse'));
    expect(await click(browser)).toMatchObject({ ok: true, value: { updated: 0 } });
    expect(fake.text()).toBe(TEXT);
    expect(browser.record()?.rows).toMatchObject([{ remarks: [{ kind: 'tick-taken-back' }] }]);
  });

  it('reads the rest of a long history before it writes what may have been taken back there', async () => {
    const { fake, browser } = setUp();
    fake.close(101);
    await click(browser);
    fake.edit((text) => text.replace('[x] Parse', '[ ] Parse'));
    for (let edit = 0; edit < 20; edit++) fake.edit((text) => `${text}.`);
    browser.records.clear();
    expect(await click(browser)).toMatchObject({ ok: true, value: { updated: 0 } });
    expect(fake.requests.readVersions).toBe(1);
    expect(fake.text()).toContain('[ ] Parse');
  });

  it('reads the rest of a long history once for the same text and events, and tells what it showed', async () => {
    const { fake, clock, browser } = setUp();
    fake.close(101);
    await click(browser);
    fake.edit((text) => text.replace('[x] Parse', '[ ] Parse'));
    for (let edit = 0; edit < 20; edit++) fake.edit((text) => `${text}.`);
    await click(browser);
    clock.advance(60_000);
    fake.close(102);
    await click(browser);
    expect(fake.requests.readVersions).toBe(1);
    expect(fake.text()).toContain('[ ] Parse');
    expect(fake.text()).toContain('[x] Print');
    const taken = [{ remarks: [{ kind: 'tick-taken-back' }], changes: [] }];
    expect(browser.record()?.rows).toMatchObject(taken);
    await click(browser);
    expect(browser.record()?.rows).toMatchObject(taken);
    expect(fake.requests.readVersions).toBe(1);
    fake.edit((text) => `${text}.`);
    await click(browser);
    await click(browser);
    expect(browser.record()?.rows).toMatchObject(taken);
    expect(fake.requests.readVersions).toBe(2);
    clock.advance(60_000);
    fake.reopen(101);
    fake.close(101);
    await click(browser);
    expect(fake.requests.readVersions).toBe(2);
    expect(fake.text()).toContain('[x] Parse');
  });

  it('unticks what was reopened after the last edit, and leaves a tick by hand', async () => {
    const { fake, clock, browser } = setUp();
    fake.close(101);
    await click(browser);
    fake.edit((text) => text.replace('[ ] Print', '[x] Print'));
    clock.advance(60_000);
    fake.reopen(101);
    expect(await click(browser)).toMatchObject({ ok: true, value: { updated: 1 } });
    expect(fake.text()).toBe(TEXT.replace('[ ] Print', '[x] Print'));
    expect(browser.record()?.rows).toMatchObject([{ remarks: [{ kind: 'ticked-open' }] }]);
  });

  it('goes by the rules file, and writes nothing while it has mistakes', async () => {
    const { fake, browser } = setUp();
    fake.merge(201);
    fake.rulesFile = { kind: 'text', text: 'sync:\n  - nonsense: [' };
    expect(await click(browser)).toMatchObject({ ok: false, failure: { code: 'rules-invalid' } });
    expect(browser.record()).toMatchObject({
      failure: { code: 'rules-invalid' },
      rulesFrom: 'file',
      pending: 'all',
    });
    expect(browser.record()?.ruleMistakes.length).toBeGreaterThan(0);
    expect(fake.text()).toBe(TEXT);
    expect(fake.requests).toEqual({ readSyncMaster: 1 });
  });

  it.each([
    ['cannot-edit-master', { viewerCanUpdate: false }],
    ['archived', { archived: true }],
  ] as const)('writes nothing and says %s', async (code, state) => {
    const { fake, browser } = setUp();
    fake.close(101);
    Object.assign(fake, state);
    expect(await click(browser)).toMatchObject({ ok: false, failure: { code } });
    expect(fake.text()).toBe(TEXT);
    expect(browser.record()?.failure?.code).toBe(code);
    const preview = await previewSync(browser.sync(), { checklist: MASTER, identity: 'links' });
    expect(preview).toMatchObject({ ok: true, value: { blocker: { code } } });
  });

  it('says so when GitHub did not confirm the write, and finds out at the next poll', async () => {
    const { fake, clock, browser } = setUp();
    fake.close(101);
    failOnce(fake, 'updateMaster', failure('unknown-outcome'));
    expect(await click(browser)).toMatchObject({
      ok: false,
      failure: { code: 'write-unconfirmed' },
    });
    clock.advance(180_000);
    await browser.poll();
    expect(fake.text()).toContain('[x] Parse');
    expect(await browser.unverified()).toBe(0);
    expect(browser.record()).toMatchObject({ failure: undefined, pending: undefined });
  });

  it('keeps what is to be done over any failure of a read', async () => {
    const { fake, browser } = setUp();
    failOnce(fake, 'readFollowed');
    expect(await click(browser)).toMatchObject({ ok: false, failure: { code: 'server-error' } });
    expect(browser.record()).toMatchObject({ pending: 'all', failures: 1 });
    expect(await click(browser)).toMatchObject({ ok: true });
    expect(browser.record()).toMatchObject({ pending: undefined, failures: 0, failure: undefined });
  });
});

describe('a sync in the background', () => {
  it('waits while the editor is open, without reading again and again', async () => {
    const { fake, browser } = setUp();
    fake.close(101);
    browser.editorOpen = true;
    expect(await inBackground(browser)).toMatchObject({
      ok: true,
      value: { updated: 0, left: 1, record: { waiting: 'editor', pending: 'all' } },
    });
    const { ...asked } = fake.requests;
    await inBackground(browser);
    expect(fake.requests).toEqual(asked);
    browser.editorOpen = false;
    expect(await inBackground(browser)).toMatchObject({
      ok: true,
      value: { updated: 1, record: { waiting: undefined, pending: undefined } },
    });
  });

  it('waits while a run is open, without asking GitHub anything', async () => {
    const { fake, browser } = setUp();
    fake.close(101);
    const { store } = browser.sync();
    await store.openJob(openRun(), 0);
    expect(await inBackground(browser)).toMatchObject({
      ok: true,
      value: { updated: 0, record: { waiting: 'job', pending: 'all' } },
    });
    expect(fake.requests).toEqual({});
    await store.save('RUN', { header: { ...openRun().header, endedAt: 1 } });
    expect(await inBackground(browser)).toMatchObject({
      ok: true,
      value: { updated: 1, record: { waiting: undefined, pending: undefined } },
    });
  });

  it('waits two minutes between two writes, whatever the clock does', async () => {
    const { fake, clock, browser } = setUp();
    fake.close(101);
    await inBackground(browser);
    fake.close(102);
    expect(await inBackground(browser)).toMatchObject({
      ok: true,
      value: { updated: 0, record: { waiting: 'gap' } },
    });
    expect(browser.record()?.rows).toMatchObject([{ changes: [{ kind: 'tick' }] }]);
    const { notBefore = 0, wroteAt = 0 } = browser.record() ?? {};
    expect(notBefore - wroteAt).toBe(120_000);
    clock.advance(120_000);
    expect(await inBackground(browser)).toMatchObject({ ok: true, value: { updated: 1 } });
  });

  it('reads only the items that are concerned, and keeps what it knows of the others', async () => {
    const { fake, browser } = setUp();
    fake.edit((text) => text.replace('[ ] Print', '[x] Print'));
    await inBackground(browser);
    expect(browser.record()?.rows).toMatchObject([{ index: 1 }]);
    fake.close(101, 'not-planned');
    const asked: number[] = [];
    const ports = browser.sync();
    const ask = ports.github.readFollowed;
    const readFollowed: GitHub['readFollowed'] = (issues, how) => {
      asked.push(...issues.map(({ number }) => number));
      return ask(issues, how);
    };
    const github = { ...ports.github, readFollowed };
    await syncChecklist({ ...ports, github }, request({ read: [`${MASTER_REPO}#101`] }));
    expect(asked).toEqual([101]);
    expect(browser.record()?.rows).toMatchObject([
      { index: 0, remarks: [{ kind: 'not-planned' }] },
      { index: 1, remarks: [{ kind: 'ticked-open' }] },
    ]);
  });

  it('logs a remark when it is new and no more', async () => {
    const { fake, browser } = setUp();
    await inBackground(browser);
    fake.close(101, 'not-planned');
    for (let time = 0; time < 3; time++) await inBackground(browser);
    fake.reopen(101);
    await inBackground(browser);
    const events = (await browser.events()).filter(({ kind }) => kind === 'remark');
    expect(events).toMatchObject([
      {
        kind: 'remark',
        cause: { by: 'background', what: 'sync' },
        rows: [{ what: 'not-planned' }],
      },
      { kind: 'remark', rows: [] },
    ]);
  });

  it('counts items that appeared since, once they are there', async () => {
    const { fake, browser } = setUp();
    await inBackground(browser);
    expect(browser.record()?.newItems).toBe(0);
    fake.edit((text) =>
      text.replace('Some prose', '- [ ] New one\r\n- [ ] New two\r\n\r\nSome prose'),
    );
    fake.edit((text) => text.replace(' (closes #103)', ''));
    await inBackground(browser);
    expect(browser.record()?.newItems).toBe(2);
  });

  it('finishes after its worker died over the write, with an edit in between', async () => {
    const killer = createAssassin('patched-no-response', 0);
    const { fake, clock, browser } = setUp({ killer });
    fake.close(101);
    beforeRequest(fake, 'updateMaster', () =>
      fake.edit((text) => text.replace('prose', 'fine prose')),
    );
    await expect(browser.poll()).rejects.toBeInstanceOf(KillSignal);
    expect(fake.text()).not.toContain('fine prose');
    clock.advance(120_000);
    await browser.poll();
    const expected = TEXT.replace('prose', 'fine prose').replace('[ ] Parse', '[x] Parse');
    expect(fake.text()).toBe(expected);
    expect(await browser.unverified()).toBe(0);
  });
});

describe('an earlier text that is put back', () => {
  it('is written whole, logged with the text before it, and not over what changed meanwhile', async () => {
    const { fake, browser } = setUp();
    fake.edit((text) => `${text}\r\nMore.`);
    const restore = (from: string) =>
      writeChecklist(withText(browser.sync()), {
        checklist: MASTER,
        placeholder: '',
        job: '',
        run: 'R',
        login: 'ada',
        cause: { by: 'click', what: 'restore' },
        decide: () => [],
        replace: ({ text }) => (text === from ? TEXT : undefined),
      });
    expect(await restore('something else')).toMatchObject({ ok: true, value: { wrote: false } });
    beforeRequest(fake, 'updateMaster', () => fake.edit((text) => `Hello.\r\n${text}`));
    expect(await restore(fake.text())).toMatchObject({ ok: true, value: { wrote: true } });
    await click(browser);
    expect(fake.text()).toBe(TEXT);
    await browser.poll();
    const events = (await browser.events()).filter(({ kind }) => kind === 'write-master');
    expect(events).toMatchObject([
      { cause: { by: 'click', what: 'restore' }, before: `${TEXT}\r\nMore.` },
      { cause: { by: 'background', what: 'verify' }, before: TEXT },
    ]);
    expect(fake.text()).toBe(`Hello.\r\n${TEXT}`);
  });
});

describe('requests', () => {
  it('for 500 items of which 50 were closed: one GraphQL, two reads, one write, one look', async () => {
    const { fake, clock, browser } = setUp({ text: longText(500) });
    for (let number = 1_001; number <= 1_500; number++) fake.addIssue(number);
    clock.advance(3_600_000);
    await browser.poll();
    expect(fake.requests).toEqual({ listChanges: 1, readSyncMaster: 1, readFollowed: 5 });
    for (let number = 1_001; number <= 1_050; number++) fake.close(number);
    clearRequests(fake);
    clock.advance(120_000);
    await browser.poll();
    expect(fake.text().match(/\[x\]/g)).toHaveLength(50);
    expect(fake.requests).toEqual({
      listChanges: 1,
      readSyncMaster: 1,
      readFollowed: 1,
      readMaster: 2,
      updateMaster: 1,
    });
  });
});

const MASTER_REPO = KEY.slice(0, KEY.indexOf('#'));

function setUp(options: Partial<BrowserOptions> & { readonly text?: string } = {}) {
  const clock = createFakeClock();
  const fake = createSyncFake({ clock, master: MASTER, text: options.text ?? TEXT });
  for (const number of [101, 102, 103]) fake.addIssue(number);
  fake.addPull(201, 'Closes #101');
  clock.advance(60_000);
  return { clock, fake, browser: createBrowser({ clock, fake, ...options }) };
}

function request(change: Partial<SyncRequest> = {}): SyncRequest {
  return {
    checklist: MASTER,
    identity: 'links',
    read: 'all',
    cause: { by: 'background', what: 'sync' },
    background: true,
    ...change,
  };
}

function click(browser: Browser, change: Partial<SyncRequest> = {}) {
  return syncChecklist(
    browser.sync(),
    request({ cause: { by: 'click', what: 'sync' }, background: false, ...change }),
  );
}

function inBackground(browser: Browser) {
  return syncChecklist(browser.sync(), request());
}

function openRun() {
  const options = { linkStyle: 'closes', placeholder: '', identity: 'links' } as const;
  const account = { login: 'ada', endedRuns: [], careful: false };
  const change = {
    id: 'RUN',
    checklist: MASTER,
    cause: 'resolve',
    rows: [],
    creates: [],
  } as const;
  return newChange({ ...change, ...options }, account, 0);
}

function beforeRequest(fake: SyncFake, name: string, act: () => void): void {
  fake.before = (request) => {
    if (request !== name) return undefined;
    fake.before = () => undefined;
    act();
    return undefined;
  };
}

function clearRequests(fake: SyncFake): void {
  for (const name of Object.keys(fake.requests)) delete fake.requests[name];
}

function longText(count: number): string {
  return Array.from({ length: count }, (_, at) => `- [ ] Item ${at} (closes #${1_001 + at})`).join(
    '\r\n',
  );
}
