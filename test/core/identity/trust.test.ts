import { describe, expect, it } from 'vitest';
import { type Claim, claimEdit, heldClaim } from '../../../lib/core/engine/claim.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import {
  authorsInDoubt,
  doubtedOpener,
  type Rights,
  type TrustFacts,
  trustOf,
} from '../../../lib/core/identity/trust.ts';
import { planRows } from '../../../lib/core/plan/plan-rows.ts';
import { issueKey, issueOfChecklist } from '../../../lib/core/refs.ts';
import { issuesByRun } from '../../../lib/core/runs/issues-by-run.ts';
import { DEFAULT_PREFERENCES, DEFAULT_RULES } from '../../../lib/core/settings/settings.ts';
import { planSync } from '../../../lib/core/sync/plan-sync.ts';
import type { Followed } from '../../../lib/core/sync/sync-facts.ts';
import type { Marker } from '../../../lib/core/text/marker.ts';
import { markerFor } from '../../../lib/core/text/marker.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import {
  buildFacts,
  issue as knownIssue,
  MASTER,
  markedBody,
  OPTIONS,
  RUN,
} from '../plan/build-facts.ts';
import { buildChecklist } from '../plan/build-item.ts';
import {
  closed,
  issue,
  merge,
  MASTER as PLAN,
  ref,
  buildFacts as syncFacts,
} from '../sync/build-sync.ts';

/** Somebody, as GitHub shows who wrote an issue, and what it says of her rights when asked. */
interface Person {
  readonly who: string;
  readonly by: Required<Pick<KnownIssue, 'author' | 'authorAssociation'>>;
  /** Missing: GitHub does not say. */
  readonly right?: boolean;
  /** The issues that she writes are in a repository of her own. */
  readonly elsewhere?: true;
  readonly apps?: readonly string[];
  readonly isBelieved: boolean;
}

const PEOPLE: readonly Person[] = [
  { who: 'a stranger', by: { author: 'mallory', authorAssociation: 'NONE' }, isBelieved: false },
  {
    who: 'a read-only collaborator',
    by: { author: 'rita', authorAssociation: 'COLLABORATOR' },
    right: false,
    isBelieved: false,
  },
  {
    who: 'a collaborator whose rights GitHub does not tell',
    by: { author: 'rita', authorAssociation: 'COLLABORATOR' },
    isBelieved: false,
  },
  {
    who: 'a triager',
    by: { author: 'tom', authorAssociation: 'COLLABORATOR' },
    right: true,
    isBelieved: true,
  },
  {
    who: 'a maintainer who left',
    by: { author: 'lea', authorAssociation: 'CONTRIBUTOR' },
    isBelieved: false,
  },
  {
    who: 'a member of another organization, in its repository',
    by: { author: 'otto', authorAssociation: 'MEMBER' },
    elsewhere: true,
    right: false,
    isBelieved: false,
  },
  {
    who: 'the owner of another repository, in it',
    by: { author: 'olga', authorAssociation: 'OWNER' },
    elsewhere: true,
    isBelieved: false,
  },
  {
    who: 'a bot',
    by: { author: 'helper[bot]', authorAssociation: 'NONE' },
    isBelieved: false,
  },
  {
    who: 'a person with the name of an App that the rules trust',
    by: { author: 'helper', authorAssociation: 'NONE' },
    apps: ['helper'],
    isBelieved: false,
  },
  {
    who: 'an App that the rules trust',
    by: { author: 'helper[bot]', authorAssociation: 'NONE' },
    apps: ['Helper'],
    isBelieved: true,
  },
];

const rightsOf = ({ by: { author }, right }: Person): Rights =>
  right === undefined ? {} : { [author]: right };

