import { describe, expect, test } from 'vitest';
import { issuesToAsk } from '../../../lib/core/identity/asked-issues.ts';
import { formatMap, parseMap, readMap } from '../../../lib/core/identity/identity-map.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import {
  decideByIdentity,
  identifyForPlan,
  mentionsToReview,
} from '../../../lib/core/plan/decide-by-identity.ts';
import type { GenerationFacts } from '../../../lib/core/plan/plan-generation.ts';
import { issueChecklist } from '../../../lib/core/refs.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import { buildFacts, issue, MASTER, markedBody, REPO } from '../plan/build-facts.ts';
import { buildChecklist } from '../plan/build-item.ts';

const OTHER = issueChecklist({ repo: REPO, number: 3 });

function find(
  markdown: string,
  known: {
    readonly referenced?: readonly KnownIssue[];
    readonly candidates?: (items: readonly Item[]) => readonly KnownIssue[];
  },
) {
  const { items } = buildChecklist(markdown);
  const facts = buildFacts(markdown, {
    referenced: known.referenced ?? [],
    facts: { candidates: known.candidates?.(items) ?? [] },
  });
  return identify(facts, items);
}

/** What generating decides about the items by their identities, and what is left. */
function identify(facts: GenerationFacts, items: readonly Item[]) {
  const identities = identifyForPlan(facts, items);
  return {
    findings: items.map((item, index) => {
      const one = identities.items[index];
      return one && decideByIdentity(item, one, facts);
    }),
    mentions: items.map((item) => mentionsToReview(item, facts)),
    free: identities.free.map(({ issue }) => issue),
  };
}

function summary(markdown: string, known: Parameters<typeof find>[1]) {
  return find(markdown, known).findings.map(
    (finding) =>
      finding && [
        finding.decision,
        finding.reason.kind,
        'issue' in finding.reason ? finding.reason.issue.number : undefined,
        finding.candidates.map(({ ref }) => ref.number),
      ],
  );
}

function marked(number: number, item: Item | undefined, changes: Partial<KnownIssue> = {}) {
  if (item === undefined) throw new Error('no such item');
  return issue(number, { body: markedBody(item), ...changes });
}

