import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../lib/core/differences/choice.ts';
import type { Chosen } from '../../../lib/core/differences/chosen.ts';
import type { Finding } from '../../../lib/core/differences/kinds.ts';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import {
  type FoundDifferences,
  matchConsequence,
  resolve,
} from '../../../lib/core/differences/resolve.ts';
import { formatMap } from '../../../lib/core/identity/identity-map.ts';
import { issueKey, issueOfChecklist } from '../../../lib/core/refs.ts';
import { DEFAULT_RULES } from '../../../lib/core/settings/settings.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { MASTER, REPO, ref } from '../sync/build-sync.ts';
import {
  CLOSED,
  changed,
  close,
  edited,
  factsOf,
  itemAt,
  made,
  mergeOf,
  pull,
  reopen,
  type World,
  worldOf,
} from './reconcile-world.ts';

const PLAIN = '- [ ] Parse dates well\n- [ ] Write the docs\n- [ ] Third thing here\n';
const LINKED = PLAIN.replace('well', 'well (closes #12)').replace('docs', 'docs (#13)');
const OWN = { ...made(12, PLAIN), ...made(13, PLAIN, { index: 1 }) };
const free = made(40, undefined);

function found(world: World): FoundDifferences {
  const facts = factsOf(world);
  const items = parseChecklist(world.text, { placeholder: world.rules.placeholder });
  return { facts, plan: planReconcile(facts, items), items };
}

/** A choice by the kind of its difference. */
function offered(world: World, finding: Finding['kind'], kind: Choice['kind'], nth = 0): Chosen {
  const one = found(world).plan.differences.filter((each) => each.finding.kind === finding)[nth];
  const choice = one?.choices.findIndex((each) => each.choice.kind === kind) ?? -1;
  if (one === undefined || choice < 0) throw new Error(`no ${kind} for ${finding}`);
  return { kind: 'offered', difference: one.id, choice };
}

const resolved = (world: World, chosen: readonly Chosen[], seen: World = world) =>
  resolve(found(world), found(seen).plan, chosen);
const only = (world: World, chosen: Chosen) => {
  const { rows, changed: left } = resolved(world, [chosen]);
  expect(left).toBe(0);
  expect(rows).toHaveLength(1);
  return rows[0]?.change;
};
const keyAt = (index: number) => itemAt(PLAIN, index).key;

