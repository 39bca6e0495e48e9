import { applyEdits, type Edit } from '../core/edits.ts';
import { type Failure, failure } from '../core/failure.ts';
import { claimEdit, parseClaim } from '../core/job/job-claim.ts';
import type { BodyVersion, MasterSnapshot, UnverifiedWrite } from '../core/job/job-facts.ts';
import { mergeText } from '../core/merge.ts';

/** What a later read tells of an earlier write of ours. */
export interface WriteVerdict {
  /** Whether the write reached GitHub. */
  readonly applied: boolean;
  /** The text as it should stand now: as read, with what our write had overwritten put back. */
  readonly text: string;
  /** The write that overwrote somebody; kept until its mending is confirmed. */
  readonly mend: UnverifiedWrite | undefined;
  /** Somebody's change may have been lost, and GitHub does not show it. */
  readonly notice: Failure | undefined;
}

/**
 * Looks into the edit history for a change by anyone, ourselves included, that fell between our read and our write; by
 * content, not by author or time. If there is one, merges three ways; ours is derived anew where both touched a line.
 */
export function verifyWrite(write: UnverifiedWrite, snapshot: MasterSnapshot): WriteVerdict {
  const since = versionsSince(write.newestAtRead, snapshot.history);
  const ours = since.findLastIndex((version) => version.text === write.written);
  if (ours === -1) return verdictWithoutVersion(write, since, snapshot);
  const [overwritten] = since.slice(ours + 1);
  const clean = { applied: true, text: snapshot.text, mend: undefined, notice: undefined };
  if (overwritten === undefined || overwritten.text === write.base) return clean;
  if (overwritten.text === undefined) return { ...clean, notice: failure('history-unreadable') };
  return { ...clean, ...mend(write, overwritten.text, snapshot.text), mend: write };
}

// Our version is not in the history: not applied, or the history lags or hides texts.
function verdictWithoutVersion(
  write: UnverifiedWrite,
  since: readonly BodyVersion[],
  snapshot: MasterSnapshot,
): WriteVerdict {
  const applied = snapshot.text === write.written;
  const hidden = since.some((version) => version.text === undefined);
  if (!applied && !hidden && write.mends !== undefined) return verifyWrite(write.mends, snapshot);
  // One hidden version may be ours; two, and one is somebody's.
  const notice = hidden && since.length > 1 ? failure('history-unreadable') : undefined;
  return { applied, text: snapshot.text, mend: undefined, notice };
}

function versionsSince(
  newest: BodyVersion | undefined,
  history: readonly BodyVersion[],
): readonly BodyVersion[] {
  if (newest === undefined) return history;
  const known = history.findIndex(({ id }) => id === newest.id);
  return known === -1 ? history : history.slice(0, known);
}

/**
 * Brings together what our write had overwritten and what people made of our text since. Our edits are put into every
 * text first, so that only people's changes are merged: where they touched the same lines the latest hand stays, and the
 * user hears of it.
 */
function mend(
  write: UnverifiedWrite,
  overwritten: string,
  current: string,
): Pick<WriteVerdict, 'text' | 'notice'> {
  const base = withOurs(write, write.base);
  const written = withOurs(write, write.written);
  const together = mergeText(base, written, withOurs(write, overwritten));
  const latest = mergeText(written, together.text, withOurs(write, current));
  const collided = together.conflicts + latest.conflicts > 0;
  const claim = parseClaim(current);
  return {
    text: edit(write, latest.text, claim === undefined ? [] : [claimEdit(claim)]),
    notice: collided ? failure('edits-collided') : undefined,
  };
}

// Without the claim: whose it is now is decided on the text as it is now.
function withOurs(write: UnverifiedWrite, text: string): string {
  const ours = write.edits.filter(({ kind }) => kind !== 'comment');
  return edit(write, text, [...ours, claimEdit(undefined)]);
}

function edit(write: UnverifiedWrite, text: string, edits: readonly Edit[]): string {
  const { repo } = write.checklist;
  return applyEdits(text, edits, { repo, placeholder: write.placeholder }).markdown;
}
