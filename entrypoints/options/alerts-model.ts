import { type ReadonlySignal, signal } from '@preact/signals';
import type {
  AlertsProps,
  ChannelOutcome,
  SavedAddress,
} from '../../components/options/AlertSection.tsx';
import { parseRelayUrl } from '../../lib/channels/relay.ts';
import { parseSlackUrl } from '../../lib/channels/slack.ts';
import type {
  AlertSettings,
  TeamChannel,
  ToldChannel,
} from '../../lib/core/alerts/alert-settings.ts';
import { isStuck, type OutboxMessage } from '../../lib/core/alerts/outbox.ts';
import { type Failure, fail, failure, type Result, succeed } from '../../lib/core/failure.ts';
import type { PartialSettings } from '../../lib/core/settings/partial-settings.ts';
import {
  ask,
  drop,
  dropHost,
  hostsOf,
  listAllowed,
  NOTIFICATIONS,
  type PermissionsPort,
} from './alert-permissions.ts';
import { refusedByStorage, unanswered } from './unanswered.ts';

/** What goes into the store sealed, and never comes back to a page. */
export interface SecretsPort {
  save(
    channel: TeamChannel,
    secret: { readonly url: string; readonly token?: string },
  ): Promise<void>;
  remove(channel: TeamChannel): Promise<void>;
  find(channel: TeamChannel): Promise<SavedAddress | undefined>;
}

/** What the alerts' channels depend on. */
export interface AlertsContext {
  readonly settings: ReadonlySignal<AlertSettings>;
  /** Stores a change; answers whether it is stored. */
  readonly save: (change: PartialSettings<AlertSettings>) => Promise<boolean>;
  readonly permissions: PermissionsPort;
  readonly secrets: SecretsPort;
  readonly listMessages: () => Promise<readonly OutboxMessage[]>;
  /** Asks the background to send a test, and what came of it. */
  readonly testChannel: (channel: ToldChannel) => Promise<Result<void>>;
  readonly settleMessage: (id: string, send: boolean) => Promise<Result<void>>;
}

/** The channels of the alerts: permissions, secret addresses, tests, and messages that got stuck. */
export function alertsModel(context: AlertsContext): Omit<AlertsProps, 'onAlertsChange'> & {
  readonly reload: () => Promise<void>;
} {
  const { settings, save, permissions, secrets } = context;
  const addresses = signal<AlertsProps['addresses']['value']>({});
  const allowed = signal<ReadonlySet<ToldChannel>>(new Set());
  const stuck = signal<readonly OutboxMessage[]>([]);
  const settleFailure = signal<Failure | undefined>(undefined);
  const outcomes = signal<AlertsProps['outcomes']['value']>({});
  const tell = (channel: ToldChannel, outcome: ChannelOutcome) => {
    outcomes.value = { ...outcomes.value, [channel]: outcome };
  };
  const reload = async () => {
    const [relay, slack, messages] = await Promise.all([
      secrets.find('relay'),
      secrets.find('slack'),
      context.listMessages(),
    ]);
    allowed.value = await listAllowed(permissions, { relay, slack });
    addresses.value = { ...(relay && { relay }), ...(slack && { slack }) };
    stuck.value = messages.filter(isStuck).sort((one, other) => one.createdAt - other.createdAt);
  };
  const saveAddress = async (
    channel: TeamChannel,
    secret: Result<{ readonly url: string; readonly token?: string }>,
  ): Promise<Result<void>> => {
    // Up to here nothing was waited for: the browser still counts this as the click.
    const asking = secret.ok ? ask(permissions, hostsOf(secret.value.url)) : undefined;
    tell(channel, { kind: 'busy' });
    const before = addresses.value[channel];
    const answer = secret.ok ? await keep(channel, secret.value, (await asking) ?? false) : secret;
    await reload();
    if (answer.ok) await dropHost(permissions, before, addresses.value);
    tell(
      channel,
      answer.ok
        ? { kind: 'done', words: SAVED[channel] }
        : { kind: 'failed', failure: answer.failure },
    );
    return answer;
  };
  const keep = async (
    channel: TeamChannel,
    secret: { readonly url: string; readonly token?: string },
    isAllowed: boolean,
  ): Promise<Result<void>> => {
    if (!isAllowed) return fail(failure('host-not-allowed', { host: new URL(secret.url).host }));
    const stored = await secrets
      .save(channel, secret)
      .then(() => succeed(undefined), refusedByStorage);
    if (stored.ok) await save({ on: { [channel]: true } });
    return stored;
  };
  return {
    alerts: settings,
    addresses,
    allowed,
    outcomes,
    stuck,
    settleFailure,
    reload,
    onNotifications: async (on) => {
      const asking = on ? ask(permissions, NOTIFICATIONS) : drop(permissions, NOTIFICATIONS);
      const isAllowed = (await asking) && on;
      await save({ on: { browser: isAllowed } });
      await reload();
      const { browser: _last, ...others } = outcomes.value;
      outcomes.value = others;
      if (on && !isAllowed) {
        tell('browser', { kind: 'failed', failure: failure('notifications-not-allowed') });
      }
    },
    onSaveRelay: (url, token) => saveAddress('relay', readRelay(url, token)),
    onSaveSlack: (url) => {
      const parsed = parseSlackUrl(url);
      return saveAddress('slack', parsed.ok ? succeed({ url: parsed.value }) : parsed);
    },
    onRemoveAddress: async (channel) => {
      const before = addresses.value[channel];
      const removed = await secrets
        .remove(channel)
        .then(() => succeed(undefined), refusedByStorage);
      if (removed.ok) await save({ on: { [channel]: false } });
      await reload();
      if (removed.ok) await dropHost(permissions, before, addresses.value);
      tell(
        channel,
        removed.ok
          ? { kind: 'done', words: 'Removed.' }
          : { kind: 'failed', failure: removed.failure },
      );
    },
    onTest: async (channel) => {
      tell(channel, { kind: 'busy' });
      const answer = await context.testChannel(channel).catch(unanswered);
      await reload();
      tell(
        channel,
        answer.ok
          ? { kind: 'done', words: TESTED[channel] }
          : { kind: 'failed', failure: answer.failure },
      );
    },
    onSettle: async (message, send) => {
      const answer = await context.settleMessage(message, send).catch(unanswered);
      settleFailure.value = answer.ok ? undefined : answer.failure;
      await reload();
    },
  };
}

const SAVED: Readonly<Record<TeamChannel, string>> = {
  relay: 'Saved. Send a test to see that a mail arrives.',
  slack: 'Saved. Send a test to see that a message arrives.',
};

const TESTED: Readonly<Record<ToldChannel, string>> = {
  browser:
    'Shown. If you see nothing, allow notifications of this browser in the settings of your computer.',
  relay: 'The relay has sent it: look into the mailbox.',
  slack: 'Slack has taken it: look into the channel.',
};

function readRelay(
  url: string,
  token: string,
): Result<{ readonly url: string; readonly token: string }> {
  const parsed = parseRelayUrl(url);
  if (!parsed.ok) return parsed;
  // What a header can carry.
  if (!/^[\x21-\x7e]+$/.test(token)) return fail(failure('relay-token'));
  return succeed({ url: parsed.value, token });
}
