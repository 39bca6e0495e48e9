import type { OutboxMessage } from '../../lib/core/alerts/outbox.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import type { AlertsProps } from './AlertSection.tsx';

/** Messages that need a decision: they did not arrive, or nobody knows. Nothing where there are none. */
export function AlertStuck({
  stuck,
  settleFailure,
  onSettle,
}: Pick<AlertsProps, 'stuck' | 'settleFailure' | 'onSettle'>) {
  const failure = settleFailure.value;
  return (
    <div aria-live="polite">
      {stuck.value.length > 0 && (
        <>
          <h3>Alerts that may not have arrived</h3>
          <ul class="plain">
            {stuck.value.map((message) => (
              <Message key={message.id} message={message} onSettle={onSettle} />
            ))}
          </ul>
        </>
      )}
      {failure && <FailureNote failure={failure} />}
    </div>
  );
}

const CHANNELS = { relay: 'E-mail', slack: 'Slack' } as const;

interface MessageProps extends Pick<AlertsProps, 'onSettle'> {
  readonly message: OutboxMessage;
}

function Message({ message, onSettle }: MessageProps) {
  const { id, channel, payload, createdAt, failure } = message;
  const name = `${CHANNELS[channel]}, ${payload.subject}`;
  return (
    <li class="card">
      <p>
        <strong>{payload.subject}</strong>{' '}
        <span class="muted">
          {CHANNELS[channel]}, {new Date(createdAt).toLocaleString([], DATE_AND_TIME)}
        </span>
      </p>
      {failure && (
        <p>
          {failure.message} {failure.action}
        </p>
      )}
      <Button look="small" label={`Send again: ${name}`} onPress={() => onSettle(id, true)}>
        Send again
      </Button>{' '}
      <Button look="small" label={`Dismiss: ${name}`} onPress={() => onSettle(id, false)}>
        Dismiss
      </Button>
    </li>
  );
}

const DATE_AND_TIME = { dateStyle: 'medium', timeStyle: 'short' } as const;
