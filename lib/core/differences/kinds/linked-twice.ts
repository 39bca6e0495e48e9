import { listInWords } from '../../list-in-words.ts';
import { type IssueRef, issueKey } from '../../refs.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';

/** Two items link one issue. */
interface IssueShared {
  readonly kind: 'issue-shared';
  readonly issue: IssueRef;
  /** The other items' words. */
  readonly others: readonly string[];
}

/** An issue that an item links although it is another item's. */
export const issueShared = differenceKind<IssueShared>({
  kind: 'issue-shared',
  level: 'action',
  find: (one, { items }) => {
    const { link, isOwner } = one;
    if (link === undefined || isOwner) return [];
    const key = issueKey(link.now.ref);
    const others = items.filter(
      (other) => other !== one && other.link !== undefined && issueKey(other.link.now.ref) === key,
    );
    const { asked: issue } = link;
    const words = others.map(({ item }) => item.title || item.text);
    return [
      {
        finding: { kind: 'issue-shared', issue, others: words },
        choices: [
          { kind: 'remove-link', issue },
          { kind: 'link-to' },
          { kind: 'create-issue', instead: issue },
          LEAVE,
        ],
      },
    ];
  },
  words: ({ issue, others }, name) =>
    `${name(issue)} is linked by another item too: ${listInWords(others.map((text) => `"${text}"`))}`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});
