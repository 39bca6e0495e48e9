import {
  type Account,
  type AccountCheck,
  accountKey,
  isToBeChecked,
  whyNotOpen,
} from '../../lib/core/account.ts';
import { type Failure, fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { GitHub } from '../../lib/core/github.ts';
import { parseRepo } from '../../lib/core/refs.ts';
import { startPolling } from '../../lib/engine/poll-tracked.ts';
import { resumeJobs } from '../../lib/engine/resume-jobs.ts';
import { createClient } from '../../lib/github/client.ts';
import { createGitHub } from '../../lib/github/github.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Background } from './ports.ts';

/** Asks GitHub about a stored token. One that it accepts becomes the account of its host, and what waited for it goes on. */
export async function checkAccount(
  query: Parameters<Protocol['checkAccount']>[0],
  background: Background,
): Promise<Result<AccountCheck>> {
  const stored = await background.accounts.open({ id: query.account });
  if (stored === undefined) return fail(whyNotOpen(await find(query.account, background)));
  const answer = await ask(stored, query.repo, background);
  if (!answer.ok) await background.accounts.noteFailedCheck(query.account, answer.failure);
  await planNextCheck(background);
  return answer;
}

/** Opens a token that is under a passphrase until the browser closes. What waited for it continues. */
export async function unlockAccount(
  { account: id, passphrase }: Parameters<Protocol['unlockAccount']>[0],
  background: Background,
): Promise<Result<void>> {
  const opened = await background.accounts.unlock(id, passphrase);
  if (!opened.ok) return opened;
  const account = await find(id, background);
  if (account !== undefined) continueUnder(account, background);
  void checkPending(background);
  return opened;
}

/** What waited for the token of an account continues. */
function continueUnder({ host }: Pick<Account, 'host'>, background: Background): void {
  void background.toolbar.refresh();
  void goOnWithHeldJobs(background, host).catch(console.error);
  startPolling(background, { hurry: true });
  void background.alerts.refresh();
}

/** How long a token that could not be checked waits for the next try, in milliseconds. */
const AGAIN_MS = 10 * 60_000;
/** The same of one that GitHub did not want to be asked about before a time: no sooner than browsers ring. */
const SOONEST_MS = 30_000;

/**
 * Checks pasted tokens that GitHub could not be asked about, at an alarm and at the start of a worker. One that GitHub
 * rejects stays as it is, for its owner to see, and is not asked about again. Fails never.
 */
export async function checkPending(background: Background): Promise<void> {
  try {
    if (await background.isPaused()) return await planNextCheck(background);
    for (const account of await background.accounts.list()) {
      if (!isToBeChecked(account)) continue;
      await checkAccount({ account: account.id, repo: undefined }, background);
    }
  } catch (error) {
    console.error(error);
  }
}

async function planNextCheck({ accounts, alarms, clock }: Background): Promise<void> {
  const now = clock.now();
  const waiting = (await accounts.list()).filter(isToBeChecked);
  const times = waiting.map(({ failure: problem }) =>
    problem?.retryAt === undefined ? now + AGAIN_MS : Math.max(now + SOONEST_MS, problem.retryAt),
  );
  await alarms.ringAt('token', waiting.length === 0 ? undefined : Math.min(...times));
}

async function find(id: string, { accounts }: Background): Promise<Account | undefined> {
  return (await accounts.list()).find((each) => each.id === id);
}

/** An account with its token. */
type Stored = NonNullable<Awaited<ReturnType<Background['accounts']['open']>>>;

async function ask(
  stored: Stored,
  repo: string | undefined,
  background: Background,
): Promise<Result<AccountCheck>> {
  const { account } = stored;
  const facts = await (await open(stored, account, background)).readAccount();
  if (!facts.ok) return facts;
  const checkedAt = background.clock.now();
  await background.accounts.activate(account.id, { ...facts.value, checkedAt });
  continueUnder(account, background);
  const github = await open(stored, facts.value, background);
  return succeed({ ...facts.value, repo: await checkAccess(github, account.host, repo) });
}

/** GitHub under a token, at the limits of whose it is as far as that is known. */
async function open(
  { account: { host }, token }: Stored,
  account: Pick<Account, 'login'> & Partial<Pick<Account, 'id'>>,
  { preferences, usage, gates }: Background,
): Promise<GitHub> {
  const { timing } = await preferences();
  return createGitHub(
    createClient({
      host,
      token,
      fetch: usage.fetch,
      timeoutMs: timing.requestTimeoutMs,
      gate: gates(accountKey(host, account), timing.limitWaitMs),
    }),
  );
}

async function checkAccess(
  github: GitHub,
  host: string,
  name: string | undefined,
): Promise<AccountCheck['repo']> {
  if (name === undefined || name.trim() === '') return undefined;
  const repo = parseRepo(name, host);
  const problem: Failure | undefined =
    repo === undefined ? failure('not-found', { repo: name }) : await github.checkRepo(repo);
  return { name: name.trim(), readable: problem === undefined, failure: problem };
}

/** Jobs that waited for a token go on, unless the user paused them. */
async function goOnWithHeldJobs(background: Background, host: string): Promise<void> {
  const at = background.clock.now();
  for (const { id, hold, checklist } of await background.store.listOpenJobs()) {
    if (hold === undefined || checklist.repo.host !== host) continue;
    const job = await background.store.loadJob(id);
    if (job?.control.action === 'run') {
      await background.store.setControl(id, { action: 'run', at });
    }
  }
  await resumeJobs(background);
}
