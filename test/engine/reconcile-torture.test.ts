import { describe, expect, it } from 'vitest';
import { createMasterlist } from './reconcile-runs.ts';
import { OTHER, setUpReconcile } from './reconcile-setup.ts';
import { drift } from './reconcile-torture.ts';

/** A sample of `npm run torture`; other seeds than its first ones. */
const SEEDS = Array.from({ length: 24 }, (_, index) => 50_000 + index);

/** Of these the worker dies on the way. */
const KILLED = Array.from({ length: 8 }, (_, index) => 60_000 + index);

describe('a checklist after 100 actions by people and by Masterlist', () => {
  it('is resolved in one run; a second changes nothing, and the text of people is theirs', async () => {
    let resolved = 0;
    for (const seed of SEEDS) {
      const result = await drift(seed);
      expect({ seed, problems: result.problems }).toEqual({ seed, problems: [] });
      resolved += result.resolved;
    }
    expect(resolved).toBeGreaterThan(SEEDS.length / 4);
  }, 120_000);

  it('is so although the worker dies again and again', async () => {
    let kills = 0;
    for (const seed of KILLED) {
      const result = await drift(seed, { kill: 0.02 });
      expect({ seed, problems: result.problems }).toEqual({ seed, problems: [] });
      kills += result.kills;
    }
    expect(kills).toBeGreaterThan(KILLED.length);
  }, 120_000);
});

describe('what the torture found', () => {
  it.each([
    ['(closes #101)', '(closes octo/other#102)'],
    ['(#101) (closes #101)', '(octo/other#102) (closes #101)'],
  ])(
    'a tick that was taken back stays so once the link of its renamed item was followed: %s',
    async (link, followed) => {
      const setup = setUpReconcile(`- [ ] Parse all dates ${link}\n- [ ] Print\n`);
      const { fake, people, clock } = setup;
      const masterlist = createMasterlist({ ...setup, targets: [OTHER] });
      fake.close(101);
      clock.advance(600_000);
      await masterlist.night();
      people.untick(0);
      fake.edit((text) => text.replace('Parse all dates', 'Read every date'));
      fake.transfer(101, OTHER);
      for (let nights = 0; nights < 3; nights++) {
        clock.advance(86_400_000);
        await masterlist.night();
        expect(fake.text()).toBe(`- [ ] Read every date ${followed}\n- [ ] Print\n`);
      }
    },
  );
});
