import type { KnownIssue } from '../identity/issue.ts';
import { isTrusted, type Known } from '../identity/marked-issues.ts';
import { findSameTitles } from '../identity/same-title.ts';
import { issueKey } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import type { Choice } from './difference.ts';
import { type Found, LEAVE } from './found.ts';
import { type ItemContext, isLinked, type ReconcileContext } from './reconcile-context.ts';

/** Issues that no item links but that were, or could be, an item's, per item; `[]` where there are none. */
export function findUnlinked(context: ReconcileContext): readonly (readonly Found[])[] {
  const { items } = context;
  const marked = items.map((one) => byMarker(one, context));
  const titled = byTitle(
    items.filter((one, index) => marked[index] === undefined && isNameless(one)),
    context,
  );
  return items.map(({ item }, index) => {
    const found = marked[index] ?? titled.get(item);
    return found === undefined ? [] : [found];
  });
}

/** Open issues, beside the one that an item links, that were made for it too. */
export function findDoubled(one: ItemContext): readonly Found[] {
  const { item, link, identity } = one;
  const { doubles } = identity;
  if (link === undefined || doubles.length === 0) return [];
  const issue = link.now.ref;
  const refs = doubles.map(({ ref }) => ref);
  return [
    {
      finding: { kind: 'doubled', issue, doubles },
      item,
      detail: refs.map(issueKey).join(' '),
      choices: [
        ...refs.map((ref): Choice => ({ kind: 'close-issue', issue: ref, reason: 'duplicate' })),
        ...refs.map((to): Choice => ({ kind: 'relink', from: link.asked, to })),
        LEAVE,
      ],
    },
  ];
}

/** Open issues of this checklist whose items are gone, each once. `candidates` are shown with the items that they may be of. */
export function findOrphans(
  context: ReconcileContext,
  candidates: ReadonlySet<string>,
): readonly Found[] {
  const { identities, facts } = context;
  return [...identities.marked.orphans.values()].flat().flatMap(({ issue }): readonly Found[] => {
    const { ref, state } = issue;
    const gone = state === 'open' && !isLinked(ref, context) && !candidates.has(issueKey(ref));
    if (!gone || !isTrusted(issue, facts)) return [];
    const close: Choice = { kind: 'close-issue', issue: ref, reason: 'not_planned' };
    return [{ finding: { kind: 'orphan', issue }, choices: [close, { kind: 'link-to' }, LEAVE] }];
  });
}

function byMarker(one: ItemContext, context: ReconcileContext): Found | undefined {
  const { item, following, identity } = one;
  const free = following.kind === 'nothing' || following.kind === 'pulls';
  if (!free || item.struck) return undefined;
  const known = identity.marked;
  if (known.length === 0) return undefined;
  const { facts } = context;
  const trusted = known.filter(({ issue }) => isTrusted(issue, facts));
  const [only, ...more] = trusted;
  const named = more.length === 0 && only?.marker?.item === item.key ? only : undefined;
  // What follows from a closed issue could only be told by another run: the user should see that.
  const safe = named?.issue.state === 'open' ? named : undefined;
  return unlinked(item, 'marker', sorted(known, context), safe?.issue);
}

function sorted(known: readonly Known[], { facts }: ReconcileContext): readonly KnownIssue[] {
  const issues = known.map(({ issue }) => issue);
  return [
    ...issues.filter((issue) => isTrusted(issue, facts)),
    ...issues.filter((issue) => !isTrusted(issue, facts)),
  ];
}

/** Whether an item's issue may be looked for by its title: generating would propose to create one. */
function isNameless({ item, following }: ItemContext): boolean {
  return (
    following.kind === 'nothing' &&
    item.references.length === 0 &&
    !item.struck &&
    !item.checked &&
    item.subject !== ''
  );
}

function byTitle(
  nameless: readonly ItemContext[],
  context: ReconcileContext,
): ReadonlyMap<Item, Found> {
  const { facts, identities } = context;
  const { free } = identities;
  const found = findSameTitles(
    nameless.map(({ title }) => title.title),
    nameless.map(({ front }) => front.prefix),
    free.map(({ issue }) => issue),
    facts.identity,
  );
  return new Map(
    nameless.flatMap(({ item }, place): [Item, Found][] => {
      const issues = found[place]?.issues ?? [];
      const known = free.filter(({ issue }) => issues.includes(issue));
      if (known.length === 0) return [];
      return [[item, unlinked(item, 'title', sorted(known, context), undefined)]];
    }),
  );
}

function unlinked(
  item: Item,
  by: 'marker' | 'title',
  candidates: readonly KnownIssue[],
  safe: KnownIssue | undefined,
): Found {
  const choices = candidates.map(({ ref }): Choice => ({ kind: 'link', issue: ref }));
  const safest = safe === undefined ? undefined : choices[candidates.indexOf(safe)];
  return {
    finding: { kind: 'unlinked', by, candidates },
    item,
    detail: candidates.map(({ ref }) => issueKey(ref)).join(' '),
    choices: [...choices, { kind: 'create-issue' }, LEAVE],
    ...(safest !== undefined && { safe: safest }),
  };
}
