import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import type { ReconcileFacts } from '../../../lib/core/differences/reconcile-facts.ts';
import type { GenerateHeader, GenerateRow, Job } from '../../../lib/core/engine/job.ts';
import { GENERATE_TEXT } from '../../../lib/core/engine/kinds/generate-text.ts';
import { blockOf, issuesToAsk, linksOfItems } from '../../../lib/core/identity/asked-issues.ts';
import { badgeOf } from '../../../lib/core/identity/badge.ts';
import { ownIssues } from '../../../lib/core/identity/identify.ts';
import { formatMap } from '../../../lib/core/identity/identity-map.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import { markerOf } from '../../../lib/core/identity/marked-issues.ts';
import { planRows } from '../../../lib/core/plan/plan-rows.ts';
import { type IssueRef, issueChecklist, issueKey } from '../../../lib/core/refs.ts';
import { DEFAULT_RULES } from '../../../lib/core/settings/settings.ts';
import { namedIn } from '../../../lib/core/sync/named-issues.ts';
import { planSync } from '../../../lib/core/sync/plan-sync.ts';
import type { Followed, FollowedByKey } from '../../../lib/core/sync/sync-facts.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { type Item, locatorOf } from '../../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { buildFacts, issue, MASTER, markedBody, OPTIONS, REPO, RUN } from '../plan/build-facts.ts';

/** What a number is, and whose marker its body carries: that of an item by its position, of a gone one, of another checklist. */
export interface Numbered {
  readonly kind: 'issue' | 'pull-request' | 'unreadable';
  readonly marker?: { readonly of: number | 'gone' | 'other'; readonly state?: 'v2' | 'undone' };
}

/** A text, what its numbers are, the hidden block by the items' positions, and numbers that only a search finds. */
export interface IdentityWorld {
  readonly text: string;
  readonly numbers: Readonly<Record<number, Numbered>>;
  readonly block?: Readonly<Record<number, number>>;
}

/** `#9`: that issue; `pulls #5`: followed by pull requests; `asked`; `none`. */
export type Answer = string;

/** What each of those who ask takes for the item's issue, in its own words. */
export interface Answers {
  readonly item: Item;
  readonly generate: Answer;
  readonly reason: string;
  readonly sync: Answer;
  readonly reconcile: Answer;
  readonly how: string;
  readonly badge: Answer;
  /** Whether a running job sees a link that somebody wrote. */
  readonly job: boolean;
  /** Whether a job that made the issue takes its link for written; undefined without an issue, or where links are kept in the block and the text names it. */
  readonly written: boolean | undefined;
  /** Whether the edit that writes a link to the issue finds it there; undefined without an issue. */
  readonly edit: boolean | undefined;
}

const OTHER = issueChecklist({ repo: REPO, number: 3 });

/** Lets everybody answer who asks which issue is an item's. All items must be unticked: every followed one is ticked. */
export function ask({ text: words, numbers, block }: IdentityWorld): readonly Answers[] {
  const { items } = parseChecklist(words);
  const text = withBlock(words, items, block);
  const identity = block === undefined ? 'links' : 'block';
  const known = (ref: IssueRef) =>
    ref.repo.name === REPO.name ? knownIssue(ref.number, numbers[ref.number], items) : undefined;
  const all = Object.keys(numbers).map((number) => ({ repo: REPO, number: Number(number) }));
  const candidates = all.flatMap((ref) => known(ref) ?? []);
  const map = blockOf(text, { items }, MASTER);

  const referenced = issuesToAsk(items, MASTER, map).flatMap((ref) => known(ref) ?? []);
  const facts = buildFacts(text, { referenced, facts: { candidates } });
  const { rows } = planRows(facts, items, { ...OPTIONS, identity, levels: 'all' }, RUN);

  const links = linksOfItems({ items }, MASTER, map).flat();
  const followed: FollowedByKey = Object.fromEntries(
    links.map((ref) => [issueKey(ref), followedOf(known(ref))]),
  );
  const reading: ReconcileFacts = {
    checklist: MASTER,
    master: { text, createdAt: CREATED, history: [], isWhole: true, state: 'open', locked: false },
    followed,
    rules: DEFAULT_RULES,
    identity,
    listed: { issues: candidates, complete: true },
    pulls: {},
    viewer: 'grace',
    templates: [],
    left: [],
  };
  const plan = planSync(reading);
  const synced = new Map(plan.rows.map((row) => [row.index, row]));
  const questioned = new Set((plan.question?.ends ?? []).map((one) => one.item));
  const { matches, differences } = planReconcile(reading);
  const badges = ownIssues(items, {
    checklist: MASTER,
    block: map,
    named: (ref) => {
      const found = followed[issueKey(ref)];
      if (typeof found !== 'object') return found;
      return { ...found, state: 'completed' as const };
    },
  });
  return items.map((item, index): Answers => {
    const row = rows[index];
    const sync = synced.get(index);
    const match = matches[index];
    const about = differences.filter((one) => one.index === index).map(({ finding }) => finding);
    const badge = badges[index];
    const seen = badge && badgeOf(badge, MASTER);
    const answer = questioned.has(item.key) ? 'asked' : syncSays(sync);
    const own = answer.startsWith('#')
      ? { repo: REPO, number: Number(answer.slice(1)) }
      : undefined;
    return {
      item,
      generate: row === undefined ? '' : generateSays(row),
      reason: row?.reason.kind ?? '',
      sync: answer,
      reconcile: match === undefined ? '' : reconcileSays(match, about, questioned.has(item.key)),
      how: match?.how ?? '',
      badge: seen === undefined ? '-' : seen.state === 'unknown' ? 'asked' : seen.text,
      job: jobSees(text, item, identity, undefined),
      written:
        own && (identity === 'links' || match?.how === 'block')
          ? jobSees(text, item, identity, own)
          : undefined,
      edit: own && linkIsThere(text, item, own),
    };
  });
}

