import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesBranch } from '../../../lib/core/sync/merged-pulls.ts';
import { costGrowth } from '../../cost-growth.ts';

describe('branch patterns', () => {
  it.each([
    ['release/2', ['release/*'], true],
    ['release/2/hot', ['release/*'], true],
    ['release/', ['release/*'], true],
    ['prerelease/2', ['release/*'], false],
    ['next', ['release/*', 'next'], true],
    ['nextish', ['next'], false],
    ['Next', ['next'], false],
    ['v1.x', ['v*.x'], true],
    ['v1ax', ['v*.x'], false],
    ['a', ['a*a'], false],
    ['aa', ['a*a'], true],
    ['main', ['*'], true],
    ['main', [], false],
    ['a.b', ['a?b', 'a.', '.b', '[a].b'], false],
  ])('%s against %j: %s', (branch, patterns, fits) => {
    expect(matchesBranch(branch, patterns)).toBe(fits);
  });

  it('agree with a regular expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 7 });
    fc.assert(
      fc.property(letters, letters, (name, pattern) => {
        const branch = name.replaceAll('*', 'a');
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(matchesBranch(branch, [pattern])).toBe(expression.test(branch));
      }),
      { numRuns: 1_000 },
    );
  });

  it('cost no more than the pattern has stars', () => {
    const match = (stars: number) => {
      expect(matchesBranch('a'.repeat(64), [`${'*a'.repeat(stars)}b`])).toBe(false);
    };
    // A regular expression would go back 300 times as often.
    expect(costGrowth(match, 2, 4)).toBeLessThan(24);
    match(127);
  });
});
