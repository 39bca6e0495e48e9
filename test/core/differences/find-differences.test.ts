import { describe, expect, it } from 'vitest';
import { describePlan } from '../../../lib/core/differences/describe-kinds.ts';
import type { Difference } from '../../../lib/core/differences/difference.ts';
import { chosenEdits } from '../../../lib/core/differences/item-edits.ts';
import { linkTo } from '../../../lib/core/differences/match-by-hand.ts';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import { readMap } from '../../../lib/core/identity/identity-map.ts';
import { issueKey, issueOfChecklist } from '../../../lib/core/refs.ts';
import { DEFAULT_RULES } from '../../../lib/core/settings/settings.ts';
import type { MergedPull } from '../../../lib/core/sync/sync-facts.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import { formatMarker, markerFor } from '../../../lib/core/text/marker.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { costGrowth } from '../../cost-growth.ts';
import { MASTER, REPO, ref } from '../sync/build-sync.ts';
import {
  CLOSED,
  edited,
  factsOf,
  itemAt,
  made,
  mergeOf,
  pull,
  type World,
  type WorldIssue,
  worldOf,
} from './reconcile-world.ts';

const EVE = { author: 'eve', association: 'NONE' } as const;
const ITEM = '- [ ] Parse dates well';

function find(world: World): readonly Difference[] {
  return planReconcile(factsOf(world)).differences;
}

const kinds = (world: World) => find(world).map(({ finding }) => finding.kind);
const choicesOf = (one: Difference | undefined) => one?.choices.map(({ choice }) => choice.kind);
const linked = (text: string, issues: Record<string, WorldIssue>, more: Partial<World> = {}) =>
  worldOf(text, { issues, ...more });

describe('orphans', () => {
  const GONE = '- [ ] Another item';

  it('are issues of members or of the user, not of strangers who copied a marker', () => {
    expect(kinds(linked(GONE, made(12, ITEM)))).toEqual(['orphan']);
    expect(kinds(linked(GONE, made(12, ITEM, EVE)))).toEqual([]);
    expect(kinds(linked(GONE, made(12, ITEM, { author: 'Ada', association: 'NONE' })))).toEqual([
      'orphan',
    ]);
  });

  it('are open, marked for this checklist, and not undone', () => {
    const issue = made(12, ITEM);
    const body = Object.values(issue)[0]?.body ?? '';
    expect(kinds(linked(GONE, made(12, ITEM, CLOSED)))).toEqual([]);
    expect(kinds(linked(GONE, made(12, ITEM, { body: body.replace(':v2', ':undone') })))).toEqual(
      [],
    );
    expect(kinds(linked(GONE, made(12, ITEM, { body: body.replace('plan#1', 'plan#2') })))).toEqual(
      [],
    );
  });

  it('are none that any item links, also where GitHub was not asked about it', () => {
    const facts = factsOf(linked('- [ ] Other words (#12)', made(12, ITEM)));
    expect(planReconcile({ ...facts, followed: {} }).differences).toEqual([]);
  });

  it('come behind the differences of items', () => {
    const text = '- [x] Write docs (#13)';
    const issues = { ...made(12, ITEM), ...made(13, '- [ ] Write docs') };
    expect(kinds(linked(text, issues))).toEqual(['ticked-open', 'orphan']);
  });

  it('are linked to the item that the user names', () => {
    const facts = factsOf(linked(GONE, made(12, ITEM)));
    const [orphan] = planReconcile(facts).differences;
    if (orphan === undefined) throw new Error('no orphan');
    expect(linkTo(facts, orphan, { index: 0 })?.line?.after).toBe(
      '- [ ] Another item (closes #12)',
    );
    expect(linkTo(facts, orphan, { index: 7 })).toBeUndefined();
  });
});

