import { isOurs } from '../identity/marked-issues.ts';
import { sameIssue } from '../refs.ts';
import { isRewritable } from '../text/change-link.ts';
import { type Item, itemKey } from '../text/checklist.ts';
import { referencedIssue } from '../text/referenced-issue.ts';
import type { Finding } from './difference.ts';
import { type Found, LEAVE } from './found.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';

/** What is worth knowing about an item, and asks for nothing. */
export function findItemInformation(one: ItemContext, context: ReconcileContext): readonly Found[] {
  const findings = [groupMoved(one, context), halfUnderstood(one, context), pullRequest(one)];
  return findings.flatMap((finding) =>
    finding === undefined ? [] : [{ finding, item: one.item, choices: [LEAVE] }],
  );
}

/** What is worth knowing about the checklist as a whole. */
export function findMasterInformation({ facts, checklist }: ReconcileContext): readonly Found[] {
  const open = checklist.items.filter(({ checked }) => !checked).length;
  const { state, locked } = facts.master;
  if (open === 0) return [];
  const found = (kind: 'master-closed' | 'master-locked'): Found => ({
    finding: { kind, open },
    choices: [LEAVE],
  });
  return [
    ...(state === 'closed' ? [found('master-closed')] : []),
    ...(locked ? [found('master-locked')] : []),
  ];
}

/** The same text under another heading than when the issue was made. */
function groupMoved(one: ItemContext, context: ReconcileContext): Finding | undefined {
  const { item, link, isOwner } = one;
  const marker = link?.now.marker;
  if (link === undefined || marker?.state !== 'v1' || !isOurs(marker, context.facts)) return;
  const stays = marker.item === item.key || marker.text !== item.textHash;
  if (!isOwner || stays || isKeyIn(item.groupHash, marker.item, item)) return;
  const [, from = ''] =
    [...context.groups].find(([group]) => isKeyIn(group, marker.item, item)) ?? [];
  return { kind: 'group-moved', issue: link.now.ref, from };
}

/** Whether a key is that of the item's text in a group; among equal lines places change without anybody moving the item. */
function isKeyIn(groupHash: string, key: string, { textHash }: Item): boolean {
  return ORDINALS.some((ordinal) => key === itemKey({ groupHash, textHash }, ordinal));
}

const ORDINALS = [0, 1, 2, 3];

/** A link that we cannot write again: it has a text of its own, or a form that we do not write. */
function halfUnderstood(
  { item, link, following }: ItemContext,
  { facts, editing }: ReconcileContext,
): Finding | undefined {
  const { repo } = editing;
  const asked = following.kind === 'unreadable' ? following.issue : link?.asked;
  if (asked === undefined) return;
  const reference = item.references.find(
    (one) => one.role === 'link' && sameIssue(referencedIssue(one, repo), asked),
  );
  if (reference === undefined) return;
  const written = facts.master.text.slice(reference.start, reference.end);
  if (isRewritable(written, referencedIssue(reference, repo), repo)) return;
  return { kind: 'half-understood', issue: asked, written };
}

function pullRequest({ following }: ItemContext): Finding | undefined {
  if (following.kind !== 'pulls') return;
  const [first] = following.links;
  return first && { kind: 'links-pull-request', pull: first.asked };
}
