import { isOurs, ourMarker } from '../../identity/marked-issues.ts';
import type { IssueRef } from '../../refs.ts';
import { type Item, itemKey } from '../../text/checklist.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';

interface GroupMoved {
  readonly kind: 'group-moved';
  readonly issue: IssueRef;
  /** The label of the group that it was in; '' where that is gone. */
  readonly from: string;
}

/** The same text under another heading than when the issue was created. */
export const groupMoved = differenceKind<GroupMoved>({
  kind: 'group-moved',
  level: 'info',
  find: ({ item, link, isOwner }, { facts, groups }) => {
    const marker = link && ourMarker(link.now);
    if (link === undefined || marker === undefined || !isOurs(marker, facts)) return [];
    const isSame = marker.item === item.key || marker.text !== item.textHash;
    if (!isOwner || isSame || isKeyIn(item.groupHash, marker.item, item)) return [];
    const [, from = ''] = [...groups].find(([group]) => isKeyIn(group, marker.item, item)) ?? [];
    return [{ finding: { kind: 'group-moved', issue: link.now.ref, from }, choices: [LEAVE] }];
  },
  words: ({ issue, from }, name) =>
    from === ''
      ? `Moved to another group since ${name(issue)} was created`
      : `Moved here from "${from}" since ${name(issue)} was created`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});

/** Whether a key is that of the item's text in a group; equal lines may have changed places without anybody moving the item. */
function isKeyIn(groupHash: string, key: string, { textHash }: Item): boolean {
  return ORDINALS.some((ordinal) => key === itemKey({ groupHash, textHash }, ordinal));
}

const ORDINALS = [0, 1, 2, 3];
