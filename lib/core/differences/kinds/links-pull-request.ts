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
    if (following.kind !== 'pulls') return [];
    const [{ asked: pull }] = following.links;
    return [{ finding: { kind: 'links-pull-request', pull }, choices: [LEAVE] }];
  },
  words: ({ pull }, name) => `Links the pull request ${name(pull)} instead of an issue`,
  issue: ({ pull }) => pull,
  isSettled: () => false,
  shown: 'always',
});
