import type { AlertMessage } from '../core/alerts/alert-message.ts';
import type { ChannelAddress, ChannelForm } from '../core/alerts/alert-settings.ts';
import type { Recipient, SendOutcome } from '../core/alerts/outbox.ts';
import type { Clock, Ports } from '../ports.ts';

/** A channel of the team as one value: its form, its words, and how it sends. */
export interface Channel extends ChannelForm, Recipient {
  /** Sends once. Never rejects. An address that was stored under older rules is refused. */
  send(ports: SendingPorts, address: ChannelAddress, message: SentMessage): Promise<SendOutcome>;
}

/** What sends one message. */
export type SendingPorts = Pick<Ports, 'fetch'> & { readonly clock: Pick<Clock, 'now'> };

/** A message with the id that stays the same at each attempt. */
export interface SentMessage {
  readonly id: string;
  readonly payload: AlertMessage;
}