describe('an item whose text links an issue', () => {
  test('is linked when GitHub says that it is an issue', () => {
    expect(summary('- [ ] Write docs (#12)', { referenced: [issue(12)] })).toEqual([
      ['skip', 'linked', 12, []],
    ]);
  });

  test('is linked to a pull request when that is what the number is', () => {
    const referenced = [issue(12, { kind: 'pull-request' })];
    const [finding] = find('- [ ] Write docs (#12)', { referenced }).findings;
    expect(finding?.reason).toEqual({
      kind: 'linked',
      issue: { repo: REPO, number: 12 },
      pullRequest: true,
    });
  });

  test('needs the user when GitHub does not show the issue', () => {
    expect(summary('- [ ] Write docs (#12)', {})).toEqual([['ask', 'link-unreadable', 12, []]]);
  });

  test('is linked when it links two issues', () => {
    const changes = { 0: { references: bothLinks() } };
    const { items } = buildChecklist('- [ ] Write docs #12 #13', changes);
    const facts = buildFacts('', { referenced: [issue(12), issue(13)] });
    const [finding] = identify(facts, items).findings;
    expect(finding?.reason).toMatchObject({ kind: 'linked', issue: { number: 12 } });
  });

  test('takes the issue and not the pull request that stands beside it', () => {
    const changes = { 0: { references: bothLinks() } };
    const { items } = buildChecklist('- [ ] Write docs #12 #13', changes);
    const facts = buildFacts('', {
      referenced: [issue(12, { kind: 'pull-request' }), issue(13)],
    });
    const [finding] = identify(facts, items).findings;
    expect(finding?.reason).toMatchObject({ kind: 'linked', issue: { number: 13 } });
  });

  test('keeps it although the marker names an item that was renamed since', () => {
    const old = { key: 'aaaa', textHash: 'bbbb' };
    const referenced = [issue(12, { body: markedBody(old) })];
    expect(summary('- [ ] New words (#12)', { referenced })).toEqual([['skip', 'linked', 12, []]]);
  });

  test('is recognised as a pasted copy when the issue belongs to another checklist, open or closed', () => {
    for (const state of ['open', 'closed'] as const) {
      const body = markedBody({ key: 'aaaa', textHash: 'bbbb' }, OTHER);
      expect(
        summary('- [ ] Write docs (closes #12)', { referenced: [issue(12, { body, state })] }),
      ).toEqual([['ask', 'other-checklist', 12, []]]);
    }
  });

  test('needs the user when all its links are issues of another checklist: it was pasted with them', () => {
    const { items } = buildChecklist('- [ ] Write docs', {});
    const two = items.map((item) => ({ ...item, references: bothLinks() }));
    const body = markedBody({ key: 'aaaa', textHash: 'bbbb' }, OTHER);
    const facts = buildFacts('', { referenced: [issue(12, { body }), issue(13, { body })] });
    const [finding] = identify(facts, two).findings;
    expect(finding).toMatchObject({
      decision: 'ask',
      reason: { kind: 'other-checklist', issue: { number: 12 } },
    });
  });

  test('has its own issue beside the link that it was pasted with, or that it shares', () => {
    const { items } = buildChecklist('- [ ] Write docs', {});
    const two = items.map((item) => ({ ...item, references: bothLinks() }));
    const of = (first: Partial<KnownIssue>) => {
      const referenced = [issue(12, first), marked(13, items[0])];
      return identify(buildFacts('', { referenced }), two).findings[0]?.reason;
    };
    const linked = { kind: 'linked', issue: { number: 13 } };
    expect(of({ body: markedBody({ key: 'aaaa', textHash: 'bbbb' }, OTHER) })).toMatchObject(
      linked,
    );
    expect(of({})).toMatchObject(linked);
  });

  test('keeps an issue that an undone run of another checklist made', () => {
    const body = markedBody({ key: 'aaaa', textHash: 'bbbb' }, OTHER, 'undone');
    expect(summary('- [ ] Write docs (#12)', { referenced: [issue(12, { body })] })).toEqual([
      ['skip', 'linked', 12, []],
    ]);
  });

  test('needs the user when an item before it links the same issue', () => {
    expect(
      summary('- [ ] Write docs (#12)\n- [ ] Read docs (#12)', { referenced: [issue(12)] }),
    ).toEqual([
      ['skip', 'linked', 12, []],
      ['ask', 'linked-twice', 12, [12]],
    ]);
  });

  test('is the owner of an issue that two items link when the marker names it', () => {
    const markdown = '- [ ] Write docs (#12)\n- [ ] Read docs (#12)';
    const { items } = buildChecklist(markdown);
    expect(summary(markdown, { referenced: [marked(12, items[1])] })).toEqual([
      ['ask', 'linked-twice', 12, [12]],
      ['skip', 'linked', 12, []],
    ]);
  });

  test('shows an open double of its issue, and forgets it once it is closed', () => {
    const markdown = '- [ ] Write docs (#12)';
    const { items } = buildChecklist(markdown);
    const double = (state: 'open' | 'closed') => ({
      referenced: [marked(12, items[0])],
      candidates: () => [marked(13, items[0], { state })],
    });
    expect(summary(markdown, double('open'))).toEqual([
      ['ask', 'two-candidates', undefined, [12, 13]],
    ]);
    expect(summary(markdown, double('closed'))).toEqual([['skip', 'linked', 12, []]]);
  });

  test('never takes the master itself for its issue', () => {
    const found = find('- [ ] See above #7', { referenced: [issue(7)] });
    expect(found.findings).toEqual([undefined]);
    expect(found.mentions).toEqual([[MASTER]]);
  });

  test('shows a discussion for review only', () => {
    const { items } = buildChecklist('- [ ] Talk #12');
    const [reference] = items[0]?.references ?? [];
    if (reference === undefined) throw new Error('no reference');
    const talk = items.map((item) => ({
      ...item,
      references: [{ ...reference, form: 'url' as const, urlKind: 'discussions' as const }],
    }));
    expect(identify(buildFacts(''), talk).findings).toEqual([undefined]);
    expect(issuesToAsk(talk, MASTER)).toEqual([]);
  });
});

