import type { EmulateLabel, EmulateMilestone, EmulateRepo } from '../data/emulate-base.ts';
import { timestamp, timestampOrNull } from '../timestamps.ts';
import type { EventDetail, StoredComment, StoredEvent, StoredIssue } from '../types.ts';
import type { World } from '../world.ts';

const API = 'https://api.github.com';
const SITE = 'https://github.com';

/** A user as it stands inside other REST objects. */
export function userShape(world: World, login: string) {
  const user = world.accounts.account(login) ?? { login: 'ghost', id: 10137, node_id: 'U_ghost' };
  const bot = world.accounts.isBot(user.login);
  const url = `${API}/users/${user.login}`;
  return {
    login: bot ? `${user.login}[bot]` : user.login,
    id: user.id,
    node_id: user.node_id,
    avatar_url: `https://avatars.githubusercontent.com/u/${user.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${SITE}/${user.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: bot ? 'Bot' : 'User',
    user_view_type: 'public',
    site_admin: false,
  };
}

/** A label of a repository. */
export function labelShape(label: EmulateLabel, repo: EmulateRepo) {
  return {
    id: label.id,
    node_id: label.node_id,
    url: `${API}/repos/${repo.full_name}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.default,
    description: label.description,
  };
}

/** A milestone with its counts as they stand. */
export function milestoneShape(world: World, milestone: EmulateMilestone, repo: EmulateRepo) {
  const inside = world.issues
    .list(repo.id)
    .filter((issue) => issue.milestone === milestone.number && issue.pull === null);
  const closed = inside.filter((issue) => issue.state === 'closed').length;
  const creator = world.base.store.users.get(milestone.creator_id)?.login ?? 'ghost';
  const url = `${API}/repos/${repo.full_name}/milestones/${milestone.number}`;
  return {
    url,
    html_url: `${SITE}/${repo.full_name}/milestone/${milestone.number}`,
    labels_url: `${url}/labels`,
    id: milestone.id,
    node_id: milestone.node_id,
    number: milestone.number,
    title: milestone.title,
    description: milestone.description,
    creator: userShape(world, creator),
    open_issues: inside.length - closed,
    closed_issues: closed,
    state: milestone.state,
    created_at: timestamp(Date.parse(milestone.created_at)),
    updated_at: timestamp(Date.parse(milestone.updated_at)),
    due_on: milestone.due_on,
    closed_at: milestone.closed_at,
  };
}

/** An issue or pull request as the issues API answers it. */
export function issueShape(world: World, issue: StoredIssue, repo: EmulateRepo) {
  const url = `${API}/repos/${repo.full_name}/issues/${issue.number}`;
  const page = `${SITE}/${repo.full_name}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
  const milestone = milestonesOf(world, repo).find((row) => row.number === issue.milestone);
  const assignees = issue.assignees.map((login) => userShape(world, login));
  return {
    url,
    repository_url: `${API}/repos/${repo.full_name}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    user: userShape(world, issue.author),
    labels: labelsOf(world, repo)
      .filter((label) => issue.labels.includes(label.name))
      .map((label) => labelShape(label, repo)),
    state: issue.state,
    locked: issue.locked,
    assignees,
    assignee: assignees[0] ?? null,
    milestone: milestone ? milestoneShape(world, milestone, repo) : null,
    comments: issue.comments.length,
    created_at: timestamp(issue.createdAt),
    updated_at: timestamp(issue.updatedAt),
    closed_at: timestampOrNull(issue.closedAt),
    author_association: world.accounts.association(issue.author, repo),
    type: null,
    active_lock_reason: null,
    ...(issue.pull
      ? { draft: false, pull_request: pullLinks(page, repo, issue) }
      : {
          sub_issues_summary: { total: 0, completed: 0, percent_completed: 0 },
          issue_dependencies_summary: {
            blocked_by: 0,
            total_blocked_by: 0,
            blocking: 0,
            total_blocking: 0,
          },
        }),
    body: issue.body,
    closed_by: issue.closedBy === null ? null : userShape(world, issue.closedBy),
    reactions: reactions(url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: issue.stateReason,
  };
}

