import type { SyncChange, SyncRemark } from '../sync/sync-plan.ts';
import type { DifferenceKind } from './kind.ts';
import { blockDisagrees } from './kinds/block-disagrees.ts';
import { masterClosed, masterLocked } from './kinds/checklist-shut.ts';
import { copyTicked } from './kinds/copy-ticked.ts';
import { doubled } from './kinds/doubled.ts';
import { groupMoved } from './kinds/group-moved.ts';
import { halfUnderstood } from './kinds/half-understood.ts';
import { issueGone } from './kinds/issue-gone.ts';
import { issueMoved } from './kinds/issue-moved.ts';
import { issueShared } from './kinds/linked-twice.ts';
import { linksPullRequest } from './kinds/links-pull-request.ts';
import { openBoxes } from './kinds/open-boxes.ts';
import { orphan } from './kinds/orphan.ts';
import { pullMissing } from './kinds/pull-missing.ts';
import { pullWrong } from './kinds/pull-wrong.ts';
import { issueRetitled, itemRenamed } from './kinds/renamed.ts';
import { severalIssues } from './kinds/several-issues.ts';
import { tickMissing } from './kinds/tick-missing.ts';
import { tickedOpen } from './kinds/ticked-open.ts';
import { unlinked } from './kinds/unlinked.ts';
import { untickedClosed } from './kinds/unticked-closed.ts';
import { workReverted } from './kinds/work-reverted.ts';

/** Every kind of difference, in the order in which those of one item are shown. */
export const KINDS = [
  tickedOpen,
  untickedClosed,
  workReverted,
  tickMissing,
  copyTicked,
  pullMissing,
  issueMoved,
  issueGone,
  severalIssues,
  pullWrong,
  issueShared,
  unlinked,
  doubled,
  itemRenamed,
  issueRetitled,
  blockDisagrees,
  openBoxes,
  groupMoved,
  halfUnderstood,
  linksPullRequest,
  orphan,
  masterClosed,
  masterLocked,
] as const;

/** The kinds that show what sync would write, or remarks; of the transfers only those to another number. */
export const SHOWN_AS: Readonly<
  Record<SyncChange['kind'] | SyncRemark['kind'], readonly Finding['kind'][]>
> = {
  tick: ['unticked-closed', 'tick-missing'],
  untick: ['ticked-open'],
  'add-pulls': ['pull-missing'],
  'not-planned': ['unticked-closed'],
  duplicate: ['unticked-closed'],
  'tick-taken-back': ['unticked-closed', 'tick-missing'],
  'done-before': ['unticked-closed', 'tick-missing'],
  'pull-taken-back': ['pull-missing', 'pull-wrong'],
  'pulls-elsewhere': [],
  'pulls-without-place': [],
  'ticked-open': ['ticked-open'],
  moved: ['issue-moved'],
  unreadable: ['issue-gone'],
  'several-issues': ['several-issues'],
};

/** What is found out of a difference: its kind, and what proves it. */
export type Finding = FindingOf<(typeof KINDS)[number]>;

type FindingOf<Kind> = Kind extends DifferenceKind<infer One> ? One : never;
