import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { AccountEntry, AccountsProps } from '../../components/AccountSection.tsx';
import type { OptionsPageProps } from '../../components/OptionsPage.tsx';
import {
  type Failure,
  type FailureCode,
  fail,
  failure,
  type Result,
} from '../../lib/core/failure.ts';
import type { Preferences } from '../../lib/core/preferences.ts';
import { GITHUB_HOST } from '../../lib/core/refs.ts';
import type { AccountCheck } from '../../lib/messages.ts';
import { completePreferences, type StoredPreferences } from '../../lib/settings.ts';
import type { Db } from '../../lib/store/db.ts';
import {
  type Account,
  listAccounts,
  removeAccount,
  savePendingToken,
} from '../../lib/store/tokens.ts';

/** What the options page depends on. */
export interface OptionsContext {
  readonly db: Db;
  /** Asks the background to check an account. The token stays in the store. */
  readonly check: (query: {
    readonly account: string;
    readonly repo: string | undefined;
  }) => Promise<Result<AccountCheck>>;
  readonly settings: ReadonlySignal<StoredPreferences>;
  readonly saveSettings: (settings: StoredPreferences) => Promise<void>;
}

/** The state of the options page and what the user can do with it. */
export type OptionsModel = OptionsPageProps & { readonly reload: () => Promise<void> };

/** Builds the model of the options page. */
export function createOptionsModel(context: OptionsContext): OptionsModel {
  return { ...accountsModel(context), ...settingsModel(context) };
}

function accountsModel({ db, check }: OptionsContext): AccountsProps & {
  readonly reload: () => Promise<void>;
} {
  const stored = signal<readonly Account[]>([]);
  const outcomes = signal<Readonly<Record<string, Result<AccountCheck>>>>({});
  const busy = signal(false);
  const refused = signal<Failure | undefined>(undefined);
  const reload = async () => {
    stored.value = await listAccounts(db);
  };
  const checkOne = async (account: string, repo: string | undefined) => {
    busy.value = true;
    const outcome = await check({ account, repo }).catch(unanswered);
    outcomes.value = { ...outcomes.value, [account]: outcome };
    const useless = !outcome.ok && USELESS.has(outcome.failure.code);
    if (useless && stored.value.find(({ id }) => id === account)?.state !== 'active') {
      await removeAccount(db, account);
      refused.value = outcome.failure;
    }
    await reload();
    busy.value = false;
  };
  return {
    accounts: computed(() => stored.value.map((account) => toEntry(account, outcomes.value))),
    busy,
    refused,
    reload,
    onAdd: async (token, repo) => {
      refused.value = undefined;
      const id = await savePendingToken(db, GITHUB_HOST, token);
      await reload();
      await checkOne(id, repo);
    },
    onCheck: checkOne,
    onRemove: async (id) => {
      await removeAccount(db, id);
      await reload();
    },
  };
}

/** A token that GitHub does not know is not worth keeping. Others can be checked again: GitHub may just be out of reach. */
const USELESS: ReadonlySet<FailureCode> = new Set<FailureCode>(['bad-token', 'signed-out']);

function toEntry(
  account: Account,
  outcomes: Readonly<Record<string, Result<AccountCheck>>>,
): AccountEntry {
  const outcome = outcomes[account.id];
  const { id, host, state, login, kind, scopes, expiresAt } = account;
  return {
    id,
    host,
    state,
    login,
    kind,
    scopes,
    expiresAt,
    repo: outcome?.ok ? outcome.value.repo : undefined,
    failure: outcome?.ok === false ? outcome.failure : undefined,
  };
}

/** The background was updated or stopped under the page. */
function unanswered(): Result<AccountCheck> {
  return fail(failure('internal', { reason: 'the background does not answer.' }));
}

function settingsModel({ settings, saveSettings }: OptionsContext) {
  const saved = signal(0);
  const save = async (next: StoredPreferences) => {
    await saveSettings(next);
    saved.value += 1;
  };
  return {
    preferences: computed<Preferences>(() => completePreferences(settings.value)),
    saved,
    onChange: (change: StoredPreferences) => {
      const now = settings.value;
      return save({
        ...now,
        ...change,
        generation: { ...now.generation, ...change.generation },
        timing: { ...now.timing, ...change.timing },
      });
    },
    onReset: () => save({}),
  };
}
