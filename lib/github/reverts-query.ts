/** How a pull request is asked for those that revert it: GitHub has no field for it, only mentions in its timeline. */

import { issueKey, sameRepo } from '../core/refs.ts';
import type { MergedPull } from '../core/sync/sync-facts.ts';
import { type MentionNode, mergedPull, type Nodes, type PullNode, present } from './pull-node.ts';
import { revertedByText } from './revert-words.ts';

/** Selects the newest mentions of a pull request. Needs the fragment `Pull`; one connection. */
export function selectMentioning(last: number): string {
  return `
fragment Mentioning on PullRequest {
  mentioning: timelineItems(last: ${last}, itemTypes: [CROSS_REFERENCED_EVENT]) {
    pageInfo { hasPreviousPage }
    nodes {
      ... on CrossReferencedEvent { source { __typename ... on PullRequest { title body ...Pull } } }
    }
  }
}`;
}

/** What `Pull` and `Mentioning` read. */
export type MentionedPullNode = Partial<PullNode> & {
  readonly mentioning?: (Nodes<MentionNode> & { readonly pageInfo?: PageInfo }) | null;
};

interface PageInfo {
  readonly hasPreviousPage: boolean;
}

/** Whether a pull request has older mentions than were read. */
export function hasMoreMentions(node: MentionedPullNode): boolean {
  return node.mentioning?.pageInfo?.hasPreviousPage === true;
}

/**
 * The merged pull requests that say that they revert a merged one, oldest mention first. Only those of its own repository
 * into the same branch, merged after it, can have undone it.
 */
export function revertersIn(node: MentionedPullNode, host: string): readonly MergedPull[] {
  const pull = mergedPull(node, host);
  if (pull === undefined) return [];
  return present(node.mentioning).flatMap(({ source }): readonly MergedPull[] => {
    const other = source?.__typename === 'PullRequest' ? mergedPull(source, host) : undefined;
    if (other === undefined || !mayUndo(other, pull)) return [];
    const { title = '', body = '' } = source ?? {};
    return revertedByText({ title, body }, other.ref.repo).has(issueKey(pull.ref)) ? [other] : [];
  });
}

function mayUndo(other: MergedPull, pull: MergedPull): boolean {
  const later = Date.parse(other.mergedAt) >= Date.parse(pull.mergedAt);
  return later && other.base === pull.base && sameRepo(other.ref.repo, pull.ref.repo);
}
