import { describe, expect, it } from 'vitest';
import { succeed } from '../../lib/core/failures.ts';
import { planSync } from '../../lib/core/sync/plan-sync.ts';
import type { SyncFacts } from '../../lib/core/sync/sync-facts.ts';
import { markerFor } from '../../lib/core/text/marker.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { withAuthorsRights, withRights } from '../../lib/engine/with-rights.ts';
import { buildFacts as planFacts } from '../core/plan/build-facts.ts';
import { buildFacts, closed, issue, MASTER } from '../core/sync/build-sync.ts';

const TWO = '- [ ] #12 Write docs (closes #13)';
const bob = { author: 'Bob', authorAssociation: 'MEMBER' };

/** GitHub, and who it was asked about. */
function githubWhere(rights: Readonly<Record<string, boolean>>) {
  const asked: string[][] = [];
  const readRoles = async (_: unknown, logins: readonly string[]) => {
    asked.push([...logins]);
    return succeed(rights);
  };
  return { asked, github: { readRoles } };
}

const [item] = parseChecklist(TWO).items;
if (item === undefined) throw new Error('no item');
const marker = markerFor(item, MASTER, '01JD0000000000000000000000');
const decide = (facts: SyncFacts) => planSync(facts);

describe('rights', () => {
  it.each([
    [true, ['tick']],
    [false, []],
  ])('decide by one more request whether a marker ticks (%s)', async (right, changes) => {
    const followed = [issue(12), { ...closed(13, { marker }), ...bob }];
    const { github, asked } = githubWhere({ bob: right });
    const facts = await withRights({ github }, buildFacts(TWO, { followed }), { decide });
    expect(asked).toEqual([['bob']]);
    if (!facts.ok) throw new Error('no facts');
    const { rows } = planSync(facts.value);
    expect(rows.flatMap((row) => row.changes.map(({ kind }) => kind))).toEqual(changes);
  });

  it('are not asked where nothing depends on them', async () => {
    const { github, asked } = githubWhere({});
    const open = buildFacts(TWO, { followed: [issue(12), { ...issue(13, { marker }), ...bob }] });
    await withRights({ github }, open, { decide });
    const own = buildFacts(TWO, { followed: [issue(12), closed(13, { marker })] });
    await withRights({ github }, own, { decide });
    expect(asked).toEqual([]);
  });

  it("of whoever opened the checklist are asked before its claims are believed, except the account's own", async () => {
    const { github, asked } = githubWhere({ mallory: false });
    const master = { author: 'mallory', authorAssociation: 'NONE' };
    await withAuthorsRights({ github }, planFacts('- [ ] a', { master }));
    await withAuthorsRights({ github }, planFacts('- [ ] a', { master: { author: 'grace' } }));
    await withAuthorsRights({ github }, planFacts('- [ ] a'));
    expect(asked).toEqual([['mallory']]);
  });
});
