import type { StoredIssue } from '../types.ts';
import type { Viewer, World } from '../world.ts';
import { atLeast } from './accounts.ts';
import type { EmulateRepo } from './emulate-base.ts';

/** True when the viewer may see the repository; a private one needs a role and a token that covers it. */
export function mayRead(world: World, viewer: Viewer, repo: EmulateRepo): boolean {
  const { login, token } = viewer;
  if (!repo.private) return true;
  if (world.accounts.role(login, repo) === 'none' || token === null) return false;
  if (token.scopes !== null) return token.scopes.includes('repo');
  return token.repos === null || token.repos.includes(repo.full_name);
}

/** True when the user may change title, body and state of the issue. */
export function mayEdit(world: World, login: string | null, issue: StoredIssue): boolean {
  const repo = world.accounts.repo(issue.repo);
  if (login === null || repo === undefined || repo.archived) return false;
  const role = world.accounts.role(login, repo);
  // A locked issue is out of its author's hands too, unless the author may write here.
  if (issue.locked) return atLeast(role, 'push');
  return issue.author === login || atLeast(role, 'triage');
}
