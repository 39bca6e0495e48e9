import type { ReadonlySignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { cleanPasted } from '../../lib/core/account.ts';
import type {
  AlertSettings,
  ChannelField,
  ChannelForm,
  SendingChannel,
  TeamChannel,
} from '../../lib/core/alerts/alert-settings.ts';
import type { Failure, Result } from '../../lib/core/failures.ts';
import { choicesOf } from '../../lib/core/settings/form.ts';
import { ALERTS } from '../../lib/core/settings/settings.ts';
import type { PartialSettings } from '../../lib/core/settings/table.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { SettingsSelect } from './SettingsField.tsx';

/** Where a channel of the team leads: never the address itself, which is a secret. */
export interface SavedAddress {
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** What came of the last thing that was done with a channel. */
export type ChannelOutcome =
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly words: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The channels of the team, and what the user can do about them. */
export interface ChannelsProps {
  readonly channels: Readonly<Record<TeamChannel, ChannelForm>>;
  readonly alerts: ReadonlySignal<AlertSettings>;
  readonly addresses: ReadonlySignal<Readonly<Partial<Record<TeamChannel, SavedAddress>>>>;
  /** Which channels the browser allows: notifications, and requests to the saved hosts. */
  readonly allowed: ReadonlySignal<ReadonlySet<SendingChannel>>;
  readonly outcomes: ReadonlySignal<Readonly<Partial<Record<SendingChannel, ChannelOutcome>>>>;
  readonly onAlertsChange: (change: PartialSettings<AlertSettings>) => unknown;
  /** Called in the click itself: the browser asks its permission only then. Answers when it is saved, or why not. */
  readonly onSaveAddress: (
    channel: TeamChannel,
    fields: Readonly<Record<string, string>>,
  ) => Promise<Result<void>>;
  readonly onRemoveAddress: (channel: TeamChannel) => unknown;
  readonly onTest: (channel: SendingChannel) => unknown;
}

interface AlertChannelProps extends ChannelsProps {
  readonly channel: TeamChannel;
}

/** A channel whose address is a secret: where it leads, a test, and a form that forgets what was typed once it is saved. */
export function AlertChannel(props: AlertChannelProps) {
  const { channel } = props;
  const { title, about } = props.channels[channel];
  const address = props.addresses.value[channel];
  const outcome = props.outcomes.value[channel];
  return (
    <article class="card" aria-labelledby={`${channel}-head`}>
      <h3 id={`${channel}-head`}>{title}</h3>
      <p class="muted">{about}</p>
      {address && <Saved {...props} address={address} />}
      <details open={address === undefined}>
        <summary>{address === undefined ? 'Set it up' : 'Use another URL'}</summary>
        <AddressForm {...props} />
      </details>
      <AlertNote outcome={outcome} />
    </article>
  );
}

function Saved(props: AlertChannelProps & { readonly address: SavedAddress }) {
  const { channel, address } = props;
  const { title } = props.channels[channel];
  const isBusy = props.outcomes.value[channel]?.kind === 'busy';
  const date = new Date(address.savedAt).toLocaleDateString([], { dateStyle: 'long' });
  return (
    <>
      <p>
        Goes to <strong>{address.host}</strong>, saved on {date}. The address is not shown again.
      </p>
      {!props.allowed.value.has(channel) && (
        <p class="problem">
          The browser no longer allows requests to {address.host}: save the URL again.
        </p>
      )}
      <SettingsSelect
        id={`${channel}-digest`}
        label="Activity summary"
        hint="Sent at 8 a.m., if anything happened."
        value={props.alerts.value.digests[channel]}
        choices={choicesOf(ALERTS.digests[channel].form)}
        onChange={(rhythm) => props.onAlertsChange({ digests: { [channel]: rhythm } })}
      />
      <div class="actions">
        <Button
          disabled={isBusy}
          label={`Send a test: ${title}`}
          onPress={() => props.onTest(channel)}
        >
          Send a test
        </Button>{' '}
        <ConfirmButton
          label="Remove the address"
          about={title}
          consequence="The address is deleted from this browser; messages still waiting for it are not sent."
          confirm="Remove it"
          keep="Keep it"
          disabled={isBusy}
          onConfirm={() => void props.onRemoveAddress(channel)}
        />
      </div>
    </>
  );
}

function AddressForm({ channel, channels, outcomes, onSaveAddress }: AlertChannelProps) {
  const { fields } = channels[channel];
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const values = fields.map(({ name }) => [name, cleanPasted(String(typed.get(name) ?? ''))]);
    void onSaveAddress(channel, Object.fromEntries(values)).then((saved) => {
      if (saved.ok) form.reset();
    });
  };
  return (
    <form onSubmit={submit} autocomplete="off">
      {fields.map((field) => (
        <Field key={field.name} id={`${channel}-${field.name}`} {...field} />
      ))}
      <button type="submit" class="btn" disabled={outcomes.value[channel]?.kind === 'busy'}>
        Save
      </button>
    </form>
  );
}

/** Without a placeholder it hides what is typed: nobody should read it over a shoulder. */
function Field({ id, name, label, hint, placeholder }: ChannelField & { readonly id: string }) {
  const kind =
    placeholder === undefined
      ? ({ type: 'password' } as const)
      : ({ type: 'text', inputMode: 'url', placeholder } as const);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        {...kind}
        spellcheck={false}
        autocomplete="off"
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} class="muted">
        {hint}
      </p>
    </div>
  );
}

/** What came of the last thing that was done with a channel; said when it comes. */
export function AlertNote({ outcome }: { readonly outcome: ChannelOutcome | undefined }) {
  return (
    <div aria-live="polite">
      {outcome?.kind === 'busy' && <p class="muted">Waiting for an answer…</p>}
      {outcome?.kind === 'done' && <p class="good">{outcome.words}</p>}
      {outcome?.kind === 'failed' && <FailureNote failure={outcome.failure} />}
    </div>
  );
}
