import { AlertAddress, SecretField } from './AlertAddress.tsx';
import type { AlertsProps } from './AlertSection.tsx';

/** E-mail through a relay: a small program of the user's own, because an extension cannot send mails. */
export function AlertRelay(props: AlertsProps) {
  return (
    <AlertAddress
      {...props}
      channel="relay"
      title="E-mail through your relay"
      about="An extension cannot send e-mail: a small program of yours does, at an address that you give here. It alone decides who gets the mails."
      onSave={(fields) => props.onSaveRelay(textOf(fields, 'url'), textOf(fields, 'token'))}
    >
      <div class="field">
        <label for="relay-url">Address of the relay</label>
        <input
          id="relay-url"
          name="url"
          type="text"
          inputMode="url"
          spellcheck={false}
          autocomplete="off"
          placeholder="https://relay.example.com/v1/messages"
          aria-describedby="relay-url-hint"
        />
        <p id="relay-url-hint" class="muted">
          The browser asks whether Masterlist may reach this host, and only this one.
        </p>
      </div>
      <SecretField
        id="relay-token"
        name="token"
        label="Its token"
        hint="As its operator told you. It is stored encrypted and goes to the relay only."
      />
    </AlertAddress>
  );
}

function textOf(fields: FormData, name: string): string {
  return String(fields.get(name) ?? '').trim();
}
