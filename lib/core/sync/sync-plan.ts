import type { ChecklistRef, IssueRef } from '../refs.ts';
import type { ItemLocator } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import type { NumbersQuestion } from './ask-numbers.ts';

/** Why a box is ticked. */
export type TickReason =
  | {
      readonly kind: 'closed';
      readonly issue: IssueRef;
      readonly reason: 'completed' | 'not-planned' | 'duplicate';
    }
  /** The item links pull requests, and all are merged. */
  | { readonly kind: 'merged'; readonly pull: IssueRef }
  /** Merged into one of the further base branches. */
  | { readonly kind: 'merged-into'; readonly pull: IssueRef; readonly base: string }
  /** All items nested in it are ticked. */
  | { readonly kind: 'children' };

/** One thing that sync writes for an item. */
export type SyncChange =
  | { readonly kind: 'tick'; readonly because: TickReason }
  | { readonly kind: 'untick'; readonly issue: IssueRef; readonly reopenedAt: string }
  | { readonly kind: 'add-pulls'; readonly pulls: readonly IssueRef[] };

/** What a person should know of an item for which nothing, or not everything, is written. */
export type SyncRemark =
  /** Closed otherwise than completed, and left unticked by the rules. */
  | { readonly kind: 'not-planned' | 'duplicate'; readonly issue: IssueRef }
  /** The tick, or the number, was written once and a person took it back: it is not written again, whatever there is for it. */
  | { readonly kind: 'tick-taken-back'; readonly because: TickReason }
  /** It was done before the item named `issue`: the item may be about other work. */
  | { readonly kind: 'done-before'; readonly because: TickReason; readonly issue: IssueRef }
  | { readonly kind: 'pull-taken-back'; readonly pull: IssueRef }
  /**
   * Merged for `issue` by what their texts say, in a repository whose pull requests do not count: anybody may write that.
   * `from` are the repositories that the rules would name if they counted.
   */
  | {
      readonly kind: 'pulls-elsewhere';
      readonly issue: IssueRef;
      readonly pulls: readonly IssueRef[];
      readonly from: readonly string[];
    }
  /** Wherever these numbers were written, the item would say something else. */
  | { readonly kind: 'pulls-without-place'; readonly pulls: readonly IssueRef[] }
  /** A person ticked it while its issue is open. */
  | { readonly kind: 'ticked-open'; readonly issue: IssueRef }
  /** The issue was transferred and is followed where it is now. */
  | { readonly kind: 'moved'; readonly issue: IssueRef; readonly to: IssueRef }
  /** Deleted, without access, or turned into a discussion: GitHub answers alike. */
  | { readonly kind: 'unreadable'; readonly issue: IssueRef }
  /** It links several issues: it is not clear which one it follows. */
  | { readonly kind: 'several-issues'; readonly issues: readonly IssueRef[] };

/** An item with something to write or to say. */
export interface SyncRow {
  readonly item: ItemLocator;
  readonly index: number;
  readonly label: string;
  readonly text: string;
  readonly checked: boolean;
  /** The issue or pull request that it follows. */
  readonly issue: IssueRef | undefined;
  readonly changes: readonly SyncChange[];
  readonly remarks: readonly SyncRemark[];
  /** Writes the changes. */
  readonly edits: readonly Edit[];
}

/** What a sync would write, in the checklist's order. */
export interface SyncPlan {
  readonly checklist: ChecklistRef;
  /** Only items with changes or remarks. */
  readonly rows: readonly SyncRow[];
  /** Numbers of which a person has to say whose they are. */
  readonly question?: NumbersQuestion;
  readonly counts: {
    readonly items: number;
    /** Items that follow an issue or pull request. */
    readonly followed: number;
    /** Items ticked as the text stands. */
    readonly done: number;
  };
}