describe('an item without a link', () => {
  const markdown = '- [ ] Write docs';

  test('is nobody when no marker names it', () => {
    expect(summary(markdown, { candidates: () => [issue(12)] })).toEqual([undefined]);
  });

  test('links the one issue whose marker names it, in whatever state', () => {
    for (const state of ['open', 'closed'] as const)
      expect(summary(markdown, { candidates: ([item]) => [marked(12, item, { state })] })).toEqual([
        ['link', 'marked', 12, [12]],
      ]);
  });

  test('links an issue of the token user herself, whatever her association', () => {
    const own = { author: 'Grace', authorAssociation: 'NONE' };
    expect(summary(markdown, { candidates: ([item]) => [marked(12, item, own)] })).toEqual([
      ['link', 'marked', 12, [12]],
    ]);
  });

  test('needs the user when a stranger wrote the marker', () => {
    const stranger = { author: 'mallory', authorAssociation: 'NONE' };
    const [finding] = find(markdown, {
      candidates: ([item]) => [marked(12, item, stranger)],
    }).findings;
    expect(finding?.decision).toBe('ask');
    expect(finding?.reason).toMatchObject({ kind: 'untrusted-marker', author: 'mallory' });
  });

  test('links the trusted issue although strangers copied its marker', () => {
    const stranger = { author: 'mallory', authorAssociation: 'CONTRIBUTOR' };
    expect(
      summary(markdown, { candidates: ([item]) => [marked(12, item, stranger), marked(13, item)] }),
    ).toEqual([['link', 'marked', 13, [12, 13]]]);
  });

  test('needs the user when GitHub made its issue twice', () => {
    expect(
      summary(markdown, { candidates: ([item]) => [marked(12, item), marked(13, item)] }),
    ).toEqual([['ask', 'two-candidates', undefined, [12, 13]]]);
  });

  test('ignores markers of undone runs, of other checklists and in pull requests', () => {
    expect(
      summary(markdown, {
        candidates: ([item]) =>
          item === undefined
            ? []
            : [
                issue(12, { body: markedBody(item, MASTER, 'undone') }),
                issue(13, { body: markedBody(item, OTHER) }),
                marked(14, item, { kind: 'pull-request' }),
              ],
      }),
    ).toEqual([undefined]);
  });

  test('needs the user when another item already links the issue whose marker names it', () => {
    const two = '- [ ] Write docs\n- [ ] Read docs (#12)';
    const { items } = buildChecklist(two);
    expect(summary(two, { referenced: [marked(12, items[0])] })).toEqual([
      ['ask', 'linked-twice', 12, [12]],
      ['skip', 'linked', 12, []],
    ]);
  });

  test('links the issue that was made for its text under another heading', () => {
    const before = buildChecklist('# Old\n- [ ] Write docs').items[0];
    expect(summary(`# New\n${markdown}`, { candidates: () => [marked(12, before)] })).toEqual([
      ['link', 'marked', 12, [12]],
    ]);
  });

  test('asks about it where another item links it by now', () => {
    const before = buildChecklist('# Old\n- [ ] Write docs').items[0];
    const now = '- [ ] Write docs\n- [ ] Renamed docs (#12)';
    expect(summary(now, { referenced: [marked(12, before)] })).toEqual([
      ['ask', 'linked-twice', 12, [12]],
      ['skip', 'linked', 12, []],
    ]);
  });

  test('compares repositories of markers without regard to case', () => {
    const loud = issueChecklist({ repo: { ...REPO, owner: 'OCTO' }, number: 7 });
    const { items } = buildChecklist(markdown);
    const body = items[0] === undefined ? '' : markedBody(items[0], loud);
    expect(summary(markdown, { candidates: () => [issue(12, { body })] })).toEqual([
      ['link', 'marked', 12, [12]],
    ]);
  });
});

