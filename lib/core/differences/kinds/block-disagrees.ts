import { type IssueRef, issueKey } from '../../refs.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';
import { links } from '../reconcile-context.ts';

interface BlockDisagrees {
  readonly kind: 'block-disagrees';
  readonly block: IssueRef;
  readonly text: IssueRef;
}

/** The hidden block names another issue than the item's text. */
export const blockDisagrees = differenceKind<BlockDisagrees>({
  kind: 'block-disagrees',
  level: 'action',
  find: ({ link, written }, { facts }) => {
    const { mapped } = written;
    if (mapped === undefined || link === undefined || !links(link.asked, written)) return [];
    const now = facts.followed[issueKey(mapped)];
    const block = typeof now === 'object' ? now.ref : mapped;
    if (issueKey(block) === issueKey(link.now.ref)) return [];
    const finding = { kind: 'block-disagrees', block: mapped, text: link.asked } as const;
    return [{ finding, choices: [{ kind: 'write-block' }, LEAVE] }];
  },
  words: ({ block, text }, name) => `The hidden block names ${name(block)}, the text ${name(text)}`,
  issue: ({ block }) => block,
  isSettled: () => false,
  shown: 'always',
});