describe('items without a link', () => {
  it('are linked safely where one trusted marker names them, and strangers come last', () => {
    const [found] = find(linked(ITEM, { ...made(12, ITEM, EVE), ...made(13, ITEM) }));
    expect(found?.choices.map(({ choice }) => 'issue' in choice && choice.issue?.number)).toEqual([
      13,
      12,
      false,
      false,
    ]);
    expect(found).toMatchObject({ safe: 0, byItself: false });
  });

  it('are asked about where the marker is a stranger’s, or the issue closed', () => {
    expect(find(linked(ITEM, made(12, ITEM, EVE)))[0]?.safe).toBeUndefined();
    expect(find(linked(ITEM, made(12, ITEM, CLOSED)))[0]?.safe).toBeUndefined();
  });

  it('find their issue also behind the numbers that stayed', () => {
    const world = linked('- [x] Parse dates well (#456)', made(12, ITEM, CLOSED), {
      pulls: pull(456, [12]),
    });
    const [found] = find(world);
    expect(found?.choices[0]?.line?.after).toBe('- [x] Parse dates well (#456) (closes #12)');
  });

  it('are not looked for by title once they are ticked, struck, or name something', () => {
    const issues = made(12, undefined, { title: 'Parse dates well' });
    expect(kinds(linked(ITEM, issues))).toEqual(['unlinked']);
    for (const text of ['- [x] Parse dates well', '- [ ] ~~Parse dates well~~'])
      expect(kinds(linked(text, issues))).toEqual([]);
    expect(kinds(linked(`${ITEM} (see #9)`, issues))).toEqual([]);
  });

  it('say how they are matched', () => {
    const text = [
      '- [ ] By link (closes #11)',
      '- [ ] By marker',
      '- [ ] By title here',
      '- [ ] By nothing',
      '- [x] By number (closes #14) (#456)',
      '- [ ] By hand (closes #15)',
      '- [ ] By hand again (closes #16)',
      '- [ ] Renamed since (closes #17)',
    ].join('\n');
    const issues = {
      ...made(11, text),
      ...made(12, text, { index: 1 }),
      ...made(13, undefined, { title: 'By title here' }),
      ...made(14, text, { index: 4, ...CLOSED, closers: [mergeOf(457)] }),
      ...made(15, undefined, { title: 'By hand' }),
      ...made(16, text, { index: 5, title: 'By hand again' }),
      ...made(17, '- [ ] Earlier words', { title: 'Renamed since' }),
    };
    const { matches } = planReconcile(factsOf(linked(text, issues, { pulls: pull(456, [14]) })));
    expect(
      matches.map(({ how, issue, pulls }) => [how, issue?.number, pulls.map((p) => p.number)]),
    ).toEqual([
      ['link', 11, []],
      ['marker', 12, []],
      ['title', 13, []],
      ['none', undefined, []],
      ['link', 14, [456, 457]],
      ['hand', 15, []],
      ['hand', 16, []],
      ['link', 17, []],
    ]);
  });
});

describe('renamed items and retitled issues', () => {
  const of = (text: string, title: string, from = ITEM) =>
    kinds(linked(text, made(12, from, { title })));

  it('are compared with the marker, not with a title that we shaped', () => {
    const short = '## Pointers\n- [ ] doc';
    expect(of(`${short} (#12)`, 'Pointers: doc', short)).toEqual([]);
    expect(of(`${short} (#12)`, '[Test] T-007 Pointers: doc', short)).toEqual([]);
    expect(of(`${ITEM} (#12)`, 'Parse dates well (2)')).toEqual([]);
    const long = `- [ ] ${'word '.repeat(80)}end`;
    expect(of(`${long} (#12)`, `${'word '.repeat(50).trim()}…`, long)).toEqual([]);
  });

  it('know the titles of today, and those from before titles kept what was typed', () => {
    const typed = '- [ ] @bob: see #7 for Vec<T> (thanks @ann)';
    for (const title of [
      'see #7 for Vec<T> (thanks ann)',
      'bob: see #7 for Vec<T> (thanks ann)',
      'for Vec (thanks)',
      'Old › Group: for Vec (thanks)',
    ])
      expect(of(`${typed} (#12)`, title, typed)).toEqual([]);
  });

  it('are no difference where both say the same', () => {
    expect(of('- [ ] Read times (#12)', 'Read times')).toEqual([]);
    expect(of('- [ ] Read `times`. (#12)', 'Read times')).toEqual([]);
  });

  it('are found where they part', () => {
    expect(of('- [ ] Read times (#12)', 'Parse dates well')).toEqual(['item-renamed']);
    expect(of(`${ITEM} (#12)`, 'Read times')).toEqual(['issue-retitled']);
    expect(of(`${ITEM} (#12)`, 'Bug: parse dates well, at last')).toEqual([]);
  });

  it('say nothing of issues that people made themselves', () => {
    expect(kinds(linked(`${ITEM} (#12)`, made(12, undefined)))).toEqual([]);
  });

  it('offer no new words where the old ones stand in several pieces', () => {
    const text = '- [ ] Parse (see #7) dates well';
    const [found] = find(linked(`${text} (#12)`, made(12, text, { title: 'Read times' })));
    expect(found?.finding.kind).toBe('issue-retitled');
    expect(choicesOf(found)).toEqual(['retitle-issue', 'leave']);
  });

  it('get their old words back only where the marker proves which these were', () => {
    const offers = (text: string, title: string, from: string) =>
      find(linked(`${text} (#12)`, made(12, from, { title })))[0]?.choices.flatMap(({ choice }) =>
        choice.kind === 'rename-item' ? [choice.text] : [],
      );
    const NOW = '- [ ] Read times';
    expect(offers(NOW, '[Test] T-004 Parse dates well', ITEM)).toEqual(['Parse dates well']);
    expect(offers(NOW, 'Pointers: doc (2)', '## Pointers\n- [ ] doc')).toEqual(['doc']);
    expect(offers(NOW, 'Parse a: b well', '- [ ] Parse a: b well')).toEqual(['Parse a: b well']);
    expect(offers(NOW, 'Parse some dates', ITEM)).toEqual([]);
  });

  it('keep the number and prefix of the title when it is written again', () => {
    const [found] = find(
      linked('- [ ] Read times (#12)', made(12, ITEM, { title: '[Test] T-004 Parse dates well' })),
    );
    expect(found?.choices[0]?.choice).toMatchObject({ title: '[Test] T-004 Read times' });
  });
});

