import { type Result, succeed } from '../core/failures.ts';
import type { Rights } from '../core/identity/trust.ts';
import type { RepoRef } from '../core/refs.ts';
import { askPartly } from './ask.ts';
import type { Client } from './client.ts';

/** GitHub finds collaborators by parts of their names: the one that is meant is hardly behind so many others. */
const FOUND = 20;

interface RolesAnswer {
  readonly repository: Readonly<
    Record<
      string,
      {
        readonly edges:
          | readonly ({
              readonly permission: string;
              readonly node: { readonly login: string };
            } | null)[]
          | null;
      } | null
    >
  > | null;
}

const HAVE_A_SAY = new Set(['TRIAGE', 'WRITE', 'MAINTAIN', 'ADMIN']);

/**
 * Who of some people has triage rights or more in a repository, by logins in lower case, in one request. Nobody is
 * answered where the token may not read that: GitHub tells only those who may write there.
 */
export async function readRoles(
  client: Client,
  { owner, name }: RepoRef,
  logins: readonly string[],
): Promise<Result<Rights>> {
  const variables = Object.fromEntries(logins.map((login, index) => [`q${index}`, login]));
  const declared = logins.map((_, index) => `, $q${index}: String!`).join('');
  const fields = logins
    .map(
      (_, index) =>
        `c${index}: collaborators(query: $q${index}, first: ${FOUND}) { edges { permission node { login } } }`,
    )
    .join('\n');
  const query = `query Roles($owner: String!, $name: String!${declared}) {
    repository(owner: $owner, name: $name) { ${fields} }
  }`;
  const answer = await askPartly<RolesAnswer>(client, undefined, query, {
    owner,
    name,
    ...variables,
  });
  if (!answer.ok) return answer;
  const { repository } = answer.value;
  const rights = logins.flatMap((login, index): readonly (readonly [string, boolean])[] => {
    const found = repository?.[`c${index}`]?.edges;
    if (!found) return [];
    const own = found.find((edge) => edge?.node.login.toLowerCase() === login.toLowerCase());
    return [[login.toLowerCase(), own ? HAVE_A_SAY.has(own.permission) : false]];
  });
  return succeed(Object.fromEntries(rights));
}
