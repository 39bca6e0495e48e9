import type { KnownIssue } from '../identity/issue.ts';
import type { ChecklistRef, IssueRef } from '../refs.ts';
import type { TickReason } from '../sync/sync-plan.ts';
import type { ItemLocator } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';

/** What is found out of a difference: its kind, and what proves it. */
export type Finding =
  /** A person ticked it, and its issue is open. `reopenedAt` (ISO) where GitHub proves that the tick is out of date. */
  | {
      readonly kind: 'ticked-open';
      readonly issue: IssueRef;
      readonly reopenedAt: string | undefined;
    }
  | {
      readonly kind: 'unticked-closed';
      readonly issue: IssueRef;
      readonly reason: 'completed' | 'not-planned' | 'duplicate';
      /** A person took the tick back after it was written. */
      readonly takenBack: boolean;
    }
  /** Done otherwise than by the closing of its issue; `because` is not known of a tick that was taken back. */
  | {
      readonly kind: 'tick-missing';
      readonly because: Exclude<TickReason, { readonly kind: 'closed' }> | undefined;
      readonly takenBack: boolean;
    }
  | {
      readonly kind: 'pull-missing';
      readonly issue: IssueRef;
      readonly pulls: readonly IssueRef[];
      /** A person took the numbers out after they were written. */
      readonly takenBack: boolean;
    }
  | {
      readonly kind: 'pull-wrong';
      readonly pull: IssueRef;
      readonly why:
        | { readonly kind: 'unmerged'; readonly state: 'open' | 'closed' }
        | { readonly kind: 'of-another-issue'; readonly closes: readonly IssueRef[] }
        | { readonly kind: 'reverted'; readonly by: IssueRef };
    }
  /** Deleted, without access, or turned into a discussion: GitHub answers alike. */
  | {
      readonly kind: 'issue-gone';
      readonly issue: IssueRef;
      readonly guess: 'deleted' | 'no-access' | 'unknown';
    }
  | {
      readonly kind: 'issue-moved';
      readonly issue: IssueRef;
      readonly to: IssueRef;
      /** The new link stood there once, and a person put the old one back. */
      readonly takenBack: boolean;
    }
  /** Two items link one issue; `others` are the other items' words. */
  | { readonly kind: 'issue-shared'; readonly issue: IssueRef; readonly others: readonly string[] }
  /** The issue of an item that was removed is still open. */
  | { readonly kind: 'orphan'; readonly issue: KnownIssue }
  /** The item links nothing, but an issue of its own exists. */
  | {
      readonly kind: 'unlinked';
      readonly by: 'marker' | 'title';
      readonly candidates: readonly KnownIssue[];
    }
  /** The item's words are not those for which the issue was made; `title` is the issue's. */
  | { readonly kind: 'item-renamed'; readonly issue: IssueRef; readonly title: string }
  /** The issue's title was changed by somebody, the item was not. */
  | { readonly kind: 'issue-retitled'; readonly issue: IssueRef; readonly title: string }
  /** Open issues, beside the one that the item links, carry its marker. */
  | {
      readonly kind: 'doubled';
      readonly issue: IssueRef;
      readonly doubles: readonly KnownIssue[];
    }
  /** The hidden block names another issue than the text. */
  | {
      readonly kind: 'block-disagrees';
      readonly block: IssueRef;
      readonly text: IssueRef;
    }
  | { readonly kind: 'several-issues'; readonly candidates: readonly IssueRef[] }
  /** For information. */
  | { readonly kind: 'master-closed'; readonly open: number }
  | { readonly kind: 'master-locked'; readonly open: number }
  /** `from` is the label of the group that it stood in; '' where that is gone. */
  | { readonly kind: 'group-moved'; readonly issue: IssueRef; readonly from: string }
  | { readonly kind: 'half-understood'; readonly issue: IssueRef; readonly written: string }
  | { readonly kind: 'links-pull-request'; readonly pull: IssueRef };

/** What the user may do about a difference: it names the write. */
export type Choice =
  | { readonly kind: 'tick' | 'untick' }
  | { readonly kind: 'add-pulls'; readonly pulls: readonly IssueRef[] }
  | { readonly kind: 'remove-pull'; readonly pull: IssueRef }
  | {
      readonly kind: 'close-issue';
      readonly issue: IssueRef;
      readonly reason: 'completed' | 'not_planned' | 'duplicate';
    }
  | { readonly kind: 'reopen-issue'; readonly issue: IssueRef }
  | { readonly kind: 'retitle-issue'; readonly issue: IssueRef; readonly title: string }
  | { readonly kind: 'rename-item'; readonly text: string }
  | { readonly kind: 'link'; readonly issue: IssueRef }
  /** The user names the issue by number or searches for it. */
  | { readonly kind: 'link-to' }
  | { readonly kind: 'relink'; readonly from: IssueRef; readonly to: IssueRef }
  | { readonly kind: 'remove-link'; readonly issue: IssueRef }
  | { readonly kind: 'create-issue' }
  | { readonly kind: 'write-block' }
  /** Not shown again in this browser. */
  | { readonly kind: 'leave' };

/** A change of an issue that a choice makes. */
export type IssueWrite =
  | {
      readonly kind: 'state';
      readonly issue: IssueRef;
      readonly state: 'open' | 'closed';
      readonly reason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened';
    }
  | { readonly kind: 'title'; readonly issue: IssueRef; readonly title: string }
  | { readonly kind: 'create' };

/** What a choice writes: both sides, before and after. */
export interface Consequence {
  readonly choice: Choice;
  /** Edits of the checklist; empty when only the issue changes. */
  readonly edits: readonly Edit[];
  readonly issues: readonly IssueWrite[];
  /** The item's line(s) now and afterwards; undefined where the text stays. */
  readonly line: { readonly before: string; readonly after: string } | undefined;
  /** One sentence each for the issue's side: `#12: open → closed`. */
  readonly issueLines: readonly { readonly before: string; readonly after: string }[];
}

/** One difference between a checklist and its issues. */
export interface Difference {
  /** Stays the same for the same difference: kind, item's key, issue. */
  readonly id: string;
  readonly finding: Finding;
  /** Missing for differences of the whole checklist and for issues without an item. */
  readonly item: ItemLocator | undefined;
  readonly index: number | undefined;
  readonly label: string;
  readonly text: string;
  /** `action`: something should be done; `info`: for information. */
  readonly level: 'action' | 'info';
  readonly choices: readonly Consequence[];
  /** Index in `choices` of the safe one, where there is one. */
  readonly safe: number | undefined;
  /** Whether Masterlist may do the safe choice by itself, also at night. */
  readonly byItself: boolean;
}

/** All differences of a checklist, in its order; orphans and what concerns the whole come last. */
export interface ReconcilePlan {
  readonly checklist: ChecklistRef;
  readonly differences: readonly Difference[];
  /** How each item found its issue, for the table of matches. */
  readonly matches: readonly Match[];
}

/** How one item found its issue. */
export interface Match {
  readonly item: ItemLocator;
  readonly index: number;
  readonly text: string;
  /** `link`: linked, and the issue was made for it; `hand`: linked, and made by somebody. `marker` and `title` are not linked yet. */
  readonly how: 'link' | 'hand' | 'marker' | 'title' | 'block' | 'none';
  readonly issue: IssueRef | undefined;
  readonly pulls: readonly IssueRef[];
}
