import { type IssueRef, sameRepo } from '../../refs.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';

/** Deleted, without access, or turned into a discussion: GitHub answers alike. */
interface IssueGone {
  readonly kind: 'issue-gone';
  readonly issue: IssueRef;
  readonly guess: 'deleted' | 'no-access';
}

const GUESSES = {
  deleted: 'it was probably deleted or turned into a discussion',
  'no-access': 'the token probably may not read that repository',
};

/** GitHub does not show the issue that an item links, as sync remarks. */
export const issueGone = differenceKind<IssueGone>({
  kind: 'issue-gone',
  level: 'action',
  find: ({ row }, { editing }) =>
    (row?.remarks ?? []).flatMap((remark) => {
      if (remark.kind !== 'unreadable') return [];
      const { issue } = remark;
      const guess = sameRepo(issue.repo, editing.repo) ? 'deleted' : 'no-access';
      return [
        {
          finding: { kind: 'issue-gone', issue, guess },
          choices: [
            { kind: 'remove-link', issue },
            { kind: 'link-to' },
            { kind: 'create-issue', instead: issue },
            LEAVE,
          ],
        },
      ];
    }),
  words: ({ issue, guess }, name) => `GitHub does not show ${name(issue)}: ${GUESSES[guess]}`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});