describe('numbers that are wrong', () => {
  const world = (text: string, pulls: World['pulls'], issue: Partial<WorldIssue> = {}) =>
    linked(text, made(12, '- [ ] Parse', issue), { pulls });

  it('are none of pull requests that close the issue, or say not what they close', () => {
    const text = '- [ ] Parse (closes #12) (#456)';
    expect(kinds(world(text, pull(456, [12])))).toEqual([]);
    expect(kinds(world(text, pull(456, [])))).toEqual([]);
    const closers = [mergeOf(456)];
    expect(
      kinds(world(text.replace('[ ]', '[x]'), pull(456, [77]), { ...CLOSED, closers })),
    ).toEqual([]);
  });

  it('stand in the bracket behind the link, and nowhere else', () => {
    const open = pull(456, [], { state: 'open' });
    expect(kinds(world('- [ ] Parse, see #456 (closes #12)', open))).toEqual([]);
    expect(kinds(world('- [ ] Parse (closes #12) (#456)', open))).toEqual(['pull-wrong']);
  });

  it('all reverted leave a ticked item in doubt, unless one stands or the issue was closed again (case 36)', () => {
    const by = (number: number, revertedBy?: MergedPull) => ({
      ...mergeOf(number),
      ...(revertedBy && { revertedBy }),
    });
    const late = { ...mergeOf(460), mergedAt: '2027-01-01T00:00:00Z' };
    const early = { ...mergeOf(460), mergedAt: '2020-01-01T00:00:00Z' };
    const found = (text: string, ...closers: readonly MergedPull[]) =>
      kinds(world(text, {}, { ...CLOSED, closers })).filter((kind) => kind === 'work-reverted');
    const ticked = '- [x] Parse (closes #12)';
    expect(found(ticked, by(456, late))).toEqual(['work-reverted']);
    expect(found(ticked, by(456, late), by(457, late))).toEqual(['work-reverted']);
    expect(found(ticked, by(456, late), by(457))).toEqual([]);
    expect(found(ticked, by(456, early))).toEqual([]);
    expect(found(ticked)).toEqual([]);
    expect(found('- [ ] Parse (closes #12)', by(456, late))).toEqual([]);
  });

  it('are not missed by anybody once they were taken out for a revert', () => {
    const text = '- [x] Parse (closes #12)';
    const before = text.replace('#12)', '#12) (#456)');
    const history = [
      { id: '2', editedAt: '2026-11-01T01:40:00Z', editor: 'ada', text },
      { id: '1', editedAt: '2026-11-01T01:30:00Z', editor: 'ada', text: before },
    ];
    const issue = { ...CLOSED, closers: [mergeOf(456)] };
    const reverted = pull(456, [12], { revertedBy: mergeOf(460) });
    expect(kinds({ ...world(text, pull(456, [12]), issue), history })).toEqual(['pull-missing']);
    expect(kinds({ ...world(text, reverted, issue), history })).toEqual([]);
  });
});