/** A comment as the issues API answers it. */
export function commentShape(
  world: World,
  comment: StoredComment,
  issue: StoredIssue,
  repo: EmulateRepo,
) {
  const url = `${API}/repos/${repo.full_name}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${SITE}/${repo.full_name}/issues/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${API}/repos/${repo.full_name}/issues/${issue.number}`,
    id: comment.id,
    node_id: comment.nodeId,
    user: userShape(world, comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    body: comment.body,
    author_association: world.accounts.association(comment.author, repo),
    reactions: reactions(url),
    performed_via_github_app: null,
  };
}

/** One timeline or issue event; null when its subject is gone. */
export function eventShape(world: World, event: StoredEvent, repo: EmulateRepo) {
  const { detail } = event;
  if (detail.kind === 'cross-referenced') return crossReferenceShape(world, event, detail.sourceId);
  return {
    id: event.id,
    node_id: event.nodeId,
    url: `${API}/repos/${repo.full_name}/issues/events/${event.id}`,
    actor: userShape(world, event.actor),
    event: detail.kind,
    ...commitFields(detail, repo),
    created_at: timestamp(event.at),
    ...eventFields(world, detail, repo),
    performed_via_github_app: null,
  };
}

function crossReferenceShape(world: World, event: StoredEvent, sourceId: number) {
  const source = world.issues.findById(sourceId);
  const home = source && world.accounts.repo(source.repo);
  if (source === undefined || home === undefined) return null;
  return {
    actor: userShape(world, event.actor),
    created_at: timestamp(event.at),
    updated_at: timestamp(event.at),
    source: { type: 'issue', issue: issueShape(world, source, home) },
    event: 'cross-referenced',
  };
}

/** The commit of an event: of a merge, and of a closing by commit; a closing by pull request has none. */
function commitFields(detail: EventDetail, repo: EmulateRepo) {
  const oid =
    detail.kind === 'merged'
      ? detail.oid
      : detail.kind === 'closed' && detail.closer?.kind === 'commit'
        ? detail.closer.oid
        : null;
  const url = `${API}/repos/${repo.full_name}/commits/${oid}`;
  return { commit_id: oid, commit_url: oid === null ? null : url };
}

function eventFields(world: World, detail: EventDetail, repo: EmulateRepo) {
  switch (detail.kind) {
    case 'closed':
      return { state_reason: detail.stateReason };
    case 'labeled':
    case 'unlabeled': {
      const label = labelsOf(world, repo).find((row) => row.name === detail.label);
      return { label: { name: detail.label, color: label?.color ?? 'ededed' } };
    }
    case 'assigned':
    case 'unassigned':
      return {
        assignee: userShape(world, detail.assignee),
        assigner: userShape(world, detail.assignee),
      };
    case 'milestoned':
    case 'demilestoned': {
      const number = Number(detail.milestone);
      const milestone = milestonesOf(world, repo).find((row) => row.number === number);
      return { milestone: { title: milestone?.title ?? detail.milestone } };
    }
    case 'renamed':
      return { rename: { from: detail.from, to: detail.to } };
    case 'locked':
      return { lock_reason: null };
    default:
      return {};
  }
}

/** The labels of a repository. */
export function labelsOf(world: World, repo: EmulateRepo): EmulateLabel[] {
  return world.base.store.labels.findBy('repo_id', repo.id);
}

/** The milestones of a repository. */
export function milestonesOf(world: World, repo: EmulateRepo): EmulateMilestone[] {
  return world.base.store.milestones.findBy('repo_id', repo.id);
}

function pullLinks(page: string, repo: EmulateRepo, issue: StoredIssue) {
  return {
    url: `${API}/repos/${repo.full_name}/pulls/${issue.number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: timestampOrNull(issue.pull?.mergedAt ?? null),
  };
}

function reactions(url: string) {
  return {
    url: `${url}/reactions`,
    total_count: 0,
    '+1': 0,
    '-1': 0,
    laugh: 0,
    hooray: 0,
    confused: 0,
    heart: 0,
    rocket: 0,
    eyes: 0,
  };
}
