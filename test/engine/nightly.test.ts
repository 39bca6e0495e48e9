import { describe, expect, it } from 'vitest';
import { failure } from '../../lib/core/failures.ts';
import { entryName } from '../../lib/core/identity/identity-map.ts';
import { reconcileByItself } from '../../lib/engine/reconcile-by-itself.ts';
import {
  kindsOf,
  look,
  OTHER,
  queryOf,
  type ReconcileSetup,
  setUpReconcile,
} from './reconcile-setup.ts';
import { KEY, MASTER } from './sync-world.ts';

const TEXT = [
  '- [ ] Parse all dates (closes #101)',
  '- [ ] Print all dates (closes #102)\t',
  '- [ ] Compare all dates (closes #103)',
  '',
  'Some prose.',
].join('\r\n');

const night = async ({ browser }: ReconcileSetup) => {
  const done = await reconcileByItself(browser.sync(), queryOf(), undefined);
  if (!done.ok) throw new Error(done.failure.message);
  return done.value;
};

/** The checklist after the first issue was transferred, the second closed, and the third ticked by hand. */
function drifted() {
  const setup = setUpReconcile(TEXT);
  const { fake, people, clock } = setup;
  const to = fake.transfer(101, OTHER);
  if (to === undefined) throw new Error('not transferred');
  fake.close(102);
  people.tick(2);
  clock.advance(600_000);
  return { ...setup, to, from: { repo: MASTER.repo, number: 101 } };
}

const RESOLVED = TEXT.replace('#101', `octo/other#104`)
  .replace('[ ] Print', '[x] Print')
  .replace('[ ] Compare', '[x] Compare');