describe('a choice that is offered', () => {
  it('on the text becomes its edits, which find their item by its locator alone', () => {
    const world = worldOf(LINKED, { issues: { ...OWN, ...made(12, PLAIN, CLOSED) } });
    const { rows } = resolved(world, [offered(world, 'unticked-closed', 'tick')]);
    expect(rows).toEqual([
      {
        item: expect.objectContaining({ key: keyAt(0) }),
        text: 'Parse dates well (closes #12)',
        change: {
          choice: 'tick',
          changes: [],
          edits: [{ kind: 'tick', item: expect.objectContaining({ key: keyAt(0) }) }],
          map: [],
        },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('textStart');
  });

  it('is not made of another of two equal lines that changed places meanwhile', () => {
    const text = '- [ ] Same words (#51)\n- [ ] Same words (#52)\n';
    const open = pull(52, [], { state: 'open' });
    const seen = worldOf(text, { pulls: { ...pull(51), ...open } });
    const tick = offered(seen, 'tick-missing', 'tick');
    const swapped = '- [ ] Same words (#52)\n- [ ] Same words (#51)\n';
    const now = worldOf(swapped, { pulls: { ...pull(51), ...pull(52) } });
    expect(resolved(now, [tick], seen)).toMatchObject({ rows: [], changed: 1 });
  });

  it.each<[string, World, Finding['kind'], Choice['kind'], unknown]>([
    [
      'closes',
      worldOf(LINKED.replace('[ ] Parse', '[x] Parse'), { issues: OWN }),
      'ticked-open',
      'close-issue',
      { issue: ref(12), state: { to: 'closed', reason: 'completed' } },
    ],
    [
      'reopens',
      worldOf(LINKED, { issues: { ...OWN, ...made(12, PLAIN, CLOSED) } }),
      'unticked-closed',
      'reopen-issue',
      { issue: ref(12), state: { to: 'open', reason: 'reopened' } },
    ],
    [
      'retitles',
      worldOf(LINKED, { issues: { ...OWN, ...made(12, PLAIN, { title: 'Read times' }) } }),
      'issue-retitled',
      'retitle-issue',
      { issue: ref(12), title: { from: 'Read times', to: 'Parse dates well' } },
    ],
    [
      'closes what has no item',
      worldOf(PLAIN.replace('- [ ] Write the docs\n', ''), {
        issues: made(13, PLAIN, { index: 1 }),
      }),
      'orphan',
      'close-issue',
      { issue: ref(13), state: { to: 'closed', reason: 'not_planned' } },
    ],
    [
      'closes the double',
      worldOf(LINKED, { issues: { ...OWN, ...made(50, PLAIN) } }),
      'doubled',
      'close-issue',
      { issue: ref(50), state: { to: 'closed', reason: 'duplicate' } },
    ],
  ])('on the issue %s it, whoever touched it', (_, world, finding, choice, change) => {
    expect(only(world, offered(world, finding, choice))).toEqual({
      choice,
      changes: [change],
      edits: [],
      map: [],
    });
  });

  it('on both sides is one row', () => {
    const world = worldOf(LINKED, { issues: { ...OWN, ...made(50, PLAIN) } });
    expect(only(world, offered(world, 'doubled', 'relink'))).toMatchObject({
      changes: [{ issue: ref(12), state: { to: 'closed', reason: 'duplicate' } }],
      edits: [{ kind: 'relink', from: ref(12), to: ref(50) }],
    });
  });

  it('to create an issue names the item, and first takes away what stands there', () => {
    const gone = worldOf(LINKED, { issues: made(13, PLAIN, { index: 1 }) });
    const { rows, creates } = resolved(gone, [offered(gone, 'issue-gone', 'create-issue')]);
    expect(rows.map((row) => row.change.edits.map(({ kind }) => kind))).toEqual([['drop-link']]);
    expect(creates.map(({ key }) => key)).toEqual([keyAt(0)]);
    const bare = worldOf(PLAIN, { issues: made(12, PLAIN) });
    const one = resolved(bare, [offered(bare, 'unlinked', 'create-issue')]);
    expect(one).toMatchObject({ rows: [], creates: [{ key: keyAt(0) }], changed: 0 });
  });

  it('to leave it writes nothing and is kept', () => {
    const world = worldOf(PLAIN, { issues: made(12, PLAIN) });
    const { rows, keep, changed: left } = resolved(world, [offered(world, 'unlinked', 'leave')]);
    expect({ rows, left }).toEqual({ rows: [], left: 0 });
    expect(keep.map(({ finding }) => finding.kind)).toEqual(['unlinked']);
  });

  it('of several those with new words come last', () => {
    const issues = {
      ...OWN,
      ...made(12, PLAIN, { title: 'Read times' }),
      ...made(13, PLAIN, { index: 1, ...CLOSED }),
    };
    const world = worldOf(LINKED, { issues });
    const { rows } = resolved(world, [
      offered(world, 'issue-retitled', 'rename-item'),
      offered(world, 'unticked-closed', 'tick'),
    ]);
    expect(rows.map((row) => row.change.choice)).toEqual(['tick', 'rename-item']);
  });

  it('in the hidden block is what it changes there, and nothing of others', () => {
    const content = formatMap(
      new Map([
        [keyAt(0), ref(40)],
        [keyAt(2), ref(41)],
      ]),
      [],
      REPO,
    );
    const text = `${LINKED}\n<!-- masterlist:map ${content} -->\n`;
    const world = worldOf(text, {
      issues: { ...OWN, ...free, ...made(41, undefined) },
      block: true,
    });
    const chosen = offered(world, 'block-disagrees', 'write-block');
    expect(only(world, chosen)).toEqual({
      choice: 'write-block',
      changes: [],
      edits: [],
      map: [[keyAt(0), ref(12)]],
    });
    const other = edited(world, text.replace('=41', '=42'));
    expect(resolved(other, [chosen], world)).toMatchObject({
      changed: 0,
      rows: [{ change: { map: [[keyAt(0), ref(12)]] } }],
    });
  });
});

describe('a choice after something changed', () => {
  const closed = worldOf(LINKED, { issues: { ...OWN, ...made(12, PLAIN, CLOSED) } });
  const tick = offered(closed, 'unticked-closed', 'tick');

  it('is left where the difference is gone', () => {
    const ticked = edited(closed, LINKED.replace('[ ] Parse', '[x] Parse'));
    expect(resolved(ticked, [tick], closed)).toEqual({
      rows: [],
      creates: [],
      keep: [],
      changed: 1,
    });
    expect(resolved(reopen(closed, ref(12)), [tick], closed).changed).toBe(1);
  });

  it('is done all the same where only other lines moved', () => {
    const moved = edited(closed, `- [ ] New item\n${LINKED}\nNew words.\n`);
    expect(resolved(moved, [tick], closed)).toMatchObject({
      changed: 0,
      rows: [{ change: { choice: 'tick' } }],
    });
  });

  it('is left where the item may be another one now', () => {
    const twins = edited(closed, `- [ ] Parse dates well\n${LINKED}`);
    expect(resolved(twins, [tick], closed).changed).toBe(1);
  });

  it('is left where one of two equal items is gone: the other one has its place now', () => {
    const line = '- [ ] Parse dates well';
    const issues = { ...made(12, undefined, CLOSED), ...made(14, undefined, CLOSED) };
    const seen = worldOf(`${line} (closes #12)\n${line} (closes #14)\n`, { issues });
    const now = edited(seen, `${line} (closes #14)\n`);
    expect(resolved(seen, [offered(seen, 'unticked-closed', 'tick')])).toMatchObject({
      changed: 0,
    });
    expect(resolved(now, [offered(seen, 'unticked-closed', 'tick')], seen)).toMatchObject({
      rows: [],
      changed: 1,
    });
  });

  it('is left where an equal item came after it', () => {
    const twins = edited(
      closed,
      LINKED.replace('- [ ] Write', '- [ ] Parse dates well\n- [ ] Write'),
    );
    expect(resolved(twins, [tick], closed)).toMatchObject({ rows: [], changed: 1 });
    expect(resolved(twins, [{ kind: 'unmatch', item: keyAt(0) }], closed).changed).toBe(1);
  });

  it('is left where it would write something else than was shown', () => {
    const issues = { ...OWN, ...made(12, PLAIN, { title: 'Read times' }) };
    const seen = worldOf(LINKED, { issues });
    const now = changed(seen, ref(12), { title: 'Read all times' });
    for (const kind of ['rename-item', 'retitle-issue'] as const)
      expect(resolved(now, [offered(seen, 'issue-retitled', kind)], seen).changed).toBe(1);
  });

  it('is left where the item gained another pull request meanwhile', () => {
    const one = { ...CLOSED, closers: [mergeOf(456)] };
    const text = LINKED.replace('[ ] Parse', '[x] Parse');
    const seen = worldOf(text, {
      issues: { ...OWN, ...made(12, PLAIN, one) },
      pulls: pull(456, [12]),
    });
    const now = changed(seen, ref(12), { closers: [mergeOf(456), mergeOf(457)] });
    expect(resolved(now, [offered(seen, 'pull-missing', 'add-pulls')], seen).changed).toBe(1);
  });

  it('that never was offered is left', () => {
    const unknown = [
      { kind: 'offered', difference: tick.kind === 'offered' ? tick.difference : '', choice: 99 },
      { kind: 'offered', difference: 'tick-missing nobody', choice: 0 },
      { kind: 'link', difference: 'nobody', issue: ref(40) },
      { kind: 'adopt', difference: 'nobody', item: keyAt(0) },
      { kind: 'match', item: 'nobody', issue: ref(40) },
      { kind: 'unmatch', item: 'nobody' },
    ] as const;
    expect(resolved(closed, unknown).changed).toBe(unknown.length);
  });
});

describe('choices that contradict each other', () => {
  it.each<[string, World, (world: World) => readonly Chosen[]]>([
    [
      'two for one difference',
      worldOf(LINKED, { issues: { ...OWN, ...made(12, PLAIN, CLOSED) } }),
      (world) => [
        offered(world, 'unticked-closed', 'tick'),
        offered(world, 'unticked-closed', 'reopen-issue'),
      ],
    ],
    [
      'two links of one item',
      worldOf(LINKED, { issues: { ...OWN, ...made(50, PLAIN) } }),
      (world) => [
        offered(world, 'doubled', 'relink'),
        { kind: 'match', item: keyAt(0), issue: ref(40) },
      ],
    ],
    [
      'one issue for two items',
      worldOf(LINKED, { issues: OWN }),
      () => [
        { kind: 'match', item: keyAt(0), issue: ref(40) },
        { kind: 'match', item: keyAt(2), issue: ref(40) },
      ],
    ],
    [
      'two states of one issue',
      worldOf(LINKED.replace('[ ] Parse', '[x] Parse'), { issues: { ...OWN, ...made(50, PLAIN) } }),
      (world) => [
        offered(world, 'ticked-open', 'close-issue'),
        offered(world, 'doubled', 'relink'),
      ],
    ],
    [
      'the same twice',
      worldOf(LINKED, { issues: OWN }),
      () => [
        { kind: 'unmatch', item: keyAt(0) },
        { kind: 'unmatch', item: keyAt(0) },
      ],
    ],
  ])('count once: %s', (_, world, chosen) => {
    const { rows, changed: left } = resolved(world, chosen(world));
    expect({ rows: rows.length, left }).toEqual({ rows: 1, left: 1 });
  });

  it('are none where they concern different things of one item', () => {
    const world = worldOf(LINKED, {
      issues: {
        ...OWN,
        ...made(12, PLAIN, { ...CLOSED, title: 'Read times', closers: [mergeOf(456)] }),
      },
      pulls: pull(456, [12]),
    });
    const { rows, changed: left } = resolved(world, [
      offered(world, 'unticked-closed', 'tick'),
      offered(world, 'pull-missing', 'add-pulls'),
      offered(world, 'issue-retitled', 'rename-item'),
    ]);
    expect({ rows: rows.length, left }).toEqual({ rows: 3, left: 0 });
  });

  it('are none where they concern different links of one item', () => {
    const to = [ref(7, 'octo/other'), ref(8, 'octo/other')] as const;
    const world = worldOf('- [ ] Parse dates well (closes #12) (closes #13)\n', {
      issues: {
        ...made(7, undefined, { place: 'octo/other' }),
        ...made(8, undefined, { place: 'octo/other' }),
      },
      moved: { [issueKey(ref(12))]: issueKey(to[0]), [issueKey(ref(13))]: issueKey(to[1]) },
    });
    const followed = [0, 1].map((nth) => offered(world, 'issue-moved', 'relink', nth));
    const { rows, changed: left } = resolved(world, followed);
    expect(left).toBe(0);
    const edits = rows.flatMap(({ change }) => change.edits);
    expect(applyEdits(world.text, edits, { repo: REPO }).markdown).toBe(
      '- [ ] Parse dates well (closes octo/other#7) (closes octo/other#8)\n',
    );
    const match = { kind: 'match', item: itemAt(world.text, 0).key, issue: ref(40) } as const;
    expect(resolved(world, [...followed.slice(0, 1), match]).rows).toHaveLength(1);
  });
});

describe('a match by hand', () => {
  const world = worldOf(LINKED, { issues: { ...OWN, ...free } });
  const lineOf = (of: World, chosen: Parameters<typeof matchConsequence>[1]) =>
    matchConsequence(found(of), chosen)?.line?.after;

  it('puts the issue in the place of the one that is linked', () => {
    const chosen = { kind: 'match', item: keyAt(0), issue: ref(40) } as const;
    expect(lineOf(world, chosen)).toBe('- [ ] Parse dates well (closes #40)');
    expect(only(world, chosen)).toMatchObject({
      choice: 'link',
      edits: [{ kind: 'relink', from: ref(12), to: ref(40) }],
    });
  });

  it('links an item that has no link, whatever could be its issue', () => {
    const bare = worldOf(PLAIN, { issues: { ...OWN, ...free } });
    const chosen = { kind: 'match', item: keyAt(0), issue: ref(40) } as const;
    expect(lineOf(bare, chosen)).toBe('- [ ] Parse dates well (closes #40)');
  });

  it('leaves one of several, and takes the unreadable away', () => {
    const several = worldOf('- [ ] Parse dates well (#40) (closes #41)\n', {
      issues: { ...free, ...made(41, undefined) },
    });
    const match = (issue: number) =>
      lineOf(several, { kind: 'match', item: keyAt(0), issue: ref(issue) });
    expect(match(41)).toBe('- [ ] Parse dates well (closes #41)');
    expect(match(42)).toBe('- [ ] Parse dates well (closes #42)');
    const gone = { ...several, issues: made(41, undefined) };
    expect(lineOf(gone, { kind: 'match', item: keyAt(0), issue: ref(41) })).toBe(
      '- [ ] Parse dates well (closes #41)',
    );
  });

  it('leaves numbers that the item is about, and puts brackets around one that is its own', () => {
    const lineAfter = (text: string, issue: number) =>
      lineOf(worldOf(`- [ ] ${text}\n`, { issues: { ...free, ...made(41, undefined) } }), {
        kind: 'match',
        item: keyAt(0),
        issue: ref(issue),
      });
    expect(lineAfter('Parse dates well #40 (closes #41)', 42)).toBe(
      '- [ ] Parse dates well #40 (closes #42)',
    );
    expect(lineAfter('Parse dates well #40', 42)).toBe('- [ ] Parse dates well #40 (closes #42)');
    expect(lineAfter('Parse dates well #40', 40)).toBe('- [ ] Parse dates well (#40)');
    expect(lineAfter('Parse dates well fix #40', 40)).toContain('#40');
  });

  it('leaves numbers of pull requests and the box as they are', () => {
    const text = '- [x] Parse dates well (closes #12) (#456)\n';
    const done = worldOf(text, {
      issues: { ...made(12, PLAIN, CLOSED), ...free },
      pulls: pull(456, [12]),
    });
    expect(lineOf(done, { kind: 'match', item: keyAt(0), issue: ref(40) })).toBe(
      '- [x] Parse dates well (closes #40) (#456)',
    );
    expect(lineOf(done, { kind: 'unmatch', item: keyAt(0) })).toBe('- [x] Parse dates well (#456)');
  });

  it('is written where the item has its link: in the hidden block', () => {
    const text = `${PLAIN}\n<!-- masterlist:map ${formatMap(new Map([[keyAt(0), ref(12)]]), [], REPO)} -->\n`;
    const block = worldOf(text, { issues: { ...OWN, ...free }, block: true });
    expect(only(block, { kind: 'match', item: keyAt(0), issue: ref(40) })).toMatchObject({
      edits: [],
      map: [[keyAt(0), ref(40)]],
    });
    expect(only(block, { kind: 'unmatch', item: keyAt(0) })).toMatchObject({
      edits: [],
      map: [[keyAt(0), undefined]],
    });
  });

  it('taken away goes from the text and from the hidden block', () => {
    const text = `${LINKED}\n<!-- masterlist:map ${formatMap(new Map([[keyAt(0), ref(40)]]), [], REPO)} -->\n`;
    const block = worldOf(text, { issues: { ...OWN, ...free }, block: true });
    expect(only(block, { kind: 'unmatch', item: keyAt(0) })).toMatchObject({
      edits: [{ kind: 'drop-link', issue: ref(12) }],
      map: [[keyAt(0), undefined]],
    });
  });

  it('cannot be where the words are the link, on another host, or with the checklist itself', () => {
    const words = '- [ ] [Parse dates](https://github.com/octo/plan/issues/12)\n';
    const own = worldOf(words, { issues: { ...made(12, undefined), ...free } });
    const { key } = itemAt(words, 0);
    expect(lineOf(own, { kind: 'match', item: key, issue: ref(40) })).toBeUndefined();
    expect(lineOf(own, { kind: 'unmatch', item: key })).toBeUndefined();
    expect(
      lineOf(world, { kind: 'match', item: keyAt(0), issue: issueOfChecklist(MASTER) }),
    ).toBeUndefined();
    const far = { repo: { ...REPO, host: 'example.com' }, number: 5 };
    expect(lineOf(world, { kind: 'match', item: keyAt(0), issue: far })).toBeUndefined();
    expect(lineOf(world, { kind: 'match', item: keyAt(0), issue: ref(12) })).toBeUndefined();
    expect(lineOf(world, { kind: 'unmatch', item: keyAt(2) })).toBeUndefined();
  });

  it('is left where the item has another issue than was shown', () => {
    const now = edited(world, LINKED.replace('#12', '#40'));
    expect(resolved(now, [{ kind: 'unmatch', item: keyAt(0) }], world).changed).toBe(1);
  });

  it('answers "Link to…" of an item, and of an issue without one', () => {
    const gone = worldOf(LINKED, { issues: { ...made(13, PLAIN, { index: 1 }), ...free } });
    const [lost] = found(gone).plan.differences;
    const link = { kind: 'link', difference: lost?.id ?? '', issue: ref(40) } as const;
    expect(only(gone, link)?.edits).toMatchObject([{ kind: 'relink', to: ref(40) }]);
    const orphaned = worldOf(
      LINKED.replace('- [ ] Third thing here\n', '- [ ] New thing (#40)\n'),
      {
        issues: { ...OWN, ...made(14, PLAIN, { index: 2 }), ...free },
      },
    );
    const orphan = found(orphaned).plan.differences.find((one) => one.finding.kind === 'orphan');
    const { key } = itemAt('- [ ] New thing\n', 0);
    const adopt = { kind: 'adopt', difference: orphan?.id ?? '', item: key } as const;
    expect(resolved(orphaned, [adopt])).toMatchObject({
      changed: 0,
      rows: [{ text: 'New thing (#40)', change: { edits: [{ kind: 'relink', to: ref(14) }] } }],
    });
  });

  it('is not offered where the difference has no "Link to…"', () => {
    const closed = close(world, ref(12), 'completed');
    const [tick] = found(closed).plan.differences;
    const chosen = { kind: 'link', difference: tick?.id ?? '', issue: ref(40) } as const;
    expect(resolved(closed, [chosen]).changed).toBe(1);
  });

  it('made by the rules of the checklist has their style', () => {
    const bare = worldOf(PLAIN, {
      issues: free,
      rules: { ...DEFAULT_RULES, linkStyle: 'parenthesis' },
    });
    expect(lineOf(bare, { kind: 'match', item: keyAt(0), issue: ref(40) })).toBe(
      '- [ ] Parse dates well (#40)',
    );
  });
});
