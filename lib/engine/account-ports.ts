import { actingAccount, actingUser } from '../core/account.ts';
import type { JobHeader } from '../core/engine/job.ts';
import { type Failure, fail, type Result, succeed } from '../core/failures.ts';
import { rulesOf } from '../core/settings/settings.ts';
import type { AccountPorts, JobPorts, Ports } from '../ports.ts';

/** The ports under the account of a host; bound to a login they take no other. */
export async function accountPorts(
  ports: Ports,
  host: string,
  boundTo?: string,
): Promise<Result<AccountPorts>> {
  const preferences = await ports.preferences();
  const { github, account } = await ports.openGitHub(host);
  const acting = boundTo === undefined ? ASKING : ({ kind: 'sync', login: boundTo } as const);
  const user = actingAccount(host, account, acting);
  if (!user.ok) return user;
  const { timing } = preferences;
  return succeed({ ...ports, github, timing, login: user.value, rules: rulesOf(preferences) });
}

/** What a page's click works with: refused where somebody else than the token's user is signed in. */
export async function accountPortsForPage(
  ports: Ports,
  host: string,
  pageUser: string | undefined,
): Promise<Result<AccountPorts>> {
  const acting = await accountPorts(ports, host);
  if (!acting.ok) return acting;
  const problem = await pageProblem(ports, host, acting.value.login, pageUser);
  return problem === undefined ? acting : fail(problem);
}

/** Why nothing is written for a click on a page where somebody else than the token's user is signed in. */
export async function pageProblem(
  ports: Pick<Ports, 'preferences'>,
  host: string,
  tokenUser: string,
  pageUser: string | undefined,
): Promise<Failure | undefined> {
  const { allowOtherUser } = await ports.preferences();
  const user = actingUser(host, tokenUser, { kind: 'page', pageUser, allowOtherUser });
  return user.ok ? undefined : user.failure;
}

/** What one slice of a job works with, under the token of the user who started it; with any other GitHub refuses everything, so that the job waits for the user. */
export async function jobPorts(
  ports: Ports,
  { checklist: { repo }, login }: Pick<JobHeader, 'checklist' | 'login'>,
): Promise<JobPorts> {
  const { timing } = await ports.preferences();
  const { github, account } = await ports.openGitHub(repo.host);
  const user = actingAccount(repo.host, account, { kind: 'run', login });
  return { ...ports, github: user.ok ? github : ports.refusingGitHub(user.failure), timing };
}

const ASKING = { kind: 'ask' } as const;
