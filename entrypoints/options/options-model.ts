import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { AccountEntry, AccountsProps } from '../../components/AccountSection.tsx';
import type { LogForm } from '../../components/LogExport.tsx';
import type { OptionsPageProps } from '../../components/OptionsPage.tsx';
import {
  type Failure,
  type FailureCode,
  fail,
  failure,
  type Result,
} from '../../lib/core/failure.ts';
import type { JobEvent } from '../../lib/core/job/job-facts.ts';
import { logCsv } from '../../lib/core/log-csv.ts';
import { type Preferences, rulesOf } from '../../lib/core/preferences.ts';
import { type ChecklistRef, GITHUB_HOST } from '../../lib/core/refs.ts';
import { formatRules } from '../../lib/core/sync/rules-file.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import type { AccountCheck } from '../../lib/messages.ts';
import { completePreferences, type StoredPreferences } from '../../lib/settings.ts';
import type { Db } from '../../lib/store/db.ts';
import { listAllEvents } from '../../lib/store/events.ts';
import {
  type Account,
  listAccounts,
  removeAccount,
  savePendingToken,
} from '../../lib/store/tokens.ts';

import type { DownloadFile } from './download.ts';

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
  readonly tracked: ReadonlySignal<readonly TrackedChecklist[]>;
  /** Asks the background to release a checklist. */
  readonly untrack: (checklist: ChecklistRef) => Promise<Result<unknown>>;
  readonly download: (file: DownloadFile) => void;
}

/** The state of the options page and what the user can do with it. */
export type OptionsModel = OptionsPageProps & { readonly reload: () => Promise<void> };

/** Builds the model of the options page. */
export function createOptionsModel(context: OptionsContext): OptionsModel {
  return { ...accountsModel(context), ...settingsModel(context), ...trackedModel(context) };
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
function unanswered(): Result<never> {
  return fail(failure('internal', { reason: 'the background does not answer.' }));
}

function settingsModel({ settings, saveSettings, download }: OptionsContext) {
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
        rules: { ...now.rules, ...change.rules },
        nightly: { ...now.nightly, ...change.nightly },
        timing: { ...now.timing, ...change.timing },
      });
    },
    onReset: () => save({}),
    onDownloadRules: () => {
      const text = formatRules(rulesOf(completePreferences(settings.value)));
      download({ name: 'masterlist.yml', type: 'application/yaml', text });
    },
  };
}

function trackedModel({ db, tracked, untrack, download }: OptionsContext) {
  const untrackFailure = signal<Failure | undefined>(undefined);
  return {
    tracked,
    untrackFailure,
    onUntrack: async (checklist: ChecklistRef) => {
      const answer = await untrack(checklist).catch(unanswered);
      untrackFailure.value = answer.ok ? undefined : answer.failure;
    },
    onDownloadLog: async (form: LogForm) => {
      const events = await listAllEvents(db);
      download(form === 'csv' ? csvFile(events) : jsonFile(events));
    },
  };
}

function csvFile(events: readonly JobEvent[]): DownloadFile {
  return { name: 'masterlist-log.csv', type: 'text/csv', text: logCsv(events) };
}

function jsonFile(events: readonly JobEvent[]): DownloadFile {
  const text = JSON.stringify(events, undefined, 2);
  return { name: 'masterlist-log.json', type: 'application/json', text };
}
