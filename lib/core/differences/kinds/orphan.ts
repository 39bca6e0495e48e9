import type { KnownIssue } from '../../identity/issue.ts';
import { isTrusted } from '../../identity/trust.ts';
import { issueKey } from '../../refs.ts';
import { trustFor } from '../../sync/plan-sync.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind, type Found } from '../kind.ts';
import { isLinked, type PlanContext } from '../reconcile-context.ts';

interface Orphan {
  readonly kind: 'orphan';
  readonly issue: KnownIssue;
}

/** The issue of an item that was removed is still open. */
export const orphan = differenceKind<Orphan>({
  kind: 'orphan',
  level: 'action',
  findInAll: findOrphans,
  words: ({ issue }, name) =>
    `${name(issue.ref)} is open, but its item is not in the checklist any more`,
  issue: ({ issue }) => issue.ref,
  isSettled: () => false,
  shown: 'always',
});

/** Each once. Those that an item could link are shown with that item. */
function findOrphans(context: PlanContext): readonly Found<Orphan>[] {
  const { identities, facts, candidates } = context;
  const offered = new Set(
    [...candidates.values()].flatMap(({ issues }) => issues).map(({ ref }) => issueKey(ref)),
  );
  return [...identities.marked.orphans].flatMap(({ issue }) => {
    const { ref, state, title: text } = issue;
    const gone = state === 'open' && !isLinked(ref, context) && !offered.has(issueKey(ref));
    if (!gone || !isTrusted(issue, trustFor(facts))) return [];
    const finding = { kind: 'orphan', issue } as const;
    const close = { kind: 'close-issue', issue: ref, reason: 'not_planned' } as const;
    return [{ finding, text, choices: [close, { kind: 'link-to' }, LEAVE] }];
  });
}