describe('links', () => {
  it('of a repository that was renamed are left as they are', () => {
    const moved = { [issueKey(ref(12))]: issueKey(ref(12, 'octo/new')) };
    const issues = made(12, ITEM, { place: 'octo/new' });
    expect(kinds(linked(`${ITEM} (#12)`, issues, { moved }))).toEqual([]);
  });

  it('that are part of the words are not taken away', () => {
    const text = '- [ ] [Parse dates well](https://github.com/octo/plan/issues/12)';
    const [found] = find(linked(text, {}));
    expect(found?.finding.kind).toBe('issue-gone');
    expect(choicesOf(found)).toEqual(['link-to', 'leave']);
    expect(kinds(linked(text, {}))).toEqual(['issue-gone', 'half-understood']);
    expect(kinds(linked(text, made(12, ITEM)))).toEqual([]);
    const target = { issue: ref(40) };
    expect(found && linkTo(factsOf(linked(text, {})), found, target)).toBeUndefined();
  });

  it('to an issue of another item are a difference of the item that its marker does not name', () => {
    const text = '- [ ] Write docs (#12)\n- [ ] Parse dates well (#12)\n- [ ] Third (#12)';
    const found = find(linked(text, made(12, text, { index: 1 })));
    const shared = found.filter(({ finding }) => finding.kind === 'issue-shared');
    expect(shared.map(({ index }) => index)).toEqual([0, 2]);
  });

  it('are linked to no other host and not to the checklist itself', () => {
    const facts = factsOf(linked(`${ITEM} (#12)`, {}));
    const [gone] = planReconcile(facts).differences;
    if (gone === undefined) throw new Error('nothing found');
    expect(linkTo(facts, gone, { issue: issueOfChecklist(MASTER) })).toBeUndefined();
    const far = { repo: { ...REPO, host: 'example.com' }, number: 5 };
    expect(linkTo(facts, gone, { issue: far })).toBeUndefined();
    expect(linkTo(facts, gone, { issue: ref(5) })?.line?.after).toBe(`${ITEM} (#5)`);
  });

  it('that were put back after a transfer are left, also where the item was renamed since', () => {
    const to = ref(9, 'octo/other');
    const world = linked(`${ITEM} (#12)`, made(9, ITEM, { place: 'octo/other' }), {
      moved: { [issueKey(ref(12))]: issueKey(to) },
    });
    expect(find(world)[0]).toMatchObject({ finding: { takenBack: false }, byItself: true });
    const back = edited(edited(world, `${ITEM} (octo/other#9)`), '- [ ] Read times (#12)');
    expect(find(back)[0]).toMatchObject({
      finding: { kind: 'issue-moved', takenBack: true },
      byItself: false,
      safe: undefined,
    });
    const key = itemAt(ITEM, 0).key;
    const mapped = (issue: string) => `${ITEM}\n\n<!-- masterlist:map ${key}=${issue} -->`;
    const block = edited(
      edited({ ...world, text: mapped('12'), block: true }, mapped('octo/other#9')),
      mapped('12'),
    );
    expect(find(block)[0]).toMatchObject({ finding: { takenBack: true }, byItself: false });
  });

  it('of which GitHub was not asked say nothing', () => {
    const facts = factsOf(linked('- [x] Parse dates well (#12)', made(12, ITEM)));
    expect(planReconcile({ ...facts, followed: {} }).differences).toEqual([]);
  });
});

describe('the hidden block', () => {
  const TWO = '- [ ] One thing\n- [ ] Two things';
  const mapped = (text: string, first: number, second: number) =>
    `${text}\n\n<!-- masterlist:map ${itemAt(TWO, 0).key}=${first} ${itemAt(TWO, 1).key}=${second} -->`;
  const issues = { ...made(12, TWO), ...made(13, TWO, { index: 1 }) };
  const mapOf = (text: string) => readMap(text, parseChecklist(text).items, REPO).entries;
  const write = (world: World, pick: (one: Difference) => number) => {
    const chosen = find(world).flatMap((one) => one.choices[pick(one)] ?? []);
    const edits = chosenEdits(factsOf(world), chosen);
    return applyEdits(world.text, edits, { repo: REPO }).markdown;
  };

  it('is the link where the text has none, and says nothing then', () => {
    const world = linked(mapped(TWO, 12, 13), issues, { block: true });
    expect(kinds(world)).toEqual([]);
    expect(planReconcile(factsOf(world)).matches.map(({ how }) => how)).toEqual(['block', 'block']);
  });

  it('is written for all choices at once', () => {
    const text = mapped('- [ ] One thing (#12)\n- [ ] Two things (#13)', 40, 41);
    const strangers = { ...made(40, undefined), ...made(41, undefined) };
    const after = write(linked(text, { ...issues, ...strangers }, { block: true }), () => 0);
    expect([...mapOf(after).values()].map(({ number }) => number).sort()).toEqual([12, 13]);
  });

  it('follows a transferred issue, and loses one that is gone', () => {
    const key = issueKey(ref(9, 'octo/other'));
    const moved = { [issueKey(ref(12))]: key };
    const there = { ...made(9, TWO, { place: 'octo/other' }) };
    const world = linked(mapped(TWO, 12, 13), there, { block: true, moved });
    expect(kinds(world)).toEqual(['issue-moved', 'issue-gone']);
    expect(find(world)[0]).toMatchObject({ byItself: true, safe: 0 });
    const after = write(world, () => 0);
    expect([...mapOf(after).values()].map(issueKey)).toEqual([key]);
  });

  it('gets the issue of an item that has none', () => {
    const world = linked(TWO, issues, { block: true });
    const after = write(world, () => 0);
    expect(after.startsWith(TWO)).toBe(true);
    expect(kinds({ ...world, text: after })).toEqual([]);
  });

  it('keeps a renamed item and all that is nested in it', () => {
    const text = '- [ ] Group of things\n  - [ ] Sub thing here';
    const keys = [itemAt(text, 0).key, itemAt(text, 1).key];
    const own = { ...made(12, text, { title: 'Other group' }), ...made(13, text, { index: 1 }) };
    const world = linked(`${text}\n\n<!-- masterlist:map ${keys[0]}=12 ${keys[1]}=13 -->`, own, {
      block: true,
    });
    const after = write(world, () => 0);
    expect(parseChecklist(after).items[0]?.subject).toBe('Other group');
    expect(kinds({ ...world, text: after })).toEqual(['group-moved']);
    const next = planReconcile(factsOf({ ...world, text: after })).matches;
    expect(next.map(({ issue }) => issue?.number)).toEqual([12, 13]);
  });
});

