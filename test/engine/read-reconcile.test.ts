import { describe, expect, it } from 'vitest';
import { failure } from '../../lib/core/failures.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { readReconcile } from '../../lib/engine/read-reconcile.ts';
import { previewSync } from '../../lib/engine/sync-checklist.ts';
import type { ReconcilePorts } from '../../lib/ports.ts';
import { kindsOf, look, madeFor, OTHER, queryOf, setUpReconcile } from './reconcile-setup.ts';
import { failOnce } from './sync-fake.ts';
import { MASTER } from './sync-world.ts';

const TEXT = [
  '# Release',
  '',
  '- [ ] Parse all dates (closes #101)',
  '- [ ] Print all dates (closes #102)',
  '- [ ] Compare all dates (closes #103)',
  '- [ ] Think about dates',
  '',
  'Some prose.',
].join('\n');

const MANY = Array.from({ length: 500 }, (_, n) => `- [ ] Step ${n} (closes #${1_001 + n})`);

describe('a look for differences', () => {
  it('finds none where there are none, and asks as little as it can', async () => {
    const { browser, fake } = setUpReconcile(TEXT);
    const reading = await look(browser);
    expect(kindsOf(reading)).toEqual([]);
    expect(reading).toMatchObject({ blocker: undefined, looked: { issues: 3, complete: true } });
    expect(reading.marked).toBe(3);
    expect(fake.requests).toEqual({ readSyncMaster: 1, readFollowed: 1, sweepIssues: 1 });
    expect(fake.text()).toBe(TEXT);
  });

  it('of 500 items of which half are done takes 6 requests beside those of the sweep', async () => {
    const text = MANY.map((line, n) =>
      n % 2 === 0 ? `${line.replace('[ ]', '[x]')} (#${2_001 + n})` : line,
    ).join('\n');
    const { browser, fake, clock } = setUpReconcile(text);
    for (let n = 0; n < 500; n += 2) {
      fake.addPull(2_001 + n, `Closes #${1_001 + n}`);
      fake.merge(2_001 + n);
    }
    clock.advance(60_000);
    const reading = await look(browser);
    expect(kindsOf(reading)).toEqual([]);
    expect(fake.requests).toEqual({ readSyncMaster: 1, readFollowed: 5, sweepIssues: 8 });
  });

  it('reads the issue templates, which a sync does not', async () => {
    const ports = setUpReconcile(TEXT).browser.sync();
    const { readSyncMaster } = ports.github;
    const asked: boolean[] = [];
    const github: ReconcilePorts['github'] = {
      ...ports.github,
      readSyncMaster: (checklist, options) => {
        asked.push(options?.templates ?? false);
        return readSyncMaster(checklist, options);
      },
    };
    await readReconcile({ ...ports, github }, queryOf());
    await previewSync({ ...ports, github }, queryOf());
    expect(asked).toEqual([true, false]);
  });

  it('finds what people did on both sides', async () => {
    const { browser, fake, people, clock } = setUpReconcile(TEXT);
    people.tick(0);
    fake.retitle(102, 'Show the times');
    people.remove(2);
    clock.advance(60_000);
    expect(kindsOf(await look(browser))).toEqual(['ticked-open', 'issue-retitled', 'orphan']);
  });

  it('asks about numbers behind a link only where the issue does not prove them', async () => {
    const { browser, fake, people } = setUpReconcile(TEXT);
    fake.addPull(201, 'Closes #101');
    fake.addPull(202, 'Closes #103');
    fake.merge(201);
    people.append(0, '(#201, #202)');
    people.tick(0);
    const reading = await look(browser);
    expect(fake.requests.readPulls).toBe(1);
    expect(Object.keys(reading.facts.pulls)).toEqual(['github.com/octo/demo#202']);
    expect(reading.plan.differences).toMatchObject([
      { finding: { kind: 'pull-wrong', why: { kind: 'unmerged' } } },
    ]);
  });

  it('knows of a closer that was undone without asking again, and once it is taken out misses it no more', async () => {
    const { browser, fake, people } = setUpReconcile(TEXT);
    fake.addPull(201, 'Closes #101');
    fake.merge(201);
    people.append(0, '(#201)');
    people.tick(0);
    fake.revert(201);
    const reading = await look(browser);
    expect(reading.plan.differences).toMatchObject([
      { finding: { kind: 'work-reverted' } },
      { finding: { kind: 'pull-wrong', why: { kind: 'reverted', by: { number: 202 } } } },
    ]);
    expect(fake.requests.readPulls).toBeUndefined();
    fake.edit((text) => text.replace(' (#201)', ''));
    expect(kindsOf(await look(browser))).toEqual(['work-reverted']);
  });

  it('looks also where issues were made or moved to, each repository once', async () => {
    const { browser, fake, clock } = setUpReconcile(TEXT);
    const [, second] = parseChecklist(TEXT).items;
    if (second === undefined) throw new Error('no item');
    const double = fake.addIssue(150, madeFor(second));
    fake.transfer(double.number, OTHER);
    const moved = fake.transfer(101, OTHER);
    clock.advance(60_000);
    const reading = await look(browser, { targets: [{ ...MASTER.repo, name: 'DEMO' }] });
    expect(fake.requests.sweepIssues).toBe(2);
    expect(reading.plan.differences).toMatchObject([
      { finding: { kind: 'issue-moved', to: moved }, byItself: true },
      { finding: { kind: 'doubled', doubles: [{ ref: { repo: OTHER } }] } },
    ]);
  });

  it('goes on without a target repository that is hidden, and says that not all was looked at', async () => {
    const { browser, fake } = setUpReconcile(TEXT);
    let sweeps = 0;
    fake.before = (name) =>
      name === 'sweepIssues' && ++sweeps === 2 ? failure('not-found', { repo: 'x' }) : undefined;
    expect((await look(browser, { targets: [OTHER] })).looked.complete).toBe(false);
  });

  it.each(['readSyncMaster', 'readFollowed', 'sweepIssues'])(
    'fails when %s does',
    async (request) => {
      const { browser, fake } = setUpReconcile(TEXT);
      failOnce(fake, request, failure('offline'));
      const read = await readReconcile(browser.sync(), queryOf());
      expect(read).toMatchObject({ ok: false, failure: { code: 'offline' } });
    },
  );

  it('of a text or with rules that cannot be used says so, and asks nothing else', async () => {
    const { browser, fake } = setUpReconcile(`${'>'.repeat(200)} - [ ] deep`);
    const reading = await look(browser);
    expect(reading).toMatchObject({ blocker: { code: 'too-nested' }, plan: { differences: [] } });
    const invalid = setUpReconcile(TEXT);
    invalid.fake.rulesFile = { kind: 'text', text: 'notPlanned: [' };
    expect((await look(invalid.browser)).blocker?.code).toBe('rules-invalid');
    for (const { requests } of [fake, invalid.fake])
      expect(requests).toEqual({ readSyncMaster: 1 });
  });

  it('shows the differences of a locked checklist too, with what stands in the way', async () => {
    const { browser, fake, people } = setUpReconcile(TEXT);
    people.tick(0);
    fake.locked = true;
    const reading = await look(browser);
    expect(reading.blocker?.code).toBe('locked');
    expect(kindsOf(reading)).toEqual(['ticked-open', 'master-locked']);
  });

  it('keeps no text of issues, and none that could be nobody’s', async () => {
    const { browser, fake } = setUpReconcile(TEXT);
    for (let number = 300; number < 320; number++) fake.addIssue(number, { body: 'Long words' });
    fake.addIssue(330, { title: 'Think about dates' });
    const { facts, looked, plan } = await look(browser);
    expect(looked.issues).toBe(24);
    expect(facts.listed.issues.map(({ ref }) => ref.number)).toEqual([330, 103, 102, 101]);
    expect(facts.listed.issues.map(({ body }) => body.length < 200)).toEqual(Array(4).fill(true));
    expect(plan.differences).toMatchObject([{ finding: { kind: 'unlinked', by: 'title' } }]);
  });

  it('drafts titles as they would be made today', async () => {
    const { browser, fake } = setUpReconcile(TEXT);
    fake.retitle(101, 'Test: Parse all dates');
    expect(kindsOf(await look(browser))).toEqual([]);
    fake.retitle(101, 'Test: something else');
    const [found] = (await look(browser, { prefix: 'Test:' })).plan.differences;
    expect(found?.choices.map(({ choice }) => choice)).toContainEqual(
      expect.objectContaining({ kind: 'rename-item', text: 'something else' }),
    );
  });

  it('reads a long history before it says that a transferred link may be followed', async () => {
    const { browser, fake, people } = setUpReconcile(TEXT);
    const from = { repo: MASTER.repo, number: 101 };
    const to = fake.transfer(101, OTHER);
    if (to === undefined) throw new Error('not transferred');
    people.relink(0, from, to);
    people.relink(0, to, from);
    for (let edit = 0; edit < 20; edit++) fake.edit((text) => `${text}.`);
    expect((await look(browser)).plan.differences).toMatchObject([
      { finding: { kind: 'issue-moved', takenBack: true }, byItself: false, safe: undefined },
    ]);
    expect(fake.requests.readVersions).toBe(1);
  });
});
