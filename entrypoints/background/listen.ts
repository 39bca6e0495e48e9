import { browser } from 'wxt/browser';
import { fail, failure, unforeseen } from '../../lib/core/failures.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Answering } from './answer.ts';
import { formOf, WRONG } from './message-forms.ts';
import type { Sender } from './sender.ts';

/** What answers each message. */
export type Handlers = {
  readonly [Name in keyof Protocol]: Answering<
    Parameters<Protocol[Name]>[0],
    ReturnType<Protocol[Name]>
  >;
};

/**
 * Hears every message of the protocol. The library's own listener would also call what every object has under a name
 * (`constructor`, `toString`), and would answer with the error that this throws.
 */
export function listen(handlers: Handlers): void {
  browser.runtime.onMessage.addListener(
    (message: unknown, sender: Sender, respond: (answer: unknown) => void) => {
      const { type, data } = isRecord(message) ? message : {};
      if (typeof type !== 'string' || !isMessage(type, handlers)) return false;
      // Which message goes with which handler the table's type has checked.
      const answering = handlers[type] as Answering<never, unknown>;
      void hear(type, answering, data, sender).then((res) => respond({ res }));
      return true;
    },
  );
}

/** Reads the fields of a message by its form before anything else does. Pages of an older version are told to reload. */
async function hear(
  name: keyof Protocol,
  answering: Answering<never, unknown>,
  data: unknown,
  sender: Sender,
): Promise<unknown> {
  try {
    const read = formOf(name)(data);
    if (read === WRONG) return fail(failure('stale-page'));
    // Whose it is, and whether it is a checklist, `permit` decides.
    const checklist: unknown = Object(data).checklist;
    return await answering({ data: { ...read, checklist } as never, sender });
  } catch (error) {
    console.error(error);
    return fail(unforeseen(error));
  }
}

function isMessage(name: string, handlers: Handlers): name is keyof Protocol {
  return Object.hasOwn(handlers, name);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
