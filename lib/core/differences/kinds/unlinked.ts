import type { KnownIssue } from '../../identity/issue.ts';
import type { Known } from '../../identity/marked-issues.ts';
import { findSameTitles } from '../../identity/same-title.ts';
import { isTrusted } from '../../identity/trust.ts';
import { listInWords } from '../../list-in-words.ts';
import { otherTitles } from '../../plan/title.ts';
import { issueKey } from '../../refs.ts';
import { trustFor } from '../../sync/plan-sync.ts';
import type { Item } from '../../text/checklist.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';
import type { Candidates, ItemContext, ReconcileContext } from '../reconcile-context.ts';

interface Unlinked {
  readonly kind: 'unlinked';
  readonly by: 'marker' | 'title';
  readonly candidates: readonly KnownIssue[];
}

/** The item links nothing, but an issue was created for it or has its title. */
export const unlinked = differenceKind<Unlinked>({
  kind: 'unlinked',
  level: 'action',
  find: ({ item }, context) => {
    const found = context.candidates.get(item);
    if (found === undefined) return [];
    const { by, issues: candidates, safe } = found;
    const links = candidates.map(({ ref }): Choice => ({ kind: 'link', issue: ref, instead: [] }));
    const safest = safe && links[candidates.indexOf(safe)];
    return [
      {
        finding: { kind: 'unlinked', by, candidates },
        detail: candidates.map(({ ref }) => issueKey(ref)).join(' '),
        choices: [...links, { kind: 'create-issue', instead: undefined }, LEAVE],
        ...(safest && { safe: safest }),
        alike: candidates,
      },
    ];
  },
  words: ({ by, candidates }, name) => {
    const named = listInWords(candidates.map(({ ref }) => name(ref)));
    const one = candidates.length === 1;
    return by === 'marker'
      ? `Links no issue, but ${named} ${one ? 'was' : 'were'} created for it`
      : `Links no issue, but ${named} ${one ? 'has' : 'have'} its title`;
  },
  issue: () => undefined,
  isSettled: () => false,
  shown: 'always',
});

/** Issues that no item links but that were, or could be, an item's; only of items that have some. */
export function findCandidates(context: ReconcileContext): ReadonlyMap<Item, Candidates> {
  const found = new Map<Item, Candidates>();
  for (const one of context.items) {
    const marked = byMarker(one, context);
    if (marked !== undefined) found.set(one.item, marked);
  }
  const nameless = context.items.filter((one) => !found.has(one.item) && isNameless(one));
  return new Map([...found, ...byTitle(nameless, context)]);
}

function byMarker(one: ItemContext, context: ReconcileContext): Candidates | undefined {
  const { item, following, identity } = one;
  const free = following.kind === 'nothing' || following.kind === 'pulls';
  if (!free || item.struck) return undefined;
  const known = identity.marked;
  if (known.length === 0) return undefined;
  const trusted = known.filter(({ issue }) => isTrusted(issue, trustFor(context.facts)));
  const [only, ...more] = trusted;
  const named = more.length === 0 && !identity.moved ? only?.issue : undefined;
  // What follows from a closed issue could only be found by another look: the user should see that.
  const safe = named?.state === 'open' ? named : undefined;
  return { by: 'marker', issues: sorted(known, context), safe };
}

/** Those of people with a say come first. */
function sorted(known: readonly Known[], { facts }: ReconcileContext): readonly KnownIssue[] {
  const issues = known.map(({ issue }) => issue);
  return [
    ...issues.filter((issue) => isTrusted(issue, trustFor(facts))),
    ...issues.filter((issue) => !isTrusted(issue, trustFor(facts))),
  ];
}

/** Whether an item's issue may be looked for by its title: generating would propose to create one. */
function isNameless({ item, following }: ItemContext): boolean {
  return (
    following.kind === 'nothing' &&
    item.references.length === 0 &&
    !item.struck &&
    !item.checked &&
    item.title !== ''
  );
}

function byTitle(
  nameless: readonly ItemContext[],
  context: ReconcileContext,
): ReadonlyMap<Item, Candidates> {
  const { facts, identities } = context;
  const { free } = identities;
  const found = findSameTitles(
    nameless.map(({ item, title }) => [title.title, ...otherTitles(item)]),
    nameless.map(({ front }) => front.prefix),
    free.map(({ issue }) => issue),
    facts.identity,
  );
  return new Map(
    nameless.flatMap(({ item }, index): [Item, Candidates][] => {
      const issues = found[index]?.issues ?? [];
      const known = free.filter(({ issue }) => issues.includes(issue));
      if (known.length === 0) return [];
      return [[item, { by: 'title', issues: sorted(known, context), safe: undefined }]];
    }),
  );
}
