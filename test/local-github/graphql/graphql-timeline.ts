import type { EmulateRepo } from '../data/emulate-base.ts';
import { closingIssues } from '../data/pulls.ts';
import { labelsOf, milestonesOf } from '../rest/rest-shapes.ts';
import { visibleEvents } from '../rest/rest-timeline.ts';
import { timestamp } from '../timestamps.ts';
import type { EventDetail, StoredEvent, StoredIssue } from '../types.ts';
import { commitObject } from './graphql-commit-object.ts';
import type { PageArguments } from './graphql-connection.ts';
import { commentObject, subjectObject } from './graphql-issue.ts';
import { actorObject, type GraphqlContext, labelObject } from './graphql-objects.ts';
import { closerObject, readable } from './graphql-pulls.ts';

/** Arguments of `timelineItems`. */
export interface ItemArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
}

const TYPE_NAMES: Readonly<Record<EventDetail['kind'], string>> = {
  closed: 'ClosedEvent',
  merged: 'MergedEvent',
  connected: 'ConnectedEvent',
  reopened: 'ReopenedEvent',
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  milestoned: 'MilestonedEvent',
  demilestoned: 'DemilestonedEvent',
  assigned: 'AssignedEvent',
  unassigned: 'UnassignedEvent',
  renamed: 'RenamedTitleEvent',
  locked: 'LockedEvent',
  unlocked: 'UnlockedEvent',
  'cross-referenced': 'CrossReferencedEvent',
  transferred: 'TransferredEvent',
};

/** The items of an issue's timeline that the viewer may see, oldest first. */
export function timelineItems(
  context: GraphqlContext,
  issue: StoredIssue,
  repo: EmulateRepo,
  args: ItemArguments,
): object[] {
  const events = visibleEvents(context.world, context, issue).map((event) => ({
    at: event.at,
    type: TYPE_NAMES[event.detail.kind],
    make: () => eventObject(context, event, issue, repo),
  }));
  const comments = issue.comments.map((comment) => ({
    at: comment.createdAt,
    type: 'IssueComment',
    make: () => commentObject(context, comment, issue, repo),
  }));
  const since = args.since ? Date.parse(args.since) : 0;
  return [...events, ...comments]
    .filter(({ at, type }) => at >= since && wanted(type, args.itemTypes))
    .sort((a, b) => a.at - b.at)
    .map(({ make }) => make());
}

function wanted(typeName: string, itemTypes: readonly string[] | null | undefined): boolean {
  if (!itemTypes) return true;
  // CrossReferencedEvent is CROSS_REFERENCED_EVENT among the item types.
  return itemTypes.includes(typeName.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase());
}

function eventObject(
  context: GraphqlContext,
  event: StoredEvent,
  issue: StoredIssue,
  repo: EmulateRepo,
): object {
  return {
    __typename: TYPE_NAMES[event.detail.kind],
    id: event.nodeId,
    createdAt: timestamp(event.at),
    actor: actorObject(context.world, event.actor),
    ...detailFields(context, event, issue, repo),
  };
}

function detailFields(
  context: GraphqlContext,
  event: StoredEvent,
  issue: StoredIssue,
  repo: EmulateRepo,
): object {
  const { world } = context;
  const { detail } = event;
  switch (detail.kind) {
    case 'closed':
      return {
        stateReason: detail.stateReason?.toUpperCase() ?? null,
        closable: () => subjectObject(context, issue, repo),
        closer: () => closerObject(context, detail.closer),
        duplicateOf: null,
      };
    case 'merged':
      return {
        commit: () => commitObject(context, detail.oid),
        mergeRefName: detail.base,
        pullRequest: () => subjectObject(context, issue, repo),
      };
    case 'connected':
      return connectedFields(context, detail.subjectId, issue, repo);
    case 'reopened':
      return {
        stateReason: issue.pull === null ? 'REOPENED' : null,
        closable: () => subjectObject(context, issue, repo),
      };
    case 'labeled':
    case 'unlabeled': {
      const label = labelsOf(world, repo).find((row) => row.name === detail.label);
      const gone = { node_id: 'LA_gone', name: detail.label, color: 'ededed', description: null };
      return { label: labelObject(label ?? gone) };
    }
    case 'milestoned':
    case 'demilestoned': {
      const number = Number(detail.milestone);
      const milestone = milestonesOf(world, repo).find((row) => row.number === number);
      return { milestoneTitle: milestone?.title ?? detail.milestone };
    }
    case 'assigned':
    case 'unassigned':
      return { assignee: actorObject(world, detail.assignee) };
    case 'renamed':
      return { previousTitle: detail.from, currentTitle: detail.to };
    case 'cross-referenced':
      return crossReferenceFields(context, event, detail.sourceId, issue, repo);
    default:
      return {};
  }
}

function crossReferenceFields(
  context: GraphqlContext,
  event: StoredEvent,
  sourceId: number,
  issue: StoredIssue,
  repo: EmulateRepo,
): object {
  const source = context.world.issues.findById(sourceId);
  const home = source && context.world.accounts.repo(source.repo);
  if (source === undefined || home === undefined) throw new Error('a reference without a source');
  return {
    referencedAt: timestamp(event.at),
    isCrossRepository: home.id !== repo.id,
    willCloseTarget: () =>
      source.pull !== null &&
      source.state === 'open' &&
      closingIssues(context.world, source, false).some(({ id }) => id === issue.id),
    source: () => readable(context, source)[0],
    target: () => subjectObject(context, issue, repo),
    url: `https://github.com/${home.full_name}/${source.pull ? 'pull' : 'issues'}/${source.number}`,
  };
}

function connectedFields(
  context: GraphqlContext,
  subjectId: number,
  issue: StoredIssue,
  repo: EmulateRepo,
): object {
  const other = context.world.issues.findById(subjectId);
  const home = other && context.world.accounts.repo(other.repo);
  if (other === undefined || home === undefined) throw new Error('a link without a subject');
  const here = () => subjectObject(context, issue, repo);
  const there = () => subjectObject(context, other, home);
  return { isCrossRepository: home.id !== repo.id, source: there, subject: here };
}
