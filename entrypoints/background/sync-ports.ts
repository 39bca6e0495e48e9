import { actingUser } from '../../lib/core/account.ts';
import { type Failure, fail, type Result, succeed } from '../../lib/core/failures.ts';
import { rulesOf } from '../../lib/core/settings/settings.ts';
import type { ReconcilePorts } from '../../lib/engine/reconcile-ports.ts';
import { newUlid } from './new-ulid.ts';
import { type Background, openGitHub } from './ports.ts';

/** Everything that a sync or a reconcile needs, under the account of a host; bound to a login it takes no other. */
export async function syncPorts(
  background: Background,
  host: string,
  boundTo?: string,
): Promise<Result<ReconcilePorts>> {
  const preferences = await background.preferences();
  const { timing } = preferences;
  const { github, account } = await openGitHub(background, host, timing);
  const acting = boundTo === undefined ? ASKING : ({ kind: 'sync', login: boundTo } as const);
  const user = actingUser(host, account?.login, acting);
  if (!user.ok) return user;
  const { store, syncs, locks, clock, editors } = background;
  return succeed({
    github,
    store,
    syncs,
    locks,
    clock,
    timing,
    login: user.value,
    rules: rulesOf(preferences),
    isEditorOpen: editors.isOpen,
    newRunId: () => newUlid(clock.now()),
  });
}

/** What a page's click works with: refused where somebody else than the token's user is signed in. */
export async function syncPortsForPage(
  background: Background,
  host: string,
  pageUser: string | undefined,
): Promise<Result<ReconcilePorts>> {
  const ports = await syncPorts(background, host);
  if (!ports.ok) return ports;
  const problem = await pageProblem(background, host, ports.value.login, pageUser);
  return problem === undefined ? ports : fail(problem);
}

/** Why nothing is written for a click on a page where somebody else than the token's user is signed in. */
export async function pageProblem(
  background: Background,
  host: string,
  tokenUser: string,
  pageUser: string | undefined,
): Promise<Failure | undefined> {
  const { allowOtherUser } = await background.preferences();
  const user = actingUser(host, tokenUser, { kind: 'page', pageUser, allowOtherUser });
  return user.ok ? undefined : user.failure;
}

const ASKING = { kind: 'ask' } as const;
