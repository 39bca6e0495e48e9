import type { UnverifiedWrite } from '../core/engine/job-facts.ts';
import type { Cause } from '../core/log/cause.ts';

/** Up to the fourth version of the database a cause was a string, composed from what set it off and what for. */
interface OldEvent {
  readonly cause: string;
}

interface OldWrite {
  readonly event?: OldEvent | undefined;
  readonly mends?: OldWrite | undefined;
}

/** An event of the log with its cause as today; also one without its text. */
export function withCause<Event extends { readonly cause: Cause }>(old: OldEvent): Event {
  return { ...old, cause: causeOf(old.cause) } as unknown as Event;
}

/** An unverified write as today: its events, also those of the writes whose victims it restores, have their causes. */
export function withCauses(old: OldWrite): UnverifiedWrite {
  const { event, mends, ...rest } = old;
  return {
    ...rest,
    event: event && withCause(event),
    restores: mends && withCauses(mends),
  } as UnverifiedWrite;
}

/** A write as today where it calls what it restores `mends`. */
export function withRestored(write: UnverifiedWrite & Pick<OldWrite, 'mends'>): UnverifiedWrite {
  const { mends, ...rest } = write;
  return mends === undefined ? rest : { ...rest, restores: withRestored(mends as UnverifiedWrite) };
}

/** Every cause that was ever written; of generations and their undo the first word, since the rest said the step. */
const CAUSES: Readonly<Record<string, Cause>> = {
  generate: { by: 'click', what: 'generate' },
  undo: { by: 'click', what: 'undo-generation' },
  'click: sync': { by: 'click', what: 'sync' },
  'poll: sync': { by: 'background', what: 'sync' },
  'nightly: sync': { by: 'night', what: 'sync' },
  'nightly: reconcile': { by: 'night', what: 'resolve' },
  'mend: reconcile': { by: 'click', what: 'resolve' },
  'mend: undo': { by: 'click', what: 'undo' },
  'mend: plain': { by: 'click', what: 'unlink' },
  'mend: traces': { by: 'click', what: 'traces' },
  'poll: release': { by: 'background', what: 'release' },
  'poll: verify': { by: 'background', what: 'verify' },
  'click: summary': { by: 'click', what: 'summary' },
  restore: { by: 'click', what: 'restore' },
};

function causeOf(old: unknown): Cause {
  const [first = ''] = typeof old === 'string' ? old.split(':', 1) : [];
  const cause = CAUSES[String(old)] ?? CAUSES[first];
  // No version wrote another; a database that somebody edited must still open.
  return cause ?? { by: 'click', what: 'sync' };
}
