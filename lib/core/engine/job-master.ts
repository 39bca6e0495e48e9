import { type Failure, failure } from '../failures.ts';
import { blockOf } from '../identity/asked-issues.ts';
import { linksOf } from '../identity/identify.ts';
import { formatMap, readMap } from '../identity/identity-map.ts';
import { formatIssueRef, holdsChecklist, type IssueRef, sameIssue } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import type { Edit, MissedEdit } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { allLinks, linksTo } from '../text/referenced-issue.ts';
import type { Job, JobHeader, JobRow } from './job.ts';
import { type Claim, claimEdit, parseClaim } from './job-claim.ts';
import type { LoggedRow } from './job-facts.ts';
import type { RowMend } from './mend.ts';
import { mendEdits } from './mend-text.ts';
import { isOwed, isUnwritten } from './owed-rows.ts';

/** Why a job reads the master, and what it may write on that occasion. */
export type MasterPurpose = 'claim' | 'check' | 'links' | 'finish';

/** Whose claim counts (`claimHolder`), and when that was asked, in milliseconds since 1970. */
export interface ClaimView {
  readonly holder: Claim | undefined;
  readonly now: number;
}

/** What came of a write: the edits that were not applied, and what the log says that was written before. */
export interface WrittenText {
  readonly missed: readonly MissedEdit[];
  readonly logged: readonly LoggedRow[];
}

/** How often a link that vanished again is put back before the user is asked. */
const RELINKS = 2;

/**
 * Compares the rows with the master's text as it is now, and answers those that change: rows not yet created whose item
 * was renamed, moved, deleted or linked meanwhile come back for review; links that stand there are verified; links that
 * vanished are to be written again.
 */
export function observeMaster(job: Job, text: string): readonly JobRow[] {
  const seen = look(job.header, text);
  return job.rows.flatMap((row) => {
    const observed = observeRow(row, seen, job.header.kind);
    return observed === row ? [] : [observed];
  });
}

/** What is to be written into the master now, computed on its fresh text. */
export function masterEdits(
  job: Job,
  purpose: MasterPurpose,
  text: string,
  view: ClaimView,
): readonly Edit[] {
  switch (purpose) {
    case 'check':
      return [];
    case 'claim':
      return claimEdits(job.header, purpose, text, view);
    case 'links':
    case 'finish':
      return job.header.kind === 'mend'
        ? mendEdits(job, rowsToWrite(job, purpose), text, view.holder !== undefined)
        : [...linkEdits(job, text), ...claimEdits(job.header, purpose, text, view)];
  }
}

/** Rows after a write whose edits were all applied but for those missed. */
export function rowsAfterWrite(
  job: Job,
  purpose: MasterPurpose,
  { missed, logged }: WrittenText,
): readonly JobRow[] {
  const lost = new Map(
    missed.flatMap(({ edit, reason }) => ('item' in edit ? [[edit.item.key, reason]] : [])),
  );
  return rowsToWrite(job, purpose).map((row): JobRow => {
    if (row.mend !== undefined) return afterMend(row, row.mend, lost, logged);
    const reason = lost.get(row.item.key);
    return reason === undefined ? { ...row, phase: 'linked' } : review(row, failure(reason));
  });
}

/** Rows for which a read of this purpose writes something. */
export function rowsToWrite({ rows }: Job, purpose: MasterPurpose): readonly JobRow[] {
  if (purpose === 'links') return rows.filter(isOwed);
  return purpose === 'finish' ? rows.filter(isUnwritten) : [];
}

/** The master as the rows look at it. */
interface Seen {
  /** The item of a row, as it was planned. */
  item(row: JobRow): Item | undefined;
  /** The name of what an item links: an issue of its own, or a pull request, which the text alone does not tell. */
  link(item: Item): string | undefined;
  /** Whether the row's issue is linked, from its item or, when that was renamed since, from any. */
  linked(row: JobRow): boolean;
}

function look(header: JobHeader, text: string): Seen {
  const { items } = parseChecklist(text, { placeholder: header.options.placeholder });
  const byKey = new Map<string, Item>(items.map((item) => [item.key, item]));
  const item = (row: JobRow) => byKey.get(row.item.key);
  const { checklist } = header;
  const block = blockOf(text, checklist, header.options.identity);
  const link = (one: Item) => {
    const written = linksOf(one, { checklist, block });
    const [first] = [...allLinks(written), ...written.elsewhere];
    return first && formatIssueRef(first, checklist.repo);
  };
  const linked = (row: JobRow) => {
    const issue = rowIssue(row, header);
    if (issue === undefined) return false;
    const mapped = block.get(row.item.key);
    if (header.options.identity === 'block')
      return mapped !== undefined && sameIssue(mapped, issue);
    const links = (one: Item) => linksTo(one, issue, checklist.repo).length > 0;
    const own = item(row);
    return (own !== undefined && links(own)) || items.some(links);
  };
  return { item, link, linked };
}

