import type { IdentityStrategy } from '../identity/issue.ts';
import { type ChecklistRef, issueUrl, type RepoRef } from '../refs.ts';
import type { ItemLocator } from '../text/checklist.ts';
import type { LinkStyle } from '../text/edit.ts';
import { type Job, type JobHeader, type JobRow, NO_ITEM } from './job.ts';
import type { JobEvent } from './job-facts.ts';
import { freshHeader, type JobAccount } from './job-new.ts';
import type { MendCause, RowMend } from './mend.ts';
import { recordedChanges } from './recorded-changes.ts';

/** One thing that a mending is to do. */
export interface MendDraft {
  /** Missing for an issue that has no item. */
  readonly item: ItemLocator | undefined;
  /** The item's text, or the issue's title: for the view and the log. */
  readonly text: string;
  readonly mend: RowMend;
}

/** Everything that a mending starts from. */
export interface NewMend {
  /** A new ULID: it names the run in the log. */
  readonly id: string;
  readonly checklist: ChecklistRef;
  readonly cause: MendCause;
  /** Where the issues are that it changes; the checklist's repository when missing. */
  readonly target?: RepoRef;
  readonly rows: readonly MendDraft[];
  /** Items for which issues are created once it has ended. */
  readonly creates: readonly ItemLocator[];
  /** The run that is taken back. */
  readonly undoes?: string;
  readonly linkStyle: LinkStyle;
  readonly placeholder: string;
  readonly identity: IdentityStrategy;
  /** The checklist's log: changes of issues that it tells of do not count as somebody's touch. */
  readonly log?: readonly JobEvent[];
}

/** Makes the job of a mending. `now` in milliseconds since 1970. */
export function newMend(mend: NewMend, account: JobAccount, now: number): Job {
  const { id, checklist, cause, creates, undoes, linkStyle, placeholder, identity, log } = mend;
  const { target = checklist.repo } = mend;
  return {
    header: {
      ...freshHeader(checklist, target, account, now),
      id,
      kind: 'mend',
      run: id,
      options: {
        labels: [],
        missingLabels: [],
        milestone: undefined,
        assignees: [],
        comment: false,
        linkStyle,
        placeholder,
        identity,
        careful: account.careful,
      },
      ...(log && { recorded: recordedChanges(log) }),
      mend: { cause, creates, ...(undoes !== undefined && { undoes }) },
    },
    rows: mend.rows.map(toRow),
  };
}

/** A mending's header once the generation of its items has begun. */
export function withoutCreates(header: JobHeader): JobHeader {
  return header.mend === undefined ? header : { ...header, mend: { ...header.mend, creates: [] } };
}

function toRow({ item = NO_ITEM, text, mend }: MendDraft, index: number): JobRow {
  const [first] = mend.changes;
  return {
    index,
    item,
    text,
    title: text,
    body: '',
    // Where no issue changes, only the text is to be written.
    phase: first === undefined ? 'closed' : 'planned',
    own: false,
    linkKnown: true,
    attempts: 0,
    relinks: 0,
    ...(first && { issue: { number: first.issue.number, url: issueUrl(first.issue) } }),
    mend,
  };
}
