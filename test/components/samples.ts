/** Sample data for the tests and the gallery of the views. */

import type { BadgeIssue, ChecklistView } from '../../lib/core/checklist-view.ts';
import type { JobStatus, RowProblem } from '../../lib/core/engine/job-status.ts';
import { kindNamed } from '../../lib/core/engine/kinds/registry.ts';
import { type Failure, failure } from '../../lib/core/failures.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import type {
  GenerationPlan,
  GenerationRow,
  RowReason,
} from '../../lib/core/plan/plan-generation.ts';
import { type IssueRef, issueChecklist, type RepoRef } from '../../lib/core/refs.ts';
import { pageSettings } from '../../lib/core/settings/page-settings.ts';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import type { SyncChange, SyncPlan, SyncRemark, SyncRow } from '../../lib/core/sync/sync-plan.ts';
import type { SyncPreview } from '../../lib/core/sync/sync-preview.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import type { ItemLocator } from '../../lib/core/text/checklist.ts';
import type { SavedText, TextDifference } from '../../lib/core/text/saved-text.ts';

export const REPO: RepoRef = { host: 'github.com', owner: 'octo-org', name: 'octo-repo' };
export const CHECKLIST = issueChecklist({ repo: REPO, number: 1 });
export const NOW = Date.UTC(2026, 10, 20, 12);

const TEXTS = [
  'Add rate limiter to the API gateway',
  'Cache repository metadata with `ETag` support',
  'Keyboard navigation in the item list',
  'DataLoader: empty file',
  'A very long item that goes on about every detail of the import of legacy projects, with their labels, milestones, assignees, attachments and reactions, and that nobody would ever have written as the title of an issue, because it would have been cut somewhere around here or a little later in any case',
] as const;

/** The issue with this number in the sample repository. */
export function issueAt(number: number): IssueRef {
  return { repo: REPO, number };
}

/** A locator that nothing else has. */
export function locatorAt(index: number): ItemLocator {
  return { key: `key${index}`, textHash: `text${index}`, groupHash: 'group', ordinal: 0 };
}

/** A row of a plan; what is given replaces the sample. */
export function sampleRow(index: number, change: Partial<GenerationRow> = {}): GenerationRow {
  const text = TEXTS[index % TEXTS.length] ?? '';
  return {
    item: locatorAt(index),
    index,
    depth: 0,
    label: 'Backend',
    text,
    checked: false,
    decision: 'create',
    reason: { kind: 'new' },
    selected: true,
    selectable: true,
    draft: { title: text.slice(0, 256), body: 'Part of #1', shortened: text.length > 256 },
    candidates: [],
    ...change,
  };
}

/** An issue that a row could be linked to. */
export function sampleIssue(number: number, title: string = 'Add a rate limiter'): KnownIssue {
  return {
    ref: issueAt(number),
    kind: 'issue',
    title,
    body: '',
    state: 'open',
    author: 'monalisa',
    authorAssociation: 'OWNER',
    createdAt: '2026-11-01T00:00:00Z',
  };
}

/** Every reason that a row can have. */
export const REASONS: readonly RowReason[] = [
  { kind: 'new' },
  { kind: 'linked', issue: issueAt(12), pullRequest: false },
  { kind: 'linked', issue: issueAt(13), pullRequest: true },
  { kind: 'marked', issue: issueAt(14) },
  { kind: 'chosen', issue: issueAt(14) },
  { kind: 'ticked' },
  { kind: 'struck' },
  { kind: 'sign-off' },
  { kind: 'package-or-team' },
  { kind: 'parent' },
  { kind: 'nested' },
  { kind: 'empty' },
  { kind: 'same-title', issue: issueAt(15) },
  { kind: 'moved', issue: issueAt(15) },
  { kind: 'reference', issue: issueAt(16) },
  { kind: 'two-candidates' },
  { kind: 'linked-twice', issue: issueAt(17) },
  { kind: 'other-checklist', issue: issueAt(18) },
  { kind: 'untrusted-marker', issue: issueAt(19), author: 'stranger' },
  { kind: 'link-unreadable', issue: { repo: { ...REPO, name: 'secret' }, number: 20 } },
];