function observeRow(row: JobRow, seen: Seen, kind: JobHeader['kind']): JobRow {
  // What people make of it afterwards is theirs.
  if (kind === 'mend') return row.phase === 'unlinked' ? { ...row, phase: 'verified' } : row;
  switch (row.phase) {
    case 'planned':
      return observePlanned(row, seen);
    case 'linked':
    case 'verified':
      return observeLinked(row, seen);
    default:
      return row;
  }
}

function observePlanned(row: JobRow, seen: Seen): JobRow {
  const item = seen.item(row);
  if (item === undefined) return review(row, failure('item-gone'));
  // One of several equal items was removed or added: which one is meant cannot be told.
  const { twins } = row.item;
  if (twins !== undefined && item.twins !== twins) return review(row, failure('item-ambiguous'));
  const link = seen.link(item);
  if (link === undefined || row.linkKnown) return row;
  return review(row, failure('item-linked', { link }));
}

function observeLinked(row: JobRow, seen: Seen): JobRow {
  if (seen.linked(row)) return row.phase === 'verified' ? row : { ...row, phase: 'verified' };
  if (seen.item(row) === undefined) {
    return row.phase === 'verified' ? row : review(row, failure('item-gone'));
  }
  if (row.relinks < RELINKS) return { ...row, phase: 'created', relinks: row.relinks + 1 };
  return review(row, failure('link-removed', { link: numberOf(row) }));
}

function afterMend(
  row: JobRow,
  { edits, choice, changes }: RowMend,
  lost: ReadonlyMap<string, MissedEdit['reason']>,
  logged: readonly LoggedRow[],
): JobRow {
  const [reason] = edits.flatMap((edit) => {
    const missed = 'item' in edit ? lost.get(edit.item.key) : undefined;
    return missed === undefined || (missed === 'item-gone' && isOfUndo(edit, changes))
      ? []
      : [missed];
  });
  // Its worker died over the write: an item that got new words is not found by the old ones any more.
  const isWritten = logged.some(({ item, what }) => item === row.item.key && what === choice);
  if (reason === undefined || isWritten) return { ...row, phase: 'unlinked' };
  return review(row, failure(reason));
}

// Of a generation that is undone there is nothing to remove where the item is gone.
function isOfUndo({ kind }: Edit, changes: RowMend['changes']): boolean {
  return kind === 'unlink' && changes.some(({ guard }) => typeof guard === 'object');
}

function review(row: JobRow, problem: Failure): JobRow {
  return { ...row, phase: 'review', failure: problem };
}

function linkEdits(job: Job, text: string): readonly Edit[] {
  const { checklist, options } = job.header;
  const rows = job.rows.filter(isUnwritten);
  if (options.identity === 'block') return rows.length === 0 ? [] : [mapEdit(job, text, rows)];
  const style = options.linkStyle;
  return rows.flatMap((row): readonly Edit[] => {
    const issue = rowIssue(row, job.header);
    if (issue === undefined || holdsChecklist(issue, checklist)) return [];
    return [{ kind: 'link', item: row.item, issue, style }];
  });
}

function mapEdit({ header }: Job, text: string, rows: readonly JobRow[]): Edit {
  const { repo } = header.checklist;
  const map = new Map(readMap(text, repo));
  for (const row of rows) {
    const issue = rowIssue(row, header);
    if (issue !== undefined) map.set(row.item.key, issue);
  }
  return { kind: 'comment', name: 'map', content: formatMap(map, repo) };
}

function claimEdits(
  header: JobHeader,
  purpose: MasterPurpose,
  text: string,
  { holder, now }: ClaimView,
): readonly Edit[] {
  const { run, login, kind, claim } = header;
  const mine = holder === undefined || holder.run === run;
  if (kind !== 'generate' || !mine || claim === 'released') return [];
  const standing = parseClaim(text);
  if (purpose === 'finish') return standing === undefined ? [] : [claimEdit(undefined)];
  // Written anew when somebody took it out, or when it has grown too old to count.
  if (holder !== undefined && standing?.run === run) return [];
  return [claimEdit({ run, by: login, at: new Date(now).toISOString() })];
}

/** The issue of a row: in the target repository, unless the user chose one elsewhere. */
function rowIssue(row: JobRow, header: JobHeader): IssueRef | undefined {
  if (row.linked !== undefined) return row.linked;
  return row.issue && { repo: header.target, number: row.issue.number };
}

function numberOf(row: JobRow): string {
  return `#${row.issue?.number ?? ''}`;
}
