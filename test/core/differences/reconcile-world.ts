import type { Consequence, IssueWrite } from '../../../lib/core/differences/choice.ts';
import { chosenEdits } from '../../../lib/core/differences/item-edits.ts';
import type { NamedPull, ReconcileFacts } from '../../../lib/core/differences/reconcile-facts.ts';
import type { BodyVersion } from '../../../lib/core/engine/job-facts.ts';
import { linksOfItems } from '../../../lib/core/identity/asked-issues.ts';
import { readMap } from '../../../lib/core/identity/identity-map.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import { GITHUB_HOST, type IssueRef, issueKey } from '../../../lib/core/refs.ts';
import { DEFAULT_RULES, type SyncRules } from '../../../lib/core/settings/settings.ts';
import { boxesIn } from '../../../lib/core/sync/open-boxes.ts';
import type { Followed, MergedPull } from '../../../lib/core/sync/sync-facts.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { formatMarker, markerFor, parseMarker } from '../../../lib/core/text/marker.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { MASTER, REPO, ref } from '../sync/build-sync.ts';

/** An issue as the small GitHub of these tests has it. */
export interface WorldIssue {
  readonly ref: IssueRef;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly reason?: Followed['reason'];
  readonly closedAt?: string;
  readonly reopenedAt?: string;
  readonly author: string;
  readonly association: string;
  readonly closers: readonly MergedPull[];
}

/** A text with its history, and all issues and pull requests. */
export interface World {
  readonly text: string;
  /** Newest first. */
  readonly history: readonly BodyVersion[];
  /** By `issueKey`; one that is gone is missing. */
  readonly issues: Readonly<Record<string, WorldIssue>>;
  readonly pulls: Readonly<Record<string, NamedPull & { readonly mergedAt?: string }>>;
  /** Where issues were transferred to: `issueKey` of old to new. */
  readonly moved: Readonly<Record<string, string>>;
  readonly state: 'open' | 'closed';
  readonly locked: boolean;
  readonly rules: SyncRules;
  readonly block: boolean;
  readonly left: readonly string[];
  /** Issue templates and forms. */
  readonly templates: readonly string[];
  /** Minutes since the start. */
  readonly now: number;
}

/** ISO time of a minute. */
export function at(minute: number): string {
  return new Date(Date.UTC(2026, 10, 1) + minute * 60_000).toISOString().replace('.000', '');
}

/** A world of a text, at noon of the first day. */
export function worldOf(text: string, changes: Partial<World> = {}): World {
  return {
    text,
    history: [],
    issues: {},
    pulls: {},
    moved: {},
    state: 'open',
    locked: false,
    rules: DEFAULT_RULES,
    block: false,
    left: [],
    templates: [],
    now: 100,
    ...changes,
  };
}

const RUN = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

export function itemAt(text: string, index: number): Item {
  const item = parseChecklist(text).items[index];
  if (item === undefined) throw new Error(`no item ${index} in ${text}`);
  return item;
}

/** The last line of an issue that was made for an item of a text. */
export function markerOf(text: string, index = 0): string {
  return formatMarker(markerFor(itemAt(text, index), MASTER, RUN));
}

/** An open issue of a member, unless told otherwise; `of` is the text for whose item it was made. */
export function made(
  number: number,
  of: string | undefined,
  changes: Partial<WorldIssue> & { readonly place?: string; readonly index?: number } = {},
): Record<string, WorldIssue> {
  const { place, index = 0, ...rest } = changes;
  const issue: WorldIssue = {
    ref: ref(number, place),
    title: of === undefined ? `Issue ${number}` : itemAt(of, index).subject,
    body: of === undefined ? 'Some words' : `Part of #1\n\n${markerOf(of, index)}`,
    state: 'open',
    author: 'ada',
    association: 'OWNER',
    closers: [],
    ...rest,
  };
  return { [issueKey(issue.ref)]: issue };
}

export const CLOSED = { state: 'closed', reason: 'completed', closedAt: at(90) } as const;

/** A merged pull request of minute 80, unless told otherwise. */
export function pull(
  number: number,
  closes: readonly number[] = [],
  changes: Partial<NamedPull> = {},
): World['pulls'] {
  const named = {
    ref: ref(number),
    title: `Pull ${number}`,
    state: 'merged' as const,
    closes: closes.map((one) => ref(one)),
    revertedBy: undefined,
    mergedAt: at(80),
    ...changes,
  };
  return { [issueKey(named.ref)]: named };
}

export function mergeOf(number: number, minute = 80): MergedPull {
  return { ref: ref(number), mergedAt: at(minute), base: 'main' };
}

/** What reconcile is told of a world: everything. */
export function factsOf(world: World): ReconcileFacts {
  const { text, history, rules, block, left, state, locked } = world;
  const checklist = parseChecklist(text, { placeholder: rules.placeholder });
  const map = block ? readMap(text, checklist.items, REPO) : undefined;
  const asked = linksOfItems(checklist, MASTER, map).flat();
  return {
    checklist: MASTER,
    master: { text, createdAt: at(0), history, isWhole: true, state, locked },
    followed: Object.fromEntries(asked.map((one) => [issueKey(one), followedOf(one, world)])),
    rules,
    identity: block ? 'block' : 'links',
    listed: { issues: Object.values(world.issues).map(knownOf), complete: true },
    pulls: world.pulls,
    templates: world.templates,
    viewer: 'ada',
    left,
  };
}

