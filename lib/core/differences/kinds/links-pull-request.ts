import type { IssueRef } from '../../refs.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';

interface LinksPullRequest {
  readonly kind: 'links-pull-request';
  readonly pull: IssueRef;
}

/** An item that links a pull request instead of an issue. */
export const linksPullRequest = differenceKind<LinksPullRequest>({
  kind: 'links-pull-request',
  level: 'info',
  find: ({ following }) => {
    const [first] = following.kind === 'pulls' ? following.links : [];
    if (first === undefined) return [];
    return [{ finding: { kind: 'links-pull-request', pull: first.asked }, choices: [LEAVE] }];
  },
  words: ({ pull }, name) => `Links the pull request ${name(pull)} instead of an issue`,
  issue: ({ pull }) => pull,
  isSettled: () => false,
  shown: 'always',
});
