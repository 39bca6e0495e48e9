import type { TokenFacts } from '../core/account.ts';
import { type Failure, type Result, succeed } from '../core/failures.ts';
import type { RepoRef } from '../core/refs.ts';
import { path, read } from './ask.ts';
import type { Client } from './client.ts';

/** Whose token it is, when it ends, and a classic token's scopes. */
export async function readAccount(client: Client): Promise<Result<TokenFacts>> {
  const answer = await read(client, undefined, () => client.octokit.rest.users.getAuthenticated());
  if (!answer.ok) return answer;
  const { data, headers } = answer.value;
  const scopes = headers['x-oauth-scopes'];
  return succeed({
    login: data.login,
    // GitHub sends the scopes header for classic tokens only.
    kind: scopes === undefined ? 'fine-grained' : 'classic',
    scopes: splitScopes(scopes),
    expiresAt: readExpiry(headers['github-authentication-token-expiration']),
  });
}

/** Whether the token can read a repository. Whether it may write shows only at the first write. */
export async function checkRepo(client: Client, repo: RepoRef): Promise<Failure | undefined> {
  const answer = await read(client, repo, () => client.octokit.rest.repos.get(path(repo)));
  return answer.ok ? undefined : answer.failure;
}

function splitScopes(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/** GitHub writes `2026-12-20 10:00:00 UTC` or with an offset such as `+0200`. */
function readExpiry(header: string | number | undefined): string | undefined {
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d) ?(UTC|Z|[+-]\d\d:?\d\d)$/.exec(String(header)) ?? [];
  if (day === undefined || zone === undefined) return undefined;
  const offset = zone === 'UTC' || zone === 'Z' ? 'Z' : zone.replace(/^(...):?/, '$1:');
  const at = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
