import { issueKey } from '../refs.ts';
import { type Found, LEAVE } from './found.ts';
import { type ItemContext, links, type ReconcileContext } from './reconcile-context.ts';

/** The hidden block names another issue than the item's text. */
export function findBlock(one: ItemContext, { facts }: ReconcileContext): readonly Found[] {
  const { item, link, written } = one;
  const { mapped } = written;
  if (mapped === undefined || link === undefined || !links(link.asked, written)) return [];
  const now = facts.followed[issueKey(mapped)];
  const block = typeof now === 'object' ? now.ref : mapped;
  if (issueKey(block) === issueKey(link.now.ref)) return [];
  return [
    {
      finding: { kind: 'block-disagrees', block: mapped, text: link.asked },
      item,
      choices: [{ kind: 'write-block' }, LEAVE],
    },
  ];
}
