import type { IdentityStrategy } from '../identity/issue.ts';
import type { LogEvent } from '../log/event.ts';
import type { ChecklistRef, RepoRef } from '../refs.ts';
import type { ItemLocator } from '../text/checklist.ts';
import type { LinkStyle } from '../text/edit.ts';
import type { ChangeCause, RowChange } from './change.ts';
import { type ChangeRow, type Job, type JobHeader, NO_ITEM } from './job.ts';
import { firstPhase } from './kinds/change.ts';
import { freshHeader, type JobAccount } from './new-job.ts';
import { recordedChanges } from './touched.ts';

/** One row of a change. */
export interface ChangeDraft {
  /** Missing for an issue that has no item. */
  readonly item: ItemLocator | undefined;
  /** The item's text, or the title: for the view and the log. */
  readonly text: string;
  readonly change: RowChange;
}

/** Everything that a change starts from. */
export interface NewChange {
  /** A new ULID: it names the run in the log. */
  readonly id: string;
  readonly checklist: ChecklistRef;
  readonly cause: ChangeCause;
  /** Where the issues are that it changes; the checklist's repository when missing. */
  readonly target?: RepoRef;
  readonly rows: readonly ChangeDraft[];
  /** Items for which issues are created once it has ended. */
  readonly creates: readonly ItemLocator[];
  /** The run that is undone. */
  readonly undoes?: string;
  readonly linkStyle: LinkStyle;
  readonly placeholder: string;
  readonly identity: IdentityStrategy;
  /** The checklist's log: changes of issues that it tells of do not count as somebody's touch. */
  readonly log?: readonly LogEvent[];
}

/** Makes the job of a change. `now` in milliseconds since 1970. */
export function newChange(change: NewChange, account: JobAccount, now: number): Job<'change'> {
  const { id, checklist, cause, creates, undoes, linkStyle, placeholder, identity, log } = change;
  const { target = checklist.repo } = change;
  return {
    header: {
      ...freshHeader(checklist, target, account, now),
      id,
      kind: 'change',
      options: { linkStyle, placeholder, identity, careful: account.careful },
      ...(log && { recorded: recordedChanges(log) }),
      change: { cause, creates, ...(undoes !== undefined && { undoes }) },
    },
    rows: change.rows.map(toRow),
  };
}

/** The header once the generation of its items has begun. */
export function withoutCreates(header: JobHeader<'change'>): JobHeader<'change'> {
  return { ...header, change: { ...header.change, creates: [] } };
}

/** Whether a change has ended, but the generation of the issues that were chosen with it has not begun yet. */
export function hasPendingCreates(header: JobHeader): header is JobHeader<'change'> {
  const { endedAt, kind } = header;
  return endedAt !== undefined && kind === 'change' && header.change.creates.length > 0;
}

/** How ULIDs write 5 bits (github.com/ulid/spec). */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The run id of the generation that follows a change: the next ULID after the change's own. Worked out, not kept, so that
 * it is the same however often a killed worker begins again: a job that exists under it has begun already.
 */
export function runOfCreates(changeId: string): string {
  const kept = changeId.replace(/Z*$/, '');
  const digit = DIGITS.indexOf(kept.at(-1) ?? '') + 1;
  return kept.slice(0, -1) + (DIGITS[digit] ?? '') + '0'.repeat(changeId.length - kept.length);
}

function toRow({ item = NO_ITEM, text, change }: ChangeDraft, index: number): ChangeRow {
  return { index, item, text, phase: firstPhase(change), change };
}
