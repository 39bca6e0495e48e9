import { addLabel, atLeast } from '../data/accounts.ts';
import type { IssueChange } from '../data/issue-change.ts';
import { mayEdit } from '../data/rights.ts';
import type { Role, StoredIssue } from '../types.ts';
import { type ApiAnswer, apiError, type RepoRequest, type World } from '../world.ts';
import { MAX_BODY, paged, tooLong, toSecond, withIssue } from './rest-paging.ts';
import { issueShape, labelShape, labelsOf, milestonesOf } from './rest-shapes.ts';

const MAX_TITLE = 256;

/** Issues and pull requests of a repository, filtered and sorted as GitHub does. */
export function listIssues(world: World, request: RepoRequest): ApiAnswer {
  const { query, repo } = request;
  const state = query.get('state') ?? 'open';
  const since = query.get('since');
  const labels = query.get('labels')?.split(',').filter(Boolean) ?? [];
  const creator = query.get('creator')?.toLowerCase();
  const found = world.issues
    .list(repo.id, world.settings.listLagMs)
    .filter((issue) => state === 'all' || issue.state === state)
    // GitHub compares whole seconds, "at or after".
    .filter((issue) => !since || toSecond(issue.updatedAt) >= toSecond(Date.parse(since)))
    .filter((issue) => labels.every((label) => issue.labels.includes(label)))
    .filter((issue) => !creator || issue.author.toLowerCase() === creator)
    .filter((issue) => matchesMilestone(issue, query.get('milestone')))
    .filter((issue) => matchesAssignee(issue, query.get('assignee')))
    .sort(issueOrder(query.get('sort') ?? 'created', query.get('direction') ?? 'desc'));
  return paged(request, found, (issue) => issueShape(world, issue, repo));
}

function matchesMilestone(issue: StoredIssue, wanted: string | null): boolean {
  if (wanted === null) return true;
  if (wanted === '*') return issue.milestone !== null;
  return wanted === 'none' ? issue.milestone === null : issue.milestone === Number(wanted);
}

function matchesAssignee(issue: StoredIssue, wanted: string | null): boolean {
  if (wanted === null) return true;
  if (wanted === '*') return issue.assignees.length > 0;
  return wanted === 'none' ? issue.assignees.length === 0 : issue.assignees.includes(wanted);
}

function issueOrder(sort: string, direction: string) {
  const sign = direction === 'asc' ? 1 : -1;
  const key = (issue: StoredIssue) =>
    sort === 'updated'
      ? issue.updatedAt
      : sort === 'comments'
        ? issue.comments.length
        : issue.createdAt;
  return (a: StoredIssue, b: StoredIssue) => sign * (key(a) - key(b) || a.number - b.number);
}

/** A new issue by the viewer. */
export function createIssue(world: World, request: RepoRequest): ApiAnswer {
  const { repo, json, viewer } = request;
  const login = viewer.login;
  if (login === null) return apiError(401, 'Requires authentication');
  if (typeof json.title !== 'string')
    return apiError(422, 'Invalid request.\n\n"title" wasn\'t supplied.');
  const invalid = invalidText(json);
  if (invalid !== null) return invalid;
  const role = world.accounts.role(login, repo);
  const meta = permittedMetadata(world, request, role);
  if (!meta.ok) return meta.answer;
  const issue = world.issues.create(repo.id, {
    title: json.title.trim(),
    body: typeof json.body === 'string' ? json.body : null,
    author: login,
    ...meta.change,
  });
  const answer = issueShape(world, issue, repo);
  return { status: 201, headers: { location: answer.url }, body: answer };
}

/** One issue or pull request. */
export function getIssue(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) => ({
    status: 200,
    body: issueShape(world, issue, request.repo),
  }));
}

/** A change by the author or by somebody with triage. */
export function updateIssue(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) => {
    const { json, repo, viewer } = request;
    const login = viewer.login;
    if (login === null) return apiError(401, 'Requires authentication');
    const role = world.accounts.role(login, repo);
    if (!mayEdit(world, login, issue))
      return apiError(403, 'Must have admin rights to Repository.');
    const invalid = invalidText(json);
    if (invalid !== null) return invalid;
    const meta = permittedMetadata(world, request, role);
    if (!meta.ok) return meta.answer;
    const change = { ...textChange(json), ...meta.change };
    const after = world.issues.update(repo.id, number, change, login);
    return { status: 200, body: issueShape(world, after, repo) };
  });
}

