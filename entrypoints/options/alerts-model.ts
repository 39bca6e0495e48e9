import { type ReadonlySignal, signal } from '@preact/signals';
import type { ChannelOutcome, SavedAddress } from '../../components/options/AlertChannel.tsx';
import type { AlertsProps } from '../../components/options/AlertSection.tsx';
import { NOTIFICATIONS_PERMISSION } from '../../lib/channels/browser.ts';
import { consentFor } from '../../lib/channels/consent.ts';
import { CHANNELS } from '../../lib/channels/registry.ts';
import {
  type AlertSettings,
  type ChannelAddress,
  type SendingChannel,
  TEAM_CHANNELS,
  type TeamChannel,
} from '../../lib/core/alerts/alert-settings.ts';
import { isStuck, type OutboxMessage } from '../../lib/core/alerts/outbox.ts';
import {
  type Failure,
  fail,
  failure,
  type Result,
  succeed,
  unanswered,
  unforeseen,
} from '../../lib/core/failures.ts';
import type { PartialSettings } from '../../lib/core/settings/table.ts';
import { ask, drop, dropHost, listAllowed, type PermissionsPort } from './alert-permissions.ts';
import { refusedByStorage } from './refused-by-storage.ts';

/** What goes into the store sealed, and never comes back to a page. */
export interface SecretsPort {
  save(channel: TeamChannel, address: ChannelAddress): Promise<void>;
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
  readonly testChannel: (channel: SendingChannel) => Promise<Result<void>>;
  readonly settleMessage: (id: string, send: boolean) => Promise<Result<void>>;
  /** Told why what is stored cannot be read, and (undefined) that it can. */
  readonly onUnreadable: (problem: Failure | undefined) => void;
}

/** The channels of the alerts: permissions, secret addresses, tests, and messages that got stuck. */
export function alertsModel(context: AlertsContext): Omit<AlertsProps, 'onAlertsChange'> & {
  readonly reload: () => Promise<void>;
} {
  const { settings, save, permissions, secrets } = context;
  const addresses = signal<AlertsProps['addresses']['value']>({});
  const allowed = signal<ReadonlySet<SendingChannel>>(new Set());
  const stuck = signal<readonly OutboxMessage[]>([]);
  const settleFailure = signal<Failure | undefined>(undefined);
  const outcomes = signal<AlertsProps['outcomes']['value']>({});
  const say = (channel: SendingChannel, outcome: ChannelOutcome) => {
    outcomes.value = { ...outcomes.value, [channel]: outcome };
  };
  const read = async () => {
    const [messages, ...found] = await Promise.all([
      context.listMessages(),
      ...TEAM_CHANNELS.map((channel) => secrets.find(channel)),
    ]);
    const saved: AlertsProps['addresses']['value'] = Object.fromEntries(
      TEAM_CHANNELS.flatMap((channel, index) => {
        const address = found[index];
        return address === undefined ? [] : [[channel, address]];
      }),
    );
    allowed.value = await listAllowed(permissions, saved);
    addresses.value = saved;
    stuck.value = messages.filter(isStuck).sort((one, other) => one.createdAt - other.createdAt);
  };
  const reload = () =>
    read().then(
      () => context.onUnreadable(undefined),
      (error) => context.onUnreadable(unforeseen(error)),
    );
  const saveAddress = async (
    channel: TeamChannel,
    fields: Readonly<Record<string, string>>,
  ): Promise<Result<void>> => {
    const secret = CHANNELS[channel].parse(fields);
    // Up to here nothing was waited for: the browser still counts this as the click.
    const asking = secret.ok ? ask(permissions, consentFor(secret.value.url)) : undefined;
    say(channel, { kind: 'busy' });
    const before = addresses.value[channel];
    const answer = secret.ok ? await keep(channel, secret.value, (await asking) ?? false) : secret;
    await reload();
    if (answer.ok) await dropHost(permissions, before, addresses.value);
    say(
      channel,
      answer.ok
        ? { kind: 'done', words: CHANNELS[channel].saved }
        : { kind: 'failed', failure: answer.failure },
    );
    return answer;
  };
  const keep = async (
    channel: TeamChannel,
    secret: ChannelAddress,
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
    channels: CHANNELS,
    alerts: settings,
    addresses,
    allowed,
    outcomes,
    stuck,
    settleFailure,
    reload,
    onNotifications: async (on) => {
      const asking = on
        ? ask(permissions, NOTIFICATIONS_PERMISSION)
        : drop(permissions, NOTIFICATIONS_PERMISSION);
      const isAllowed = (await asking) && on;
      await save({ on: { browser: isAllowed } });
      await reload();
      const { browser: _last, ...others } = outcomes.value;
      outcomes.value = others;
      if (on && !isAllowed) {
        say('browser', { kind: 'failed', failure: failure('notifications-not-allowed') });
      }
    },
    onSaveAddress: saveAddress,
    onRemoveAddress: async (channel) => {
      const before = addresses.value[channel];
      const removed = await secrets
        .remove(channel)
        .then(() => succeed(undefined), refusedByStorage);
      if (removed.ok) await save({ on: { [channel]: false } });
      await reload();
      if (removed.ok) await dropHost(permissions, before, addresses.value);
      say(
        channel,
        removed.ok
          ? { kind: 'done', words: 'Removed.' }
          : { kind: 'failed', failure: removed.failure },
      );
    },
    onTest: async (channel) => {
      say(channel, { kind: 'busy' });
      const answer = await context.testChannel(channel).catch(unanswered);
      await reload();
      say(
        channel,
        answer.ok
          ? { kind: 'done', words: channel === 'browser' ? SHOWN : CHANNELS[channel].tested }
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

const SHOWN =
  'Shown. If you see nothing, allow notifications of this browser in your system settings.';