function followedOf(asked: IssueRef, world: World): Followed | 'unreadable' {
  const key = issueKey(asked);
  const target = world.moved[key];
  if (target !== undefined) {
    const now = world.issues[target];
    return now === undefined ? 'unreadable' : followedOf(now.ref, { ...world, moved: {} });
  }
  const issue = world.issues[key];
  if (issue !== undefined) {
    const { ref: place, title, state, reason, closedAt, reopenedAt, closers, body } = issue;
    const { author, association: authorAssociation } = issue;
    const marker = parseMarker(body, GITHUB_HOST);
    const times = { closedAt, reopenedAt, merged: undefined };
    return {
      ref: place,
      kind: 'issue',
      title,
      author,
      authorAssociation,
      state,
      reason,
      ...times,
      closers,
      mentions: [],
      marker,
      ...boxesIn(body, { state, marker }),
    };
  }
  const named = world.pulls[key];
  if (named === undefined) return 'unreadable';
  const { mergedAt, title } = named;
  const merged =
    named.state === 'merged'
      ? { ref: named.ref, mergedAt: mergedAt ?? at(0), base: 'main' }
      : undefined;
  return {
    ref: named.ref,
    kind: 'pull-request',
    title,
    state: named.state === 'open' ? 'open' : 'closed',
    reason: undefined,
    closedAt: undefined,
    reopenedAt: undefined,
    merged,
    closers: [],
    mentions: [],
    marker: undefined,
  };
}

function knownOf({ ref: place, title, body, state, author, association }: WorldIssue): KnownIssue {
  const kind = 'issue' as const;
  return {
    ref: place,
    kind,
    title,
    body,
    state,
    author,
    authorAssociation: association,
    createdAt: at(0),
  };
}

/** The world after somebody wrote a text. */
export function edited(world: World, text: string): World {
  if (text === world.text) return { ...world, now: world.now + 1 };
  const version = (words: string, minute: number): BodyVersion => ({
    id: `${minute} ${words.length}`,
    editedAt: at(minute),
    editor: 'ada',
    text: words,
  });
  const before = world.history.length > 0 ? world.history : [version(world.text, 0)];
  const history = [version(text, world.now), ...before];
  return { ...world, text, history, now: world.now + 1 };
}

/** The world after what some choices write, on both sides. */
export function applied(
  world: World,
  chosen: readonly (Consequence & { readonly index: number | undefined })[],
): World {
  const { rules } = world;
  const context = { repo: REPO, placeholder: rules.placeholder };
  const write = (text: string, edits: readonly Edit[]) => applyEdits(text, edits, context).markdown;
  let next = edited(world, write(world.text, chosenEdits(factsOf(world), chosen)));
  for (const { issues, index } of chosen)
    for (const one of issues) next = written(next, one, index, write);
  return next;
}

function written(
  world: World,
  change: IssueWrite,
  index: number | undefined,
  write: (text: string, edits: readonly Edit[]) => string,
): World {
  if (change.kind === 'create') {
    if (index === undefined) throw new Error('an issue is made for an item');
    const number = Math.max(500, ...Object.values(world.issues).map((one) => one.ref.number)) + 1;
    const item = itemAt(world.text, index);
    const link: Edit = { kind: 'link', item, issue: ref(number), style: world.rules.linkStyle };
    const issues = { ...world.issues, ...made(number, world.text, { index }) };
    return edited({ ...world, issues }, write(world.text, [link]));
  }
  if (change.kind === 'title') return changed(world, change.issue, { title: change.title });
  const { issue, state, reason = 'completed' } = change;
  return state === 'closed'
    ? close(world, issue, reason === 'not_planned' ? 'not-planned' : (reason as 'completed'))
    : reopen(world, issue);
}

export function changed(world: World, issue: IssueRef, changes: Partial<WorldIssue>): World {
  const key = issueKey(issue);
  const before = world.issues[key];
  if (before === undefined) throw new Error(`GitHub has no ${key}`);
  const issues = { ...world.issues, [key]: { ...before, ...changes } };
  return { ...world, issues, now: world.now + 1 };
}

export function close(
  world: World,
  issue: IssueRef,
  reason: NonNullable<Followed['reason']>,
): World {
  const { reopenedAt: _, ...rest } = world.issues[issueKey(issue)] ?? {};
  const time = { state: 'closed', reason, closedAt: at(world.now) } as const;
  return replaced(world, issue, { ...(rest as WorldIssue), ...time });
}

export function reopen(world: World, issue: IssueRef): World {
  const { closedAt: _, reason: __, ...rest } = world.issues[issueKey(issue)] ?? {};
  return replaced(world, issue, {
    ...(rest as WorldIssue),
    state: 'open',
    reopenedAt: at(world.now),
  });
}

function replaced(world: World, issue: IssueRef, now: WorldIssue): World {
  const issues = { ...world.issues, [issueKey(issue)]: now };
  return { ...world, issues, now: world.now + 1 };
}
