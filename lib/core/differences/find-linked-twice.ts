import { issueKey } from '../refs.ts';
import { type Found, LEAVE } from './found.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';

/** An issue that an item links although it is another's. */
export function findLinkedTwice(one: ItemContext, { items }: ReconcileContext): readonly Found[] {
  const { item, link, isOwner } = one;
  if (link === undefined || isOwner) return [];
  const key = issueKey(link.now.ref);
  const others = items.filter(
    (other) => other !== one && other.link !== undefined && issueKey(other.link.now.ref) === key,
  );
  return [
    {
      finding: {
        kind: 'issue-shared',
        issue: link.asked,
        others: others.map((other) => other.item.subject || other.item.text),
      },
      item,
      choices: [
        { kind: 'remove-link', issue: link.asked },
        { kind: 'link-to' },
        { kind: 'create-issue' },
        LEAVE,
      ],
    },
  ];
}