const CREATED = '2026-11-09T12:00:00Z';
const DAY = '2026-11-10T12:00:00Z';

function withBlock(words: string, items: readonly Item[], block: IdentityWorld['block']): string {
  if (block === undefined) return words;
  const entries = Object.entries(block).flatMap(([index, number]): [string, IssueRef][] => {
    const item = items[Number(index)];
    return item === undefined ? [] : [[item.key, { repo: REPO, number }]];
  });
  return `${words}\n\n<!-- masterlist:map ${formatMap(new Map(entries), items, REPO)} -->`;
}

function knownIssue(
  number: number,
  told: Numbered | undefined,
  items: readonly Item[],
): KnownIssue | undefined {
  if (told === undefined || told.kind === 'unreadable') return undefined;
  const { kind, marker } = told;
  if (marker === undefined) return issue(number, { kind });
  const gone = { key: 'aaaa', textHash: 'bbbb', typedHash: 'cccc' };
  const item = typeof marker.of === 'number' ? (items[marker.of] ?? gone) : gone;
  const checklist = marker.of === 'other' ? OTHER : MASTER;
  return issue(number, { kind, body: markedBody(item, checklist, marker.state) });
}

/** Closed, or merged: whatever an item follows makes sync tick it. */
function followedOf(known: KnownIssue | undefined): Followed | 'unreadable' {
  if (known === undefined) return 'unreadable';
  const { ref, kind, title } = known;
  const isPull = kind === 'pull-request';
  return {
    ref,
    kind,
    title,
    state: 'closed',
    reason: isPull ? undefined : 'completed',
    closedAt: DAY,
    reopenedAt: undefined,
    merged: isPull ? { ref, mergedAt: DAY, base: 'main' } : undefined,
    closers: [],
    mentions: [],
    marker: markerOf(known),
    createdAt: known.createdAt,
    author: known.author,
    authorAssociation: known.authorAssociation,
    names: namedIn(known.body, ref.repo),
  };
}

function generateSays({ reason }: ReturnType<typeof planRows>['rows'][number]): Answer {
  switch (reason.kind) {
    case 'linked':
      return reason.pullRequest ? `pulls #${reason.issue.number}` : `#${reason.issue.number}`;
    case 'other-checklist':
    case 'linked-twice':
      return `#${reason.issue.number}`;
    case 'link-unreadable':
    case 'two-candidates':
    case 'whose':
      return 'asked';
    default:
      return 'none';
  }
}

function syncSays(row: ReturnType<typeof planSync>['rows'][number] | undefined): Answer {
  if (row === undefined) return 'none';
  const { changes, remarks, issue: found } = row;
  if (remarks.some(({ kind }) => kind === 'several-issues' || kind === 'unreadable'))
    return 'asked';
  const tick = changes.find((change) => change.kind === 'tick');
  if (tick?.because.kind === 'closed') return `#${tick.because.issue.number}`;
  return found === undefined ? 'none' : `pulls #${found.number}`;
}

function reconcileSays(
  { how, issue: found, pulls }: ReturnType<typeof planReconcile>['matches'][number],
  about: readonly { readonly kind: string }[],
  isAsked: boolean,
): Answer {
  if (isAsked && how === 'none') return 'asked';
  if (about.some(({ kind }) => kind === 'several-issues' || kind === 'issue-gone')) return 'asked';
  const isLinked = how === 'link' || how === 'hand' || how === 'block';
  if (isLinked && found !== undefined) return `#${found.number}`;
  const [pull] = pulls;
  return pull === undefined ? 'none' : `pulls #${pull.number}`;
}

function jobSees(
  text: string,
  item: Item,
  identity: 'links' | 'block',
  made: IssueRef | undefined,
): boolean {
  const options = { identity, placeholder: '' } as GenerateHeader['options'];
  const header = { kind: 'generate', checklist: MASTER, target: REPO, options } as GenerateHeader;
  const row = {
    item: locatorOf(item),
    phase: made === undefined ? 'planned' : 'linked',
    linked: made,
    linkKnown: false,
    relinks: 0,
  } as GenerateRow;
  const job: Job<'generate'> = { header, rows: [row] };
  const [seen] = GENERATE_TEXT.observe(job, text);
  return made === undefined ? seen?.failure?.code === 'item-linked' : seen?.phase === 'verified';
}

function linkIsThere(text: string, item: Item, found: IssueRef): boolean {
  const edit = { kind: 'link', item: locatorOf(item), issue: found, style: 'closes' } as const;
  const { markdown, applied } = applyEdits(text, [edit], { repo: REPO, placeholder: '' });
  return markdown === text && applied[0]?.refused !== true;
}