describe.each(PEOPLE)('$who', (person) => {
  const { by, isBelieved, elsewhere, apps = [] } = person;
  const rights = rightsOf(person);
  const place = elsewhere ? 'theirs/own' : 'octo/plan';

  it('by a marker: links the item of an issue only where she is believed, and always stops creation', () => {
    const { items } = buildChecklist('- [ ] Write docs');
    const [item] = items;
    if (item === undefined) throw new Error('no item');
    const marked = { ...knownIssue(41), ...by, ref: ref(41, place), body: markedBody(item) };
    const facts = buildFacts('- [ ] Write docs', {
      facts: { candidates: [marked], rights, trustedAuthors: apps },
    });
    const [row] = planRows(facts, items, OPTIONS, RUN).rows;
    expect(row?.decision).toBe(isBelieved ? 'link' : 'ask');
    expect(row?.selected).toBe(isBelieved);
  });

  it("by another checklist's marker and the same title: stops creation all the same", () => {
    const { items } = buildChecklist('- [ ] Write docs');
    const [item] = items;
    if (item === undefined) throw new Error('no item');
    const other = { ...MASTER, number: 99 };
    const body = markedBody(item, other);
    const same = { ...knownIssue(41, { title: 'Write docs' }), ...by, ref: ref(41, place), body };
    const facts = buildFacts('- [ ] Write docs', {
      facts: { candidates: [same], rights, trustedAuthors: apps },
    });
    const [row] = planRows(facts, items, OPTIONS, RUN).rows;
    // An issue that is believed to be another checklist's is not this item's.
    expect(row?.decision).toBe(isBelieved ? 'create' : 'ask');
  });

  it('by a marker in one of two issues of an item: ticks nothing unless she is believed', () => {
    const theirs = { ...closed(13, { marker: markerIn(TWO) }), ...by };
    expect(ticks(TWO, [issue(12), theirs])).toBe(isBelieved);
  });

  it("by another checklist's marker in one of two issues: does not make the other the only one", () => {
    const marker = { ...markerIn(TWO), checklist: { ...PLAN, number: 99 } };
    expect(ticks(TWO, [closed(12), { ...issue(13, { marker }), ...by }])).toBe(isBelieved);
  });

  it('by naming the checklist in an issue whose number an item ends in: ticks nothing unless she is believed', () => {
    const names = [issueKey(issueOfChecklist(PLAN))];
    const theirs = { ...closed(12, { names, title: 'Other' }), ...by };
    expect(ticks('- [ ] Talk about it #12', [theirs])).toBe(isBelieved);
  });

  it('by a merged pull request of another repository: writes no number, believed or not', () => {
    const claimed = closed(12, { closers: [merge(1, 9, 'main', 'theirs/own')] });
    const [row] = planSync(
      syncFacts('- [ ] Write docs (closes #12)', { followed: [claimed] }),
    ).rows;
    expect(row?.changes.map(({ kind }) => kind)).toEqual(['tick']);
  });

  it('by a claim in a checklist of hers: holds up a run only where she is believed', () => {
    const facts = { checklist: MASTER, viewer: 'grace', rights, trustedAuthors: apps };
    const doubted = doubtedOpener(by, facts);
    const isHeld =
      isBelieved ||
      (person.right === undefined && by.authorAssociation === 'COLLABORATOR') ||
      by.authorAssociation === 'OWNER';
    for (const claimedBy of [by.author, 'grace'])
      expect(holds(claimedBy, by.author, doubted), claimedBy).toBe(isHeld);
    // What somebody with write rights wrote into her text counts.
    expect(holds('ada', 'ada', doubted)).toBe(true);
  });

  it("by a marker of somebody's run: has its issue closed by an undo only where she is believed", () => {
    const { items } = buildChecklist('- [ ] Write docs');
    const [item] = items;
    if (item === undefined) throw new Error('no item');
    const marked = { ...knownIssue(41), ...by, ref: ref(41, place), body: markedBody(item) };
    const trust = { checklist: MASTER, viewer: 'grace', rights, trustedAuthors: apps };
    expect(issuesByRun([marked], trust).has(RUN)).toBe(isBelieved);
  });

  function ticks(text: string, followed: readonly Followed[]): boolean {
    const moved = followed.map((one) =>
      elsewhere && one.author === by.author ? { ...one, ref: ref(one.ref.number, place) } : one,
    );
    const byNumber = Object.fromEntries(
      moved.map((one) => [issueKey(ref(one.ref.number)), one] as const),
    );
    const facts = syncFacts(text, {
      followed: byNumber,
      rules: { ...DEFAULT_RULES, trustedAuthors: apps },
    });
    const { rows } = planSync({ ...facts, viewer: 'grace', rights });
    return rows.some(({ changes }) => changes.some(({ kind }) => kind === 'tick'));
  }
});

describe('who is believed', () => {
  const facts: TrustFacts = { checklist: MASTER, viewer: 'Grace' };

  it('is the account itself, wherever it writes, and the owner of the repository without a question', () => {
    expect(trustOf({ ref: ref(1, 'a/b'), author: 'grace' }, facts)).toBe('trusted');
    expect(trustOf({ ref: ref(1), author: 'octo', authorAssociation: 'OWNER' }, facts)).toBe(
      'trusted',
    );
  });

  it('is nobody by a name that objects have', () => {
    const rights = { ada: true };
    const by = { ref: ref(1), author: 'constructor', authorAssociation: 'NONE' };
    expect(trustOf(by, { ...facts, rights })).toBe('none');
  });

  it('is asked of GitHub only where somebody says something of the checklist and may have rights', () => {
    const { items } = buildChecklist('- [ ] Write docs');
    const marker = items[0] && markerFor(items[0], MASTER, RUN);
    const says = (author: string, authorAssociation: string, place?: string) => ({
      ref: ref(1, place),
      author,
      authorAssociation,
      marker,
    });
    const all = [
      says('Ann', 'MEMBER'),
      says('ann', 'MEMBER'),
      says('octo', 'OWNER'),
      says('mallory', 'NONE'),
      says('otto', 'NONE', 'theirs/own'),
      says('grace', 'MEMBER'),
      { ...says('silent', 'MEMBER'), marker: undefined },
    ];
    expect(authorsInDoubt(all, facts)).toEqual(['ann', 'otto']);
    expect(authorsInDoubt(all, { ...facts, rights: { ann: false, otto: true } })).toEqual([]);
  });
});

const TWO = '- [ ] #12 Write docs (closes #13)';
const NOW = Date.parse('2026-11-20T12:00:00.000Z');

function markerIn(text: string): Marker {
  const [item] = parseChecklist(text).items;
  if (item === undefined) throw new Error('no item');
  return markerFor(item, PLAN, RUN);
}

/** Whether a claim that somebody wrote into the text counts. */
function holds(by: string, editor: string, doubted: string | undefined): boolean {
  const claim: Claim = { by, at: '2026-11-20T11:59:00.000Z', run: 'X' };
  const edit = claimEdit(claim);
  const text = `- [ ] a\n\n<!-- masterlist:claim ${'content' in edit ? edit.content : ''} -->`;
  const version = (words: string, who: string, id: string) => ({
    id,
    editedAt: '2026-11-20T11:59:00Z',
    editor: who,
    text: words,
  });
  // Somebody else edits around it since.
  const later = version(`- [ ] b\n${text}`, 'ada', '3');
  const history = [later, version(text, editor, '2'), version('- [ ] a', 'ada', '1')];
  const master = { text: later.text, history, doubted };
  return heldClaim(master, NOW, DEFAULT_PREFERENCES.timing) !== undefined;
}
