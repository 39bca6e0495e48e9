import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import type { TeamChannel } from '../../lib/core/alerts/alert-settings.ts';
import type { Result } from '../../lib/core/failure.ts';
import { CHOICES } from '../../lib/core/settings/describe-settings.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { AlertNote } from './AlertNote.tsx';
import type { AlertsProps, SavedAddress } from './AlertSection.tsx';
import { SettingsSelect } from './SettingsField.tsx';

type Shared = Pick<
  AlertsProps,
  'alerts' | 'addresses' | 'allowed' | 'outcomes' | 'onAlertsChange' | 'onRemoveAddress' | 'onTest'
>;

interface AlertAddressProps extends Shared {
  readonly channel: TeamChannel;
  readonly title: string;
  /** What it is for, in a sentence or two. */
  readonly about: ComponentChildren;
  /** Fields of the form, with names. */
  readonly children: ComponentChildren;
  /** Called in the click itself: the browser asks its permission only then. */
  readonly onSave: (fields: FormData) => Promise<Result<void>>;
}

/** A channel whose address is a secret: where it leads, a test, and a form that forgets what was typed once it is saved. */
export function AlertAddress(props: AlertAddressProps) {
  const { channel, title, about } = props;
  const address = props.addresses.value[channel];
  const outcome = props.outcomes.value[channel];
  return (
    <article class="card" aria-labelledby={`${channel}-head`}>
      <h3 id={`${channel}-head`}>{title}</h3>
      <p class="muted">{about}</p>
      {address && <Saved {...props} address={address} />}
      <details open={address === undefined}>
        <summary>{address === undefined ? 'Set it up' : 'Use another address'}</summary>
        <AddressForm {...props} />
      </details>
      <AlertNote outcome={outcome} />
    </article>
  );
}

function Saved(props: AlertAddressProps & { readonly address: SavedAddress }) {
  const { channel, title, address } = props;
  const isBusy = props.outcomes.value[channel]?.kind === 'busy';
  const date = new Date(address.savedAt).toLocaleDateString([], { dateStyle: 'long' });
  return (
    <>
      <p>
        Goes to <strong>{address.host}</strong>, saved on {date}. The address is not shown again.
      </p>
      {!props.allowed.value.has(channel) && (
        <p class="problem">
          The browser does not allow requests to {address.host} any more: save the address again.
        </p>
      )}
      <SettingsSelect
        id={`${channel}-digest`}
        label="Summary of what happened"
        hint="Sent at eight in the morning, when something happened."
        value={props.alerts.value.digests[channel]}
        choices={CHOICES.rhythm}
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
          consequence="The address is deleted from this browser; messages that still wait for it are not sent."
          confirm="Remove it"
          keep="Keep it"
          disabled={isBusy}
          onConfirm={() => void props.onRemoveAddress(channel)}
        />
      </div>
    </>
  );
}

function AddressForm({ channel, outcomes, children, onSave }: AlertAddressProps) {
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    void onSave(new FormData(form)).then((saved) => {
      if (saved.ok) form.reset();
    });
  };
  return (
    <form onSubmit={submit} autocomplete="off">
      {children}
      <button type="submit" class="btn" disabled={outcomes.value[channel]?.kind === 'busy'}>
        Save
      </button>
    </form>
  );
}

interface SecretFieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
}

/** A field whose text nobody should read over a shoulder. */
export function SecretField({ id, name, label, hint }: SecretFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="password"
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
