import { computed, signal } from '@preact/signals';
import type { AccountEntry, AccountsProps } from '../../components/options/AccountSection.tsx';
import type { Account, AccountCheck } from '../../lib/core/account.ts';
import {
  type Failure,
  fail,
  type Result,
  unanswered,
  unforeseen,
} from '../../lib/core/failures.ts';
import { GITHUB_HOST } from '../../lib/core/refs.ts';
import type { Db } from '../../lib/store/db.ts';
import {
  keepToken,
  listAccounts,
  removeAccount,
  savePendingToken,
} from '../../lib/store/tokens.ts';

/** What signing in depends on. */
export interface AccountsContext {
  readonly db: Db;
  /** Asks the background to check an account. The token stays in the store. */
  readonly check: (query: {
    readonly account: string;
    readonly repo: string | undefined;
  }) => Promise<Result<AccountCheck>>;
  /** Asks the background to open a token with its passphrase. */
  readonly unlock: (query: {
    readonly account: string;
    readonly passphrase: string;
  }) => Promise<Result<void>>;
  /** Told why what is stored cannot be read, and (undefined) that it can. */
  readonly onUnreadable: (problem: Failure | undefined) => void;
}

/** Accounts and tokens. */
export function accountsModel({
  db,
  check,
  unlock,
  onUnreadable,
}: AccountsContext): AccountsProps & {
  readonly reload: () => Promise<void>;
} {
  const stored = signal<readonly Account[]>([]);
  const outcomes = signal<Outcomes>({});
  const busy = signal(false);
  const refusal = signal<Refusal | undefined>(undefined);
  const reload = async () => {
    try {
      stored.value = await listAccounts(db);
      onUnreadable(undefined);
    } catch (error) {
      onUnreadable(unforeseen(error));
    }
  };
  const guarded = async (work: () => Promise<void>) => {
    refusal.value = undefined;
    try {
      await work();
    } catch (error) {
      refusal.value = { account: undefined, failure: unforeseen(error) };
    }
    await reload();
    busy.value = false;
  };
  const checkOne = async (account: string, repo: string | undefined) => {
    busy.value = true;
    const { checkedAt } = stored.value.find(({ id }) => id === account) ?? {};
    const outcome = await check({ account, repo }).catch(unanswered);
    // Only a token that GitHub calls bad is not worth keeping. Any other can be checked again.
    const useless = !outcome.ok && outcome.failure.code === 'bad-token';
    if (useless && stored.value.find(({ id }) => id === account)?.state !== 'active') {
      await removeAccount(db, account);
      refusal.value = { account, failure: outcome.failure };
    } else {
      outcomes.value = { ...outcomes.value, [account]: { outcome, checkedAt } };
    }
  };
  return {
    accounts: computed(() =>
      stored.value
        // Its token is gone, whatever was read before: what was wrong with it is said once.
        .filter(({ id }) => id !== refusal.value?.account)
        .map((account) => toEntry(account, outcomes.value)),
    ),
    busy,
    refused: computed(() => refusal.value?.failure),
    reload,
    onAdd: (token, repo, keeping) =>
      guarded(async () => {
        busy.value = true;
        const id = await savePendingToken(db, GITHUB_HOST, token, keeping);
        await reload();
        await checkOne(id, repo);
      }),
    onCheck: (id, repo) => guarded(() => checkOne(id, repo)),
    onKeep: async (id, keeping) => {
      const answer = await keepToken(db, id, keeping).catch((error) => fail(unforeseen(error)));
      await reload();
      return answer;
    },
    onUnlock: async (account, passphrase) => {
      const answer = await unlock({ account, passphrase }).catch(unanswered);
      await reload();
      return answer;
    },
    onRemove: (id) => guarded(() => removeAccount(db, id)),
  };
}

/** What went wrong last, and the account whose token was thrown away for it. */
interface Refusal {
  readonly account: string | undefined;
  readonly failure: Failure;
}

/** What came of the last checks, by account; `checkedAt` is when GitHub had accepted it before. */
type Outcomes = Readonly<
  Record<string, { readonly outcome: Result<AccountCheck>; readonly checkedAt: number | undefined }>
>;

function toEntry(account: Account, outcomes: Outcomes): AccountEntry {
  const { outcome, checkedAt } = outcomes[account.id] ?? {};
  // The background checks a pending token again when it can: what failed before GitHub accepted it is over.
  const isOver = account.checkedAt !== checkedAt;
  const problem = outcome?.ok === false && !isOver ? outcome.failure : undefined;
  return {
    ...account,
    repo: outcome?.ok ? outcome.value.repo : undefined,
    failure: account.failure ?? problem,
  };
}