/** A plan of these rows. */
export function samplePlan(
  rows: readonly GenerationRow[],
  change: Partial<GenerationPlan> = {},
): GenerationPlan {
  return {
    run: '01JD0000000000000000000000',
    checklist: CHECKLIST,
    target: REPO,
    masterTitle: 'Release 2.0 master checklist',
    rows,
    blockers: [],
    labels: [],
    missingLabels: [],
    milestone: undefined,
    milestoneMissing: false,
    assignees: [],
    comment: rows.length <= 25,
    linkStyle: 'closes',
    placeholder: '(#PR_NUMBER)',
    lookalikes: { inCode: 0, inComments: 0, nearMisses: [] },
    looked: { issues: 120, back: '2026-01-02T00:00:00Z', complete: false },
    options: DEFAULT_PREFERENCES.generation,
    ...change,
  };
}

/** A plan as a maintainer meets it: `create` rows, two skipped, one that needs her. */
export function typicalPlan(create: number, change: Partial<GenerationPlan> = {}): GenerationPlan {
  const rows = Array.from({ length: create }, (_, index) => sampleRow(index));
  const off = { decision: 'skip', selected: false, selectable: false, draft: undefined } as const;
  return samplePlan(
    [
      ...rows,
      sampleRow(create, {
        ...off,
        reason: { kind: 'linked', issue: issueAt(12), pullRequest: false },
      }),
      sampleRow(create + 1, { ...off, selectable: true, reason: { kind: 'ticked' } }),
      sampleRow(create + 2, {
        text: 'Limit uploads',
        decision: 'ask',
        selected: false,
        reason: { kind: 'same-title', issue: issueAt(15) },
        candidates: [sampleIssue(15), sampleIssue(9, 'Add rate limiter to the gateway')],
      }),
    ],
    change,
  );
}

const SECTIONS = ['Windows', 'macOS', 'Linux', 'Android', 'iOS'] as const;

/** A plan of so many items in five sections, some with sub-items, with each decision among them. */
export function outlinedPlan(items: number, change: Partial<GenerationPlan> = {}): GenerationPlan {
  const each = Math.ceil(items / SECTIONS.length);
  const rows = Array.from({ length: items }, (_, index) => {
    const section = SECTIONS[Math.floor(index / each)] ?? '';
    return outlinedRow(index, index % each, section, items);
  });
  return samplePlan(rows, { comment: false, ...change });
}

function outlinedRow(index: number, at: number, section: string, items: number): GenerationRow {
  const place = at % 7;
  const isChild = place > 0 && place < 4;
  const isParent = place === 0 && index + 1 < items;
  const { text: words } = sampleRow(index);
  const text = isParent ? `Everything about part ${at / 7 + 1}` : `${words} (${index + 1})`;
  const draft = { title: text.slice(0, 256), body: 'Part of #1', shortened: text.length > 256 };
  return sampleRow(index, {
    text,
    draft,
    depth: isChild ? 1 : 0,
    ...(isChild ? { parent: index - place, path: [] } : { path: [section] }),
    ...(isParent ? NO_ISSUE : decisionAt(at)),
  });
}

const NO_ISSUE = {
  decision: 'skip',
  selected: false,
  selectable: false,
  draft: undefined,
  reason: { kind: 'parent' },
} as const;

function decisionAt(at: number): Partial<GenerationRow> {
  const off = { decision: 'skip', selected: false } as const;
  if (at % 9 === 5) return { ...off, checked: true, reason: { kind: 'ticked' } };
  const linked = { kind: 'linked', issue: issueAt(100 + at), pullRequest: false } as const;
  if (at % 11 === 8) return { ...off, selectable: false, draft: undefined, reason: linked };
  if (at % 20 !== 3) return {};
  const reason = { kind: 'same-title', issue: issueAt(15) } as const;
  return { decision: 'ask', selected: false, reason, candidates: [sampleIssue(15)] };
}

