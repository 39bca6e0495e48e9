import type { BodyVersion } from '../../../lib/core/engine/job-facts.ts';
import {
  type ChecklistRef,
  type IssueRef,
  issueChecklist,
  issueKey,
  type RepoRef,
} from '../../../lib/core/refs.ts';
import { DEFAULT_RULES, type SyncRules } from '../../../lib/core/settings/settings.ts';
import { editsOf, planSync } from '../../../lib/core/sync/plan-sync.ts';
import type {
  Followed,
  FollowedByKey,
  MentioningPull,
  MergedPull,
  SyncFacts,
} from '../../../lib/core/sync/sync-facts.ts';
import type { SyncPlan, SyncRow } from '../../../lib/core/sync/sync-plan.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';

export const REPO: RepoRef = { host: 'github.com', owner: 'octo', name: 'plan' };
export const MASTER: ChecklistRef = issueChecklist({ repo: REPO, number: 1 });

/** ISO time of a day of November at noon, and some seconds. */
export function day(number: number, seconds = 0): string {
  const second = String(seconds).padStart(2, '0');
  return `2026-11-${String(number).padStart(2, '0')}T12:00:${second}Z`;
}

/** An issue or pull request of the master's repository, or of `owner/name`. */
export function ref(number: number, place = 'octo/plan'): IssueRef {
  const [owner = '', name = ''] = place.split('/');
  return { repo: { host: 'github.com', owner, name }, number };
}

/** An open issue, unless told otherwise. */
export function issue(number: number, changes: Partial<Followed> = {}): Followed {
  return {
    ref: ref(number),
    kind: 'issue',
    title: `Issue ${number}`,
    state: 'open',
    reason: undefined,
    closedAt: undefined,
    reopenedAt: undefined,
    merged: undefined,
    closers: [],
    mentions: [],
    marker: undefined,
    author: 'ada',
    authorAssociation: 'OWNER',
    ...changes,
  };
}

/** An issue that was closed as completed on the tenth. */
export function closed(number: number, changes: Partial<Followed> = {}): Followed {
  return issue(number, {
    state: 'closed',
    reason: 'completed',
    closedAt: day(10),
    ...changes,
  });
}

/** A pull request that was merged into main on a day. */
export function merge(number: number, on = 9, base = 'main', place?: string): MergedPull {
  return { ref: ref(number, place), mergedAt: day(on), base };
}

/** A merged pull request with a text that mentions an issue. */
export function mention(number: number, text: string, on = 9, base = 'release/2'): MentioningPull {
  return { ...merge(number, on, base), text };
}

/** An open pull request; merged on a day where one is given. */
export function pull(number: number, mergedOn?: number): Followed {
  return issue(number, {
    kind: 'pull-request',
    state: mergedOn === undefined ? 'open' : 'closed',
    merged: mergedOn === undefined ? undefined : merge(number, mergedOn),
  });
}

/** A version of the text, edited on a day. */
export function version<Text extends string | undefined>(
  text: Text,
  on: number,
  seconds = 0,
): BodyVersion & { readonly text: Text } {
  const editedAt = day(on, seconds);
  return { id: `${editedAt} ${text}`, editedAt, editor: 'ada', text };
}

export interface Setting {
  readonly followed?: readonly Followed[] | FollowedByKey;
  readonly rules?: Partial<SyncRules>;
  /** Earlier versions and the one that stands, newest first. */
  readonly history?: readonly BodyVersion[];
  /** Whether these are all that GitHub shows. */
  readonly isWhole?: boolean;
  readonly block?: boolean;
}

/** Facts about a master that was created on the first of the month. */
export function buildFacts(
  text: string,
  { followed = [], rules = {}, history = [], isWhole = true, block = false }: Setting = {},
): SyncFacts {
  const byKey = Array.isArray(followed)
    ? Object.fromEntries(followed.map((one: Followed) => [issueKey(one.ref), one]))
    : (followed as FollowedByKey);
  return {
    checklist: MASTER,
    master: { text, createdAt: day(1), history, isWhole },
    followed: byKey,
    rules: { ...DEFAULT_RULES, ...rules },
    identity: block ? 'block' : 'links',
  };
}

export function plan(text: string, setting: Setting = {}): SyncPlan {
  return planSync(buildFacts(text, setting));
}

/** What the first item's row says. */
export function rowOf(text: string, setting: Setting = {}, index = 0): SyncRow | undefined {
  return plan(text, setting).rows.find((row) => row.index === index);
}

/** The text after the plan was written. */
export function written(text: string, setting: Setting = {}): string {
  return applyPlan(buildFacts(text, setting));
}

/** The text after a sync with these facts. */
export function applyPlan(facts: SyncFacts): string {
  const { repo } = facts.checklist;
  const { placeholder } = facts.rules;
  return applyEdits(facts.master.text, editsOf(planSync(facts)), { repo, placeholder }).markdown;
}

/** Kinds of the changes and remarks of an item. */
export function told(text: string, setting: Setting = {}, index = 0): readonly string[] {
  const row = rowOf(text, setting, index);
  return [...(row?.changes ?? []), ...(row?.remarks ?? [])].map(({ kind }) => kind);
}