describe('a plan', () => {
  it('leaves out what the user left, and nothing else', () => {
    const world = linked('- [x] One thing (#12)\n- [x] Two things (#13)', {
      ...made(12, '- [ ] One thing'),
      ...made(13, '- [ ] Two things'),
    });
    const [first] = find(world);
    expect(find({ ...world, left: [first?.id ?? ''] }).map(({ index }) => index)).toEqual([1]);
  });

  it('does the same with the checklist as already parsed', () => {
    const world = linked('- [x] One thing (#12)', made(12, '- [ ] One thing'));
    const facts = factsOf(world);
    expect(planReconcile(facts, parseChecklist(world.text))).toEqual(planReconcile(facts));
  });

  it('says how much it is', () => {
    const one = linked('- [ ] One thing (#12)', made(12, '- [ ] One thing', CLOSED));
    expect(describePlan({ differences: find(one) })).toBe('1 difference, 1 can be resolved safely');
    const asks = linked('- [x] One thing (#12)', made(12, '- [ ] One thing'), { locked: true });
    expect(describePlan({ differences: find(asks) })).toBe('1 difference');
    expect(describePlan({ differences: [] })).toBe(
      'No differences: the checklist agrees with its issues',
    );
  });

  it('costs no more than there are items, up to 500', () => {
    const plan = ({ facts, checklist }: ReturnType<typeof largePlan>) =>
      planReconcile(facts, checklist);
    const large = largePlan(25);
    expect(plan(large).differences.length).toBeGreaterThan(150);
    expect(costGrowth(plan, largePlan(3), large)).toBeLessThan(25);
  });
});

/** So many groups of 20 items, each with its issue, a fifth of them closed, a seventh retitled; and a fifth as many other issues. */
function largePlan(groupCount: number) {
  const groups = Array.from({ length: groupCount }, (_, group) => {
    const items = Array.from(
      { length: 20 },
      (_, item) => `- [ ] Item ${item} of part ${group} (closes #${100 + group * 20 + item})`,
    );
    return `## Part ${group}\n${items.join('\n')}\n`;
  });
  const text = groups.join('\n');
  const checklist = parseChecklist(text);
  const own = checklist.items.map((_, index) => {
    const state = index % 5 === 0 ? CLOSED : {};
    const title = index % 7 === 0 ? { title: `Retitled ${index}` } : {};
    return madeFast(100 + index, checklist.items[index], { ...state, ...title });
  });
  const others = Array.from({ length: 4 * groupCount }, (_, n) => madeFast(900 + n, undefined, {}));
  const world = linked(text, Object.assign({}, ...own, ...others), {
    rules: { ...DEFAULT_RULES, parents: true },
  });
  return { facts: factsOf(world), checklist };
}

function madeFast(
  number: number,
  item: Item | undefined,
  changes: Partial<WorldIssue>,
): Record<string, WorldIssue> {
  const marker =
    item === undefined
      ? 'Some words'
      : formatMarker(markerFor(item, MASTER, '01ARZ3NDEKTSV4RRFFQ69G5FAV'));
  return made(number, undefined, {
    title: item?.subject ?? `Other ${number}`,
    body: marker,
    ...changes,
  });
}