describe('mentions', () => {
  test('are kept for review when GitHub knows them or they point elsewhere', () => {
    const found = find('- [ ] Ask (#5) about it\n- [ ] Ask o/r#5 about it', {
      referenced: [issue(5)],
    });
    expect(found.mentions.map((list) => list.map(({ number }) => number))).toEqual([[5], [5]]);
  });

  test('are plain text when the repository has no such number', () => {
    expect(find('- [ ] Say "Closes #123" in it', {}).mentions).toEqual([[]]);
  });
});

describe('issues of nobody', () => {
  test('leave out linked, marked and foreign ones', () => {
    const markdown = '- [ ] Write docs (#12)\n- [ ] Read docs';
    const { items } = buildChecklist(markdown);
    const { free } = find(markdown, {
      referenced: [issue(12)],
      candidates: () => [
        issue(20),
        marked(21, items[1]),
        issue(22, { body: markedBody({ key: 'aaaa', textHash: 'bbbb' }, OTHER) }),
        issue(7),
      ],
    });
    expect(free.map(({ ref }) => ref.number)).toEqual([20]);
  });
});

describe('the hidden map', () => {
  const far = { repo: { ...REPO, name: 'far' }, number: 5 };

  test('reads what it wrote', () => {
    const map = new Map([
      ['bbbb', { repo: REPO, number: 12 }],
      ['aaaa', far],
    ]);
    const content = formatMap(map, [], REPO);
    expect(content).toBe('aaaa=octo/far#5 bbbb=12');
    expect([...parseMap(content, [], REPO).entries.values()]).toEqual([far, map.get('bbbb')]);
  });

  test('leaves out what is malformed or stands twice', () => {
    expect([...parseMap('a=1 b= =2 c=x d=0 a=2 - [ ] e=9', [], REPO).entries.keys()]).toEqual([
      'e.',
    ]);
  });

  test('is found at the end of the text, the last one counting', () => {
    const text = 'x\n<!-- masterlist:map a=1 -->\n<!-- masterlist:map a=2 -->\n';
    expect(readMap(text, [], REPO).entries.get('a.')?.number).toBe(2);
    expect(readMap('no map', [], REPO).entries.size).toBe(0);
  });

  test('links an item whose text has no link, wherever new links are written', () => {
    const { items } = buildChecklist('- [ ] Write docs');
    const markdown = `- [ ] Write docs\n\n<!-- masterlist:map ${items[0]?.key}=12 -->`;
    const known = { referenced: [issue(12)] };
    expect(summary(markdown, known)).toEqual([['skip', 'linked', 12, []]]);
    expect(issuesToAsk(items, MASTER, readMap(markdown, items, REPO))).toEqual([
      { repo: REPO, number: 12 },
    ]);
  });
});

test('GitHub is asked once for each number, and never for the master or another host', () => {
  const { items } = buildChecklist('- [ ] A (#12)\n- [ ] B (#12)\n- [ ] C #7\n- [ ] D o/r#12');
  expect(issuesToAsk(items, MASTER).map(({ repo, number }) => `${repo.owner}#${number}`)).toEqual([
    'octo#12',
    'o#12',
  ]);
});

function bothLinks(): Item['references'] {
  const { items } = buildChecklist('- [ ] Write docs #12\n- [ ] Write docs #13');
  return items.flatMap(({ references }) => references);
}
