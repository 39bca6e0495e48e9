import type { IssueRef } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import type { Marker } from '../text/marker.ts';
import type { Answers } from './answers.ts';
import type { Block } from './identity-map.ts';
import type { KnownIssue } from './issue.ts';
import type { MarkerFacts } from './marked-issues.ts';

/** What must be known of an issue or pull request that a text or the hidden block names. */
export interface NamedIssue
  extends Pick<KnownIssue, 'ref' | 'kind' | 'title'>,
    Partial<Pick<KnownIssue, 'createdAt' | 'author' | 'authorAssociation' | 'parent'>> {
  readonly marker: Marker | undefined;
  /** `issueKey`s of the issues that its text names. */
  readonly names?: readonly string[];
}

/** An issue or pull request as the text names it, and as GitHub has it. */
export interface Link<Named extends NamedIssue = NamedIssue> {
  readonly asked: IssueRef;
  readonly now: Named;
}

/** Where names in a text are looked up. */
export interface NamingFacts<Named extends NamedIssue = NamedIssue> extends MarkerFacts {
  /** The hidden block; empty where it does not count. */
  readonly block: Block;
  /** What people answered; missing: nothing. */
  readonly answers?: Answers;
  /** Where GitHub is, beside the checklist's host; missing: nowhere. */
  readonly hosts?: readonly string[] | undefined;
  /** Whether an item stood in the text without any number before a time (ISO), and had no other than an issue's since; missing where the history was not read. */
  readonly stoodWithout?: (item: Item, issue: IssueRef, at: string) => boolean;
  /** By `issueKey` of the reference as it is written. `'unreadable'`: GitHub does not show it; undefined: not asked. */
  readonly named: (issue: IssueRef) => Named | 'unreadable' | undefined;
}