describe('a nightly run', () => {
  it('writes what is safe, changes no other byte, and counts what is left', async () => {
    const setup = drifted();
    expect(setup.to.number).toBe(104);
    const { record, updated } = await night(setup);
    expect(setup.fake.text()).toBe(RESOLVED);
    expect(updated).toBe(2);
    expect(record).toEqual({
      key: KEY,
      checkedAt: setup.clock.now(),
      nightlyAt: setup.clock.now(),
      left: 1,
      kinds: { 'ticked-open': 1 },
      failure: undefined,
    });
    expect(await setup.browser.unverified()).toBe(0);
  });

  it('does nothing to any issue', async () => {
    const setup = drifted();
    const before = JSON.stringify(setup.fake.list());
    await night(setup);
    expect(JSON.stringify(setup.fake.list())).toBe(before);
  });

  it('writes nothing a second time', async () => {
    const setup = drifted();
    await night(setup);
    const writes = setup.fake.requests.updateMaster;
    setup.clock.advance(600_000);
    expect(await night(setup)).toMatchObject({ updated: 0, record: { left: 1 } });
    expect(setup.fake.requests.updateMaster).toBe(writes);
    expect(setup.fake.text()).toBe(RESOLVED);
  });

  it('follows a transferred link once: what somebody put back stays, and is asked about', async () => {
    const setup = drifted();
    await night(setup);
    setup.people.relink(0, setup.to, setup.from);
    const back = setup.fake.text();
    setup.clock.advance(600_000);
    const { record } = await night(setup);
    expect(setup.fake.text()).toBe(back);
    expect(record.kinds).toEqual({ 'issue-moved': 1, 'ticked-open': 1 });
  });

  it('still tells of an item whose link it just followed', async () => {
    const setup = drifted();
    setup.people.tick(0);
    setup.clock.advance(600_000);
    expect((await night(setup)).record.kinds).toEqual({ 'ticked-open': 2 });
    expect(kindsOf(await look(setup.browser))).toEqual(['ticked-open', 'ticked-open']);
  });

  it('logs what it wrote, per item, with how to take it back', async () => {
    const setup = drifted();
    await night(setup);
    const events = (await setup.browser.events()).filter(({ kind }) => kind === 'write-master');
    expect(events.map(({ cause }) => cause)).toEqual([
      { by: 'night', what: 'sync' },
      { by: 'night', what: 'resolve' },
    ]);
    expect(events[1]).toMatchObject({
      rows: [{ what: 'relink', issue: setup.to, text: 'Parse all dates (closes #101)' }],
      inverse: [{ kind: 'relink', from: setup.to, to: setup.from }],
    });
  });

  it('follows links of the hidden block too', async () => {
    const setup = setUpReconcile(TEXT);
    const { fake, people, browser, clock } = setup;
    const [match] = (await look(browser)).plan.matches;
    people.strip(0);
    fake.edit((text) => `${text}\r\n\r\n<!-- masterlist:map ${match?.item.key}=101 -->`);
    fake.transfer(101, OTHER);
    clock.advance(600_000);
    const done = await reconcileByItself(browser.sync(), queryOf({ identity: 'block' }), undefined);
    expect(done).toMatchObject({ ok: true, value: { updated: 1, record: { left: 0 } } });
    expect(fake.text()).toContain(`${match && entryName(match.item)}=octo/other#104`);
    const last = (await browser.events()).findLast((event) => event.kind === 'write-master');
    expect(last?.rows).toMatchObject([{ what: 'relink', item: match?.item.key }]);
  });

  it('leaves a link that somebody changed between its look and its write', async () => {
    const setup = drifted();
    let reads = 0;
    setup.fake.before = (name) => {
      if (name !== 'readMaster' || ++reads !== 3) return undefined;
      setup.fake.edit((text) => text.replace('#101', '#103'));
      return undefined;
    };
    const { updated } = await night(setup);
    expect(setup.fake.text()).toContain('Parse all dates (closes #103)');
    expect(updated).toBe(1);
  });

  it('has to be tried again while a job is open, the editor is, or the text was just written', async () => {
    const editor = drifted();
    editor.browser.editorOpen = true;
    const run = ({ browser }: ReconcileSetup) =>
      reconcileByItself(browser.sync(), queryOf(), undefined);
    expect(await run(editor)).toMatchObject({ ok: false, failure: { code: 'editor-open' } });
    const gap = drifted();
    await night(gap);
    gap.clock.advance(10_000);
    gap.fake.close(103);
    gap.people.untick(2);
    gap.clock.advance(10_000);
    gap.fake.reopen(103);
    gap.fake.close(103);
    expect(await run(gap)).toMatchObject({
      ok: false,
      failure: { code: 'written-just-now', retryAt: expect.any(Number) },
    });
  });

  it('of rules that cannot be used writes nothing, and keeps what was known', async () => {
    const setup = drifted();
    setup.fake.rulesFile = { kind: 'text', text: 'notPlanned: [' };
    const before = { key: KEY, checkedAt: 1, nightlyAt: 1, failure: undefined } as const;
    const done = await reconcileByItself(setup.browser.sync(), queryOf(), {
      ...before,
      left: 4,
      kinds: { orphan: 4 },
    });
    expect(done).toMatchObject({
      ok: true,
      value: {
        updated: 0,
        record: { left: 4, kinds: { orphan: 4 }, failure: { code: 'rules-invalid' } },
      },
    });
    expect(setup.fake.requests.updateMaster).toBeUndefined();
  });

  it('that never came to look at the text has not looked', async () => {
    const setup = drifted();
    setup.fake.rulesFile = { kind: 'text', text: 'notPlanned: [' };
    const { record } = await night(setup);
    expect(record).toMatchObject({ failure: { code: 'rules-invalid' } });
    expect(record.checkedAt).toBeUndefined();
    expect(record.nightlyAt).toEqual(expect.any(Number));
  });

  it('of a locked checklist counts all that it would resolve', async () => {
    const setup = drifted();
    setup.fake.locked = true;
    const { record } = await night(setup);
    expect(record).toMatchObject({ left: 3, failure: undefined });
    expect(setup.fake.requests.updateMaster).toBeUndefined();
  });

  it('fails where GitHub does, without asking more', async () => {
    const setup = drifted();
    setup.fake.before = () => failure('rate-limited');
    const done = await reconcileByItself(setup.browser.sync(), queryOf(), undefined);
    expect(done).toMatchObject({ ok: false, failure: { code: 'rate-limited' } });
    expect(setup.fake.requests).toEqual({ readSyncMaster: 1 });
  });
});
