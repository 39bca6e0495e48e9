import { addLabel } from '../data/accounts.ts';
import type { Role } from '../types.ts';
import { type ApiAnswer, apiError, type RepoRequest, type World } from '../world.ts';
import { fromEmulate } from './emulate-rest.ts';
import { paged } from './rest-paging.ts';
import { labelShape, labelsOf, milestoneShape, milestonesOf, userShape } from './rest-shapes.ts';

/** The repository; `permissions` are the viewer's own and missing for nobody, as on GitHub. */
export async function getRepository(world: World, request: RepoRequest): Promise<ApiAnswer> {
  const { repo, viewer } = request;
  const answer = await fromEmulate(world, request, `/repos/${repo.full_name}`);
  const { permissions: _, ...body } = answer.body as Record<string, unknown>;
  const role = world.accounts.role(viewer.login, repo);
  const open = world.issues.list(repo.id).filter((issue) => issue.state === 'open').length;
  return {
    ...answer,
    body: {
      ...body,
      owner: {
        ...userShape(world, world.accounts.ownerLogin(repo)),
        type: repo.owner_type,
      },
      open_issues: open,
      open_issues_count: open,
      network_count: 0,
      // The owner watches; GraphQL says the same.
      subscribers_count: 1,
      ...(viewer.login !== null && { permissions: permissionsOf(role) }),
    },
  };
}

function permissionsOf(role: Role) {
  const roles: readonly Role[] = ['pull', 'triage', 'push', 'maintain', 'admin'];
  const level = roles.indexOf(role);
  return Object.fromEntries(roles.map((name, index) => [name, index <= level]));
}

/** Labels of a repository. */
export function listLabels(world: World, request: RepoRequest): ApiAnswer {
  const { repo } = request;
  return paged(request, labelsOf(world, repo), (label) => labelShape(label, repo));
}

/** A new label; a name that exists already is refused. */
export function createLabel(world: World, request: RepoRequest): ApiAnswer {
  const { repo, json } = request;
  const name = String(json.name ?? '').trim();
  const find = () =>
    labelsOf(world, repo).find((label) => label.name.toLowerCase() === name.toLowerCase());
  const refuse = (code: string) =>
    apiError(422, 'Validation Failed', [{ resource: 'Label', code, field: 'name' }]);
  if (name === '') return refuse('missing_field');
  if (find() !== undefined) return refuse('already_exists');
  addLabel(world.base, repo, name);
  const made = find();
  if (made === undefined) throw new Error('a label that was just made is not there');
  const row = world.base.store.labels.update(made.id, {
    ...(typeof json.color === 'string' && { color: json.color }),
    ...(typeof json.description === 'string' && { description: json.description }),
  });
  return { status: 201, body: labelShape(row ?? made, repo) };
}

/** Milestones of a repository; open ones unless asked otherwise. */
export function listMilestones(world: World, request: RepoRequest): ApiAnswer {
  const { repo } = request;
  const state = request.query.get('state') ?? 'open';
  const found = milestonesOf(world, repo).filter((row) => state === 'all' || row.state === state);
  return paged(request, found, (row) => milestoneShape(world, row, repo));
}
