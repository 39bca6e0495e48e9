import type { KnownIssue } from '../identity/issue.ts';
import type { IssueRef } from '../refs.ts';
import type { Edit } from '../text/edit.ts';

/** What the user may do about a difference: it names the write. What each of them does is decided in `choices.ts`. */
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
  | {
      readonly kind: 'retitle-issue';
      readonly issue: IssueRef;
      readonly from: string;
      readonly title: string;
    }
  | { readonly kind: 'rename-item'; readonly text: string }
  /** `instead` are the links that it replaces. */
  | { readonly kind: 'link'; readonly issue: IssueRef; readonly instead: readonly IssueRef[] }
  /** The user names the issue by number or searches for it. */
  | { readonly kind: 'link-to' }
  /** `closes`: an issue that becomes the duplicate of the new one. */
  | {
      readonly kind: 'relink';
      readonly from: IssueRef;
      readonly to: IssueRef;
      readonly closes: IssueRef | undefined;
    }
  | { readonly kind: 'remove-link'; readonly issue: IssueRef }
  /** `instead` is a link that is removed first. */
  | { readonly kind: 'create-issue'; readonly instead: IssueRef | undefined }
  | { readonly kind: 'write-block' }
  /** Not shown again in this browser. */
  | { readonly kind: 'leave' };

/** The last choice of every difference. */
export const LEAVE: Choice = { kind: 'leave' };

/** A change of an issue that a choice makes. */
export type IssueWrite =
  | {
      readonly kind: 'state';
      readonly issue: IssueRef;
      readonly state: 'open' | 'closed';
      readonly reason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened';
    }
  | {
      readonly kind: 'title';
      readonly issue: IssueRef;
      readonly from: string;
      readonly title: string;
    }
  | { readonly kind: 'create' };

/** Something before and after a write. */
export interface LineChange {
  readonly before: string;
  readonly after: string;
}

/** What a choice writes: both sides, before and after. */
export interface Consequence {
  readonly choice: Choice;
  /** Names the choice, as seen from the checklist's repository. */
  readonly words: string;
  /** The issue that it is about, where it is one of several that look alike. */
  readonly about?: KnownIssue | undefined;
  /** Edits of the checklist; empty when only the issue changes. */
  readonly edits: readonly Edit[];
  readonly issues: readonly IssueWrite[];
  /** The item's line(s) now and afterwards; undefined where the text does not change. */
  readonly line: LineChange | undefined;
  /** One sentence each for the issue's side: `#12: open → closed`. */
  readonly issueLines: readonly LineChange[];
}