/** A running generation; what is given replaces the sample. */
export function sampleJob(change: Partial<JobStatus> = {}): JobStatus {
  const status: Omit<JobStatus, 'words'> = {
    id: '01JD0000000000000000000000',
    kind: 'generate',
    checklist: CHECKLIST,
    target: REPO,
    state: 'running',
    counts: { total: 54, created: 12, linked: 0, failed: 0, unknown: 0, review: 0, left: 42 },
    finishAt: NOW + 130_000,
    problems: [],
    startedAt: NOW - 15_000,
    undoable: 0,
    ...change,
  };
  return { ...status, words: kindNamed(status.kind).words.describe(status) };
}

/** A generation that ended as it should. */
export function endedJob(change: Partial<JobStatus> = {}): JobStatus {
  return sampleJob({
    state: 'ended',
    outcome: 'done',
    counts: { total: 54, created: 54, linked: 54, failed: 0, unknown: 0, review: 0, left: 0 },
    endedAt: NOW,
    undoable: 54,
    ...change,
  });
}

/** Rows that need the user, one of each kind. */
export const PROBLEMS: readonly RowProblem[] = [
  {
    index: 3,
    text: 'Add rate limiter to the API gateway',
    failure: failure('rejected', { reason: 'Validation Failed: title is too long.' }),
    choices: ['retry', 'skip'],
  },
  {
    index: 4,
    text: TEXTS[4],
    failure: failure('still-unknown'),
    choices: ['create-again', 'use-number', 'skip'],
  },
  {
    index: 5,
    text: 'Keyboard navigation',
    failure: failure('item-linked', { link: '#77' }),
    choices: ['retry', 'skip'],
    issue: { number: 77, url: 'https://github.com/octo-org/octo-repo/issues/77' },
  },
];

const PAGE_SETTINGS = pageSettings(DEFAULT_PREFERENCES);

/** What the background answers about the sample checklist. */
export function sampleView(items: number, change: Partial<ChecklistView> = {}): ChecklistView {
  const badges = Array.from({ length: items }, (_, index) => sampleBadge(index));
  return {
    checklist: CHECKLIST,
    viewer: 'monalisa',
    counts: { items, linked: badges.filter(Boolean).length, done: Math.floor(items / 5) },
    badges,
    job: undefined,
    sync: sampleSync({ tracked: false, login: undefined, checkedAt: undefined }),
    refused: undefined,
    readAt: NOW,
    settings: PAGE_SETTINGS,
    ...change,
  };
}

const STATES: readonly (BadgeIssue['state'] | undefined)[] = [
  'open',
  'completed',
  undefined,
  'not-planned',
  'duplicate',
  'merged',
  'closed',
  'unknown',
];

function sampleBadge(index: number): BadgeIssue | undefined {
  const state = STATES[index % STATES.length];
  if (state === undefined) return undefined;
  const number = 100 + index;
  const url = `https://github.com/octo-org/octo-repo/issues/${number}`;
  return { text: `#${number}`, url, title: `Issue ${number}`, state };
}

/** Failures that stop everything before it starts. */
export const BLOCKERS: readonly Failure[] = [
  failure('signed-out', { host: 'github.com' }),
  failure('wrong-user', { tokenUser: 'monalisa', pageUser: 'hubot' }),
  failure('cannot-edit-master', { repo: 'octo-org/octo-repo' }),
  failure('links-too-long', { length: 65_900, excess: 22 }),
  failure('sso-required', {}, { url: 'https://github.com/orgs/octo-org/sso' }),
];

/** A checklist that is kept up to date; what is given replaces the sample. */
export function sampleSync(change: Partial<SyncView> = {}): SyncView {
  return {
    tracked: true,
    login: 'monalisa',
    checkedAt: NOW - 125_000,
    state: 'ok',
    waiting: undefined,
    failure: undefined,
    ruleMistakes: [],
    rulesFrom: 'browser',
    rows: [],
    newItems: 0,
    reconcile: undefined,
    needsYou: 0,
    everyMinutes: 2,
    ...change,
  };
}

/** Every change that a sync can make. */
export const CHANGES: readonly SyncChange[] = [
  { kind: 'tick', because: { kind: 'closed', issue: issueAt(101), reason: 'completed' } },
  { kind: 'add-pulls', pulls: [issueAt(456), { repo: { ...REPO, name: 'other' }, number: 460 }] },
  { kind: 'untick', issue: issueAt(103), reopenedAt: '2026-11-19T09:30:00Z' },
  { kind: 'tick', because: { kind: 'merged-into', pull: issueAt(457), base: 'release/2.0' } },
  { kind: 'tick', because: { kind: 'children' } },
];

