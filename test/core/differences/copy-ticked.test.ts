import { describe, expect, it } from 'vitest';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import { CLOSED, factsOf, made, markerOf, worldOf } from './reconcile-world.ts';

const PLAIN = '- [ ] Move the docs\n';
const COPY = '- [x] English\n- [ ] German\n\n';

/** What Reconcile says of a list whose first item links an issue with a copy of what is below it. */
function says(below: string, issue: object = {}, head = '- [ ] Move the docs (closes #12)') {
  const body = `${COPY}${markerOf(PLAIN)}`;
  const world = worldOf(`${head}\n${below}`, { issues: made(12, PLAIN, { body, ...issue }) });
  return planReconcile(factsOf(world)).differences.map(
    ({ text, words, safe }) => `${text}: ${words}${safe === undefined ? '' : ' (safe)'}`,
  );
}

const BOTH = '  - [ ] English\n  - [ ] German\n';

describe('copies of items in the issue of the item around them (case 38)', () => {
  it('that are ticked there are offered to be ticked here, by choice', () => {
    expect(says(BOTH)).toEqual(['English: Not ticked here, but its copy in #12 is']);
  });

  it('that are open when the issue was closed are said', () => {
    expect(says(BOTH, CLOSED, '- [x] Move the docs (closes #12)')).toEqual([
      'Move the docs (closes #12): #12 was closed with an open box of its own: "German"',
      'English: Not ticked here, but its copy in #12 is',
    ]);
  });

  it('are nothing to say where both agree, or the item has an issue of its own', () => {
    expect(says('  - [x] English\n  - [ ] German\n')).toEqual([]);
    expect(says('- [ ] English\n- [ ] German\n')).toEqual([]);
  });

  it('are not guessed where two have the same words, or the issue was not made for the item', () => {
    expect(says(`${BOTH}  - [ ] English\n`)).toEqual([]);
    expect(says(BOTH, { body: COPY })).toEqual([]);
  });
});