/** Adds labels to an issue; this one is refused without triage, not dropped. */
export function addLabels(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) => {
    const { repo, viewer, json } = request;
    const role = world.accounts.role(viewer.login, repo);
    if (viewer.login === null || !atLeast(role, 'triage'))
      return apiError(403, 'Must have admin rights to Repository.');
    const meta = permittedMetadata(world, { ...request, json: { labels: json.labels } }, role);
    const labels = meta.ok ? (meta.change.labels ?? []) : [];
    const all = [...new Set([...issue.labels, ...labels])];
    const after = world.issues.update(repo.id, number, { labels: all }, viewer.login);
    const rows = labelsOf(world, repo).filter((label) => after.labels.includes(label.name));
    return { status: 200, body: rows.map((label) => labelShape(label, repo)) };
  });
}

/** Locks (PUT) or unlocks (DELETE) the conversation. */
export function lockIssue(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, () => {
    const { repo, viewer, method } = request;
    const role = world.accounts.role(viewer.login, repo);
    if (viewer.login === null || !atLeast(role, 'push'))
      return apiError(403, 'Must have admin rights to Repository.');
    world.issues.update(repo.id, number, { locked: method === 'PUT' }, viewer.login);
    return { status: 204, body: null };
  });
}

function textChange(json: RepoRequest['json']): IssueChange {
  const { title, body, state, state_reason: reason } = json;
  return {
    ...(typeof title === 'string' && { title: title.trim() }),
    ...((typeof body === 'string' || body === null) && { body }),
    ...((state === 'open' || state === 'closed') && { state }),
    ...(typeof reason === 'string' && { stateReason: reason as StoredIssue['stateReason'] }),
  };
}

type Metadata =
  | {
      readonly ok: true;
      readonly change: Pick<IssueChange, 'labels' | 'milestone' | 'assignees'>;
    }
  | { readonly ok: false; readonly answer: ApiAnswer };

/** Labels, milestone and assignees: dropped without a word when the role is below triage. */
function permittedMetadata(world: World, request: RepoRequest, role: Role): Metadata {
  const { json, repo } = request;
  if (!atLeast(role, 'triage')) return { ok: true, change: {} };
  const labels = namesIn(json.labels);
  for (const label of labels ?? []) if (atLeast(role, 'push')) addLabel(world.base, repo, label);
  const assignees = namesIn(json.assignees);
  const unknown = assignees?.find((login) => world.accounts.user(login) === undefined);
  if (unknown !== undefined)
    return { ok: false, answer: validationFailed('assignees', 'invalid', { value: unknown }) };
  const milestone = json.milestone;
  const number = milestone === undefined || milestone === null ? milestone : Number(milestone);
  const known = milestonesOf(world, repo).some((row) => row.number === number);
  if (typeof number === 'number' && !known)
    return { ok: false, answer: validationFailed('milestone', 'invalid', { value: milestone }) };
  const names = labelsOf(world, repo).map((label) => label.name);
  return {
    ok: true,
    change: {
      ...(labels && {
        labels: names.filter((name) =>
          labels.some((label) => label.toLowerCase() === name.toLowerCase()),
        ),
      }),
      ...(number !== undefined && { milestone: number }),
      ...(assignees && { assignees }),
    },
  };
}

function namesIn(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((entry: unknown) => {
    if (typeof entry === 'string') return [entry];
    const name = (entry as { name?: unknown } | null)?.name;
    return typeof name === 'string' ? [name] : [];
  });
}

function invalidText(json: RepoRequest['json']): ApiAnswer | null {
  const { title, body } = json;
  if (typeof title === 'string') {
    if (title.trim() === '') return validationFailed('title', 'missing_field');
    if (title.length > MAX_TITLE) return tooLong('Issue', 'title', MAX_TITLE);
  }
  return typeof body === 'string' && body.length > MAX_BODY
    ? tooLong('Issue', 'body', MAX_BODY)
    : null;
}

function validationFailed(field: string, code: string, more: object = {}): ApiAnswer {
  return apiError(422, 'Validation Failed', [{ resource: 'Issue', field, code, ...more }]);
}