/** Every remark that a sync can make. */
export const REMARKS: readonly SyncRemark[] = [
  { kind: 'not-planned', issue: issueAt(104) },
  { kind: 'duplicate', issue: issueAt(105) },
  { kind: 'tick-taken-back', because: { kind: 'children' } },
  { kind: 'pull-taken-back', pull: issueAt(458) },
  {
    kind: 'pulls-elsewhere',
    issue: issueAt(101),
    pulls: [{ repo: { ...REPO, owner: 'stranger', name: 'theirs' }, number: 3 }],
    from: ['octo/*', 'stranger/theirs'],
  },
  { kind: 'pulls-without-place', pulls: [issueAt(459)] },
  { kind: 'ticked-open', issue: issueAt(106) },
  { kind: 'moved', issue: issueAt(107), to: { repo: { ...REPO, name: 'other' }, number: 7 } },
  { kind: 'unreadable', issue: issueAt(108) },
  { kind: 'several-issues', issues: [issueAt(109), issueAt(110), issueAt(111)] },
];

/** An item for which a sync writes or says something. */
export function sampleSyncRow(index: number, change: Partial<SyncRow> = {}): SyncRow {
  return {
    item: locatorAt(index),
    index,
    label: 'Backend',
    text: TEXTS[index % TEXTS.length] ?? '',
    checked: false,
    issue: issueAt(100 + index),
    changes: [],
    remarks: [],
    edits: [],
    ...change,
  };
}

/** A sync with so many items to update, and one remark of each kind if asked. */
export function sampleSyncPreview(
  updates: number,
  { remarks = true, ...change }: Partial<SyncPreview> & { readonly remarks?: boolean } = {},
): SyncPreview {
  const changed = Array.from({ length: updates }, (_, index) => {
    const one = CHANGES[index % CHANGES.length];
    const pulls = CHANGES[1];
    const changes = [...(one ? [one] : []), ...(index % 5 === 0 && pulls ? [pulls] : [])];
    return sampleSyncRow(index, { changes });
  });
  const remarked = remarks
    ? REMARKS.map((remark, at) => sampleSyncRow(updates + at, { remarks: [remark] }))
    : [];
  const rows = [...changed, ...remarked];
  const plan: SyncPlan = {
    checklist: CHECKLIST,
    rows,
    counts: { items: rows.length, followed: rows.length, done: 3 },
  };
  return {
    id: '01JD0000000000000000000001',
    plan,
    blocker: undefined,
    rulesFrom: 'file',
    ...change,
  };
}

/** Texts that are kept, newest first. */
export const SAVED_TEXTS: readonly SavedText[] = [
  {
    id: 3,
    at: NOW - 60_000,
    login: 'monalisa',
    cause: { by: 'background', what: 'sync' },
    length: 4_200,
  },
  {
    id: 2,
    at: NOW - 7_200_000,
    login: 'monalisa',
    cause: { by: 'click', what: 'sync' },
    length: 4_180,
  },
  {
    id: 1,
    at: NOW - 200_000_000,
    login: 'hubot',
    cause: { by: 'click', what: 'generate' },
    length: 3_950,
  },
];

/** How an earlier text differs from the one of now. */
export const DIFFERENCE: TextDifference = {
  text: '## Plan\r\n- [ ] Parse dates\r\n',
  now: 'hash-of-now',
  lines: [
    { kind: 'gap', text: '12 equal lines' },
    { kind: 'same', text: '## Backend' },
    { kind: 'same', text: '' },
    { kind: 'goes', text: '- [x] Parse dates (closes #123) (#456)' },
    { kind: 'comes-back', text: '- [ ] Parse dates (closes #123)' },
    { kind: 'same', text: `  - [ ] ${TEXTS[4]}` },
    { kind: 'goes', text: '- [ ] An item that somebody has added since' },
    { kind: 'gap', text: '40 equal lines' },
  ],
};
