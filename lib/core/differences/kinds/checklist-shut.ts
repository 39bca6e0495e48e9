import { countNoun } from '../../count-noun.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind, type Found } from '../kind.ts';
import type { PlanContext } from '../reconcile-context.ts';

interface ChecklistShut<Kind> {
  readonly kind: Kind;
  /** How many items are not ticked. */
  readonly open: number;
}

/** The checklist's issue was closed with open items. */
export const masterClosed = differenceKind<ChecklistShut<'master-closed'>>({
  kind: 'master-closed',
  level: 'info',
  findInAll: (context) =>
    context.facts.master.state === 'closed' ? withOpenItems('master-closed', context) : [],
  words: ({ open }) => `The checklist's issue is closed, with ${countNoun(open, 'open item')}`,
  issue: () => undefined,
  isSettled: () => false,
  shown: 'always',
});

/** The checklist's issue is locked, with open items. */
export const masterLocked = differenceKind<ChecklistShut<'master-locked'>>({
  kind: 'master-locked',
  level: 'info',
  findInAll: (context) =>
    context.facts.master.locked ? withOpenItems('master-locked', context) : [],
  words: ({ open }) => `The checklist's issue is locked, with ${countNoun(open, 'open item')}`,
  issue: () => undefined,
  isSettled: () => false,
  shown: 'always',
});

function withOpenItems<Kind>(
  kind: Kind,
  { checklist }: PlanContext,
): readonly Found<ChecklistShut<Kind>>[] {
  const open = checklist.items.filter(({ checked }) => !checked).length;
  return open === 0 ? [] : [{ finding: { kind, open }, choices: [LEAVE] }];
}
