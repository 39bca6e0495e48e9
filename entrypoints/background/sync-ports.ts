import { type Failure, fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { type Preferences, rulesOf } from '../../lib/core/settings/settings.ts';
import type { ReconcilePorts } from '../../lib/engine/reconcile-ports.ts';
import { createReconcileGitHub } from '../../lib/github/reconcile-github.ts';
import { newUlid } from './new-ulid.ts';
import { wrongUser } from './page-user.ts';
import { type Background, openClient } from './ports.ts';

/** Everything that a sync or a reconcile needs, under the account of a host; bound to a login it takes no other. */
export async function syncPorts(
  background: Background,
  host: string,
  boundTo?: string,
): Promise<Result<ReconcilePorts>> {
  const preferences = await background.preferences();
  const { timing } = preferences;
  const { client, account } = await openClient(background, host, timing);
  const problem = wrongAccount(host, account?.login, boundTo);
  if (problem !== undefined || account?.login === undefined) {
    return fail(problem ?? failure('signed-out', { host }));
  }
  const { store, syncs, locks, clock, editors } = background;
  return succeed({
    github: createReconcileGitHub(client),
    store,
    syncs,
    locks,
    clock,
    timing,
    login: account.login,
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
  const preferences: Preferences = await background.preferences();
  const problem = wrongUser(ports.value.login, pageUser, preferences);
  return problem === undefined ? ports : fail(problem);
}

function wrongAccount(
  host: string,
  tokenUser: string | undefined,
  boundTo: string | undefined,
): Failure | undefined {
  if (tokenUser === undefined) return failure('signed-out', { host });
  if (boundTo === undefined || boundTo.toLowerCase() === tokenUser.toLowerCase()) return undefined;
  return failure('sync-of-other', { login: boundTo, tokenUser });
}
