import { type IssueRef, issueKey, parseRepo, type RepoRef } from '../core/refs.ts';
import type { Followed, MentioningPull, MergedPull } from '../core/sync/sync-facts.ts';
import { parseMarker } from '../core/text/marker.ts';
import { parseChecklist } from '../core/text/parse-checklist.ts';
import type { FollowedNode, StateEventNode } from './followed-query.ts';
import { mergedPull, type PullNode, present } from './pull-node.ts';

/** What a node does not say itself. */
export interface FollowedContext {
  readonly host: string;
  /** Pull requests by the node ids of the commits that they brought. */
  readonly commits: ReadonlyMap<string, readonly PullNode[]>;
}

/** The ids of all commits that closed issues, each once. */
export function commitIds(nodes: readonly (FollowedNode | string)[]): readonly string[] {
  const ids = nodes
    .filter((node) => typeof node !== 'string')
    .flatMap((node) => present(node.stateEvents))
    .map(({ closer }) => (closer?.__typename === 'Commit' ? closer.id : undefined));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** Reads a node as sync sees it; the bodies of issues are read for their markers and, once closed, their open boxes. */
export function followedFrom(
  node: FollowedNode,
  asked: IssueRef,
  context: FollowedContext,
): Followed {
  const { host } = context;
  const isPull = node.__typename === 'PullRequest';
  const state = (node.state ?? node.pullState) === 'OPEN' ? 'open' : 'closed';
  return {
    ref: { repo: repoOf(node, asked.repo), number: node.number },
    kind: isPull ? 'pull-request' : 'issue',
    title: node.title,
    state,
    reason: isPull || state === 'open' ? undefined : reasonOf(node.stateReason),
    closedAt: state === 'open' ? undefined : (node.closedAt ?? undefined),
    reopenedAt: state === 'open' ? reopenedAt(present(node.stateEvents)) : undefined,
    merged: isPull ? mergedPull(node, host) : undefined,
    closers: isPull ? [] : closersOf(node, context),
    mentions: isPull ? [] : mentionsOf(node, host),
    marker: isPull ? undefined : parseMarker(node.body ?? '', host),
    ...(!isPull && state === 'closed' && openBoxesIn(node.body ?? '')),
  };
}

/** The words of the open boxes in an issue's text; nothing where it has none. */
export function openBoxesIn(body: string): Pick<Followed, 'openBoxes'> {
  // Parsing costs more than the rest of an issue: few bodies have boxes.
  if (!/\[[ \t\u00a0\r\n]\]/.test(body)) return {};
  const open = parseChecklist(body).items.filter(({ checked, struck }) => !checked && !struck);
  return open.length === 0 ? {} : { openBoxes: open.map(({ text }) => text) };
}

/** GitHub gives no reason to issues closed before there were reasons; they count as completed. */
export function reasonOf(reason: string | null | undefined): Followed['reason'] {
  if (reason === 'NOT_PLANNED') return 'not-planned';
  return reason === 'DUPLICATE' ? 'duplicate' : 'completed';
}

/** GitHub lists events oldest first. */
function reopenedAt(events: readonly StateEventNode[]): string | undefined {
  const last = events.at(-1);
  return last?.__typename === 'ReopenedEvent' ? last.createdAt : undefined;
}

function closersOf(node: FollowedNode, { host, commits }: FollowedContext): readonly MergedPull[] {
  const closing = present(node.stateEvents).flatMap(({ closer }): readonly Partial<PullNode>[] => {
    if (closer?.__typename === 'Commit') return commits.get(closer.id ?? '') ?? [];
    return closer?.__typename === 'PullRequest' ? [closer] : [];
  });
  const linked: readonly Partial<PullNode>[] = present(node.closedByPullRequestsReferences);
  const pulls = [...linked, ...closing]
    .filter((pull) => mayBeNamed(pull, node))
    .map((pull) => mergedPull(pull, host))
    .filter((pull) => pull !== undefined);
  return eachOnce(pulls);
}

function mentionsOf(node: FollowedNode, host: string): readonly MentioningPull[] {
  const pulls = present(node.mentions).flatMap(({ source }): readonly MentioningPull[] => {
    const pull = source?.__typename === 'PullRequest' ? mergedPull(source, host) : undefined;
    if (pull === undefined || !mayBeNamed(source ?? {}, node)) return [];
    return [{ ...pull, text: `${source?.title ?? ''}\n${source?.body ?? ''}` }];
  });
  return eachOnce(pulls);
}

/** The name of a private repository is not written into a text that more people may read than may know of it. */
function mayBeNamed(pull: Partial<PullNode>, issue: FollowedNode): boolean {
  return pull.repository?.isPrivate !== true || issue.repository.isPrivate === true;
}

function eachOnce<T extends MergedPull>(pulls: readonly T[]): readonly T[] {
  return [...new Map(pulls.map((pull) => [issueKey(pull.ref), pull])).values()];
}

function repoOf(node: FollowedNode, asked: RepoRef): RepoRef {
  return parseRepo(node.repository.nameWithOwner, asked.host) ?? asked;
}
