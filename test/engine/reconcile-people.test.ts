import { describe, expect, it } from 'vitest';
import { resolve } from '../../lib/core/differences/resolve.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { reconcileByItself } from '../../lib/engine/reconcile-by-itself.ts';
import { createRandom, type Random } from './random.ts';
import { look, OTHER, queryOf, type ReconcileSetup, setUpReconcile } from './reconcile-setup.ts';
import { MASTER } from './sync-world.ts';

const ITEMS = 10;

/** `RECONCILE_SEEDS=1000` for the torture. */
const SEEDS = Number(process.env.RECONCILE_SEEDS ?? 25);

/** Items with and without issues, in two groups, among prose. */
const TEXT = [
  '# Plan',
  'Some words before.',
  ...Array.from({ length: ITEMS }, (_, n) =>
    [
      ...(n === 5 ? ['', '## Later', ''] : []),
      `- [ ] Verify part ${n}${n < 8 ? ` (closes #${101 + n})` : ''}`,
    ].join('\n'),
  ),
  '',
  'The end.',
].join('\n');

/** One random thing that somebody does to the text or to GitHub. */
function act({ fake, people, clock }: ReconcileSetup, random: Random, step: number): void {
  const item = random.whole(parseChecklist(fake.text()).items.length);
  const other = random.chance(0.2) ? undefined : random.whole(ITEMS);
  const number = 101 + random.whole(8);
  const pulls = fake.list().filter(({ mergedAt }) => mergedAt !== undefined);
  const acts: readonly (() => void)[] = [
    () => people.tick(item),
    () => people.untick(item),
    () => people.rename(item, `Check thing ${step}`),
    () => people.move(item, other),
    () => people.remove(item),
    () => people.add(`New thing ${step}`, other),
    () => people.append(item, `(#${random.pick([number, 300 + step]) ?? number})`),
    () => people.strip(item),
    () => people.relink(item, { repo: MASTER.repo, number }, { repo: OTHER, number: 400 }),
    () => people.prose(item, `Remark ${step}.`),
    () => fake.close(number, random.pick(['completed', 'not-planned', 'duplicate'])),
    () => fake.thing(number)?.state === 'closed' && fake.reopen(number),
    () => fake.retitle(number, `Retitled ${step}`),
    () => fake.transfer(number, OTHER),
    () => random.chance(0.3) && fake.delete(number),
    () => {
      fake.addPull(1_000 + step, `Closes #${number}`);
      fake.merge(1_000 + step);
    },
    () => {
      const pull = random.pick(pulls);
      if (pull !== undefined) fake.revert(pull.number);
    },
  ];
  random.pick(acts)?.();
  clock.advance(random.whole(600_000));
}

/** All of a text but its items' boxes and first paragraphs. */
function around(text: string): string {
  let rest = '';
  let at = 0;
  for (const { boxOffset, textStart, textEnd } of parseChecklist(text).items) {
    rest += `${text.slice(at, boxOffset)}|${text.slice(boxOffset + 1, textStart)}|`;
    at = textEnd;
  }
  return rest + text.slice(at);
}

async function night({ browser, clock }: ReconcileSetup) {
  clock.advance(600_000);
  const done = await reconcileByItself(browser.sync(), queryOf({ targets: [OTHER] }), undefined);
  if (!done.ok) throw new Error(done.failure.message);
  return done.value;
}

describe('a checklist on which people have worked', { timeout: 600_000 }, () => {
  it('is resolved in one night, and the next one writes nothing', async () => {
    let updated = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const setup = setUpReconcile(TEXT);
      const random = createRandom(seed);
      for (let step = 1; step <= 40; step++) {
        act(setup, random, step);
        if (random.chance(0.05)) await night(setup);
      }
      const before = setup.fake.text();
      const issues = JSON.stringify(setup.fake.list());
      const first = await night(setup);
      const text = setup.fake.text();
      const second = await night(setup);
      expect({ seed, updated: second.updated, text: setup.fake.text() }).toEqual({
        seed,
        updated: 0,
        text,
      });
      expect(second.record.kinds).toEqual(first.record.kinds);
      expect(around(text)).toBe(around(before));
      expect(JSON.stringify(setup.fake.list())).toBe(issues);
      updated += first.updated;
    }
    expect(updated).toBeGreaterThan(SEEDS);
  });

  it('offers every choice again that it offered just now, and none of them twice', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const setup = setUpReconcile(TEXT);
      const random = createRandom(seed);
      for (let step = 1; step <= 40; step++) act(setup, random, step);
      const reading = await look(setup.browser, { targets: [OTHER] });
      const again = await look(setup.browser, { targets: [OTHER] });
      for (const { id, choices } of reading.plan.differences)
        choices.forEach(({ choice: { kind } }, choice) => {
          const chosen = { kind: 'offered', difference: id, choice } as const;
          const isPossible = kind !== 'link-to';
          const { changed } = resolve(again, reading.plan, [chosen, chosen]);
          expect(changed).toBe(isPossible ? 1 : 2);
        });
    }
  });
});
