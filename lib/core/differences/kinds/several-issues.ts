import { listInWords } from '../../list-in-words.ts';
import { type IssueRef, issueKey } from '../../refs.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';

interface SeveralIssues {
  readonly kind: 'several-issues';
  readonly candidates: readonly IssueRef[];
}

/** An item links several issues, any of which could be its own. */
export const severalIssues = differenceKind<SeveralIssues>({
  kind: 'several-issues',
  level: 'action',
  find: ({ row }) =>
    (row?.remarks ?? []).flatMap((remark) => {
      if (remark.kind !== 'several-issues') return [];
      const { issues: candidates } = remark;
      const links = candidates.map(
        (issue): Choice => ({ kind: 'link', issue, instead: candidates }),
      );
      return [
        {
          finding: { kind: 'several-issues', candidates },
          detail: candidates.map(issueKey).join(' '),
          choices: [...links, LEAVE],
        },
      ];
    }),
  words: ({ candidates }, name) =>
    `Links ${listInWords(candidates.map(name))}: it is not clear which one it belongs to`,
  issue: () => undefined,
  isSettled: () => false,
  shown: 'always',
});
