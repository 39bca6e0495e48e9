import { type Failure, type FailureCode, failure } from '../../failures.ts';
import { readAnswers } from '../../identity/answers.ts';
import { blockOf } from '../../identity/asked-issues.ts';
import { linksOf } from '../../identity/identify.ts';
import { entryName, formatMap, readMap } from '../../identity/identity-map.ts';
import { formatIssueRef, holdsChecklist, type IssueRef, sameIssue } from '../../refs.ts';
import { type Item, locatorOf } from '../../text/checklist.ts';
import type { Edit, MissedEdit } from '../../text/edit.ts';
import { itemFinder } from '../../text/find-item.ts';
import { parseChecklist } from '../../text/parse-checklist.ts';
import { allLinks, isBareLink, linksTo } from '../../text/referenced-issue.ts';
import { type LinkEdit, withoutPlace } from '../../text/without-place.ts';
import { type Claim, type ClaimView, claimEdit, parseClaim } from '../claim.ts';
import type { MasterOutcome, MasterPurpose, WrittenText } from '../effect.ts';
import { itemInPlace } from '../item-in-place.ts';
import type { GenerateRow, Job, JobHeader } from '../job.ts';
import type { KindText } from '../kind.ts';

type Header = JobHeader<'generate'>;

/** How often a link that vanished again is put back before the user is asked. */
const RELINKS = 2;

/** A claim younger than this need not be written again, in milliseconds. */
const FRESH = 60_000;

/** The links of a generation, and the claim that keeps other machines out. */
export const GENERATE_TEXT: KindText<'generate'> = {
  observe: observeRows,
  edits: generateEdits,
  written: rowsAfterLinks,
};

/**
 * Compares the rows with the master's text as it is now, and answers those that change: rows whose item was renamed,
 * moved, deleted or linked meanwhile come back for review, and go on where the text is as before again; links that are
 * there are verified; links that vanished are to be written again.
 */
function observeRows(job: Job<'generate'>, text: string): readonly GenerateRow[] {
  const seen = look(job, text);
  return job.rows.flatMap((row) => {
    const observed = observeRow(row, seen, job.header);
    return observed === row ? [] : [observed];
  });
}

/** The links and the claim that are to be written now, computed on the master's fresh text. */
function generateEdits(
  { header, rows }: Job<'generate'>,
  purpose: MasterPurpose,
  text: string,
  view: ClaimView,
): readonly Edit[] {
  switch (purpose) {
    case 'check':
      return [];
    case 'claim':
      return claimEdits(header, purpose, text, view);
    case 'links':
    case 'finish': {
      const links = linkEdits(header, rows.filter(isUnlinked), text);
      return [...links, ...claimEdits(header, purpose, text, view)];
    }
  }
}

/** Rows after a write whose edits were all applied but for those missed. What was not begun is left to whoever took the run over. */
function rowsAfterLinks(
  { header, rows }: Job<'generate'>,
  purpose: MasterPurpose,
  { missed, holder }: Pick<WrittenText, 'missed'> & Pick<MasterOutcome, 'holder'>,
): readonly GenerateRow[] {
  const left = isOfOther(header, holder) ? rows.filter(isAskedUnbegun).map(unasked) : [];
  if (purpose === 'check' || purpose === 'claim') return left;
  const lost = new Map(
    missed.flatMap(({ edit, reason }) => ('item' in edit ? [[edit.item.key, reason]] : [])),
  );
  const links = rows.filter(isUnlinked).map((row): GenerateRow => {
    const reason = lost.get(row.item.key);
    return reason === undefined
      ? { ...row, phase: 'linked' }
      : review(row, doubt(row, reason, header));
  });
  return [...left, ...links];
}

/** Whether the checklist is another run's: this one lost its claim, now or before. */
function isOfOther({ id, failure: end }: Header, holder: Claim | undefined): boolean {
  if (holder !== undefined) return holder.run !== id;
  return end?.code === 'taken-over' || end?.code === 'claimed';
}

function isAskedUnbegun({ phase, issue, failure: problem }: GenerateRow): boolean {
  return phase === 'review' && issue === undefined && !!problem && OF_TEXT.has(problem.code);
}

function unasked(row: GenerateRow): GenerateRow {
  return { ...row, phase: 'planned', failure: undefined };
}

/** The master as the rows look at it. */
interface Seen {
  /** The item of a row; else why it is not told. */
  item(row: GenerateRow): Item | MissedEdit['reason'];
  /** The name of what an item links: an issue of its own, or a pull request, which the text alone does not tell. */
  link(item: Item): string | undefined;
  /** Whether the row's issue is linked, from its item or, when that was renamed since, from any. */
  linked(row: GenerateRow): boolean;
  /** The item without a link that stands where the row's was. */
  inPlace(row: GenerateRow): Item | undefined;
}

function look({ header, rows }: Job<'generate'>, text: string): Seen {
  const { checklist } = header;
  const read = parseChecklist(text, { placeholder: header.options.placeholder });
  const find = itemFinder(read, checklist.repo);
  const item = (row: GenerateRow) => find({ kind: 'tick', item: row.item });
  const block = blockOf(text, read, checklist);
  const answers = readAnswers(text, read.items, checklist.repo);
  const link = (one: Item) => {
    const written = linksOf(one, { checklist, block, answers });
    const [first] = [...allLinks(written), ...written.elsewhere];
    return first && formatIssueRef(first, checklist.repo);
  };
  const linked = (row: GenerateRow) => {
    const issue = rowIssue(row, header);
    if (issue === undefined) return false;
    const own = item(row);
    const mapped =
      typeof own === 'object' ? [block.entries.get(own.key)] : [...block.entries.values()];
    if (mapped.some((one) => one !== undefined && sameIssue(one, issue))) return true;
    if (header.options.identity === 'block') return false;
    const links = (one: Item) => linksTo(one, issue, checklist.repo).length > 0;
    return (typeof own === 'object' && links(own)) || read.items.some(links);
  };
  const inPlace = (row: GenerateRow) => {
    const there = itemInPlace(row, rows, read.items, find);
    return there === undefined || link(there) !== undefined ? undefined : there;
  };
  return { item, link, linked, inPlace };
}

function observeRow(row: GenerateRow, seen: Seen, header: Header): GenerateRow {
  switch (row.phase) {
    case 'planned':
      return observePlanned(row, seen);
    case 'created':
      return observeCreated(row, seen, header);
    case 'linked':
    case 'verified':
      return observeLinked(row, seen, header);
    case 'review':
      return observeReview(row, seen, header);
    default:
      return row;
  }
}

function observePlanned(row: GenerateRow, seen: Seen): GenerateRow {
  const item = seen.item(row);
  if (typeof item === 'string') return review(row, failure(item));
  const link = seen.link(item);
  if (link === undefined || row.linkKnown) return row;
  return review(row, failure('item-linked', { link }));
}

// In the hidden block its issue is kept by what the item was.
function observeCreated(row: GenerateRow, seen: Seen, header: Header): GenerateRow {
  if (header.options.identity === 'block' || seen.item(row) !== 'item-gone') return row;
  return seen.linked(row) ? { ...row, phase: 'linked' } : reviewGone(row, seen, header);
}

function observeLinked(row: GenerateRow, seen: Seen, header: Header): GenerateRow {
  if (seen.linked(row)) return row.phase === 'verified' ? row : { ...row, phase: 'verified' };
  const item = seen.item(row);
  if (item === 'item-gone') return row.phase === 'verified' ? row : reviewGone(row, seen, header);
  if (row.relinks < RELINKS) return { ...row, phase: 'created', relinks: row.relinks + 1 };
  return review(row, failure('link-removed', { link: nameOf(row, header) }));
}

/** What the text asked is answered by the text, too: an item that is there again needs nobody. */
function observeReview(row: GenerateRow, seen: Seen, header: Header): GenerateRow {
  if (row.failure === undefined || !OF_TEXT.has(row.failure.code)) return row;
  if (row.issue === undefined) {
    // Nothing new is begun without the claim.
    if (header.claim !== 'held') return row;
    const again = observePlanned({ ...row, phase: 'planned', failure: undefined }, seen);
    return again.failure?.code === row.failure.code ? row : again;
  }
  if (seen.linked(row))
    return { ...row, phase: 'verified', failure: undefined, renamed: undefined };
  const item = seen.item(row);
  if (typeof item === 'object' && seen.link(item) === undefined) {
    return { ...row, phase: 'created', failure: undefined, renamed: undefined };
  }
  if (item !== 'item-gone') return row;
  const again = reviewGone(row, seen, header);
  return again.renamed?.item.key === row.renamed?.item.key ? row : again;
}

/** Reasons that another text can settle. */
const OF_TEXT: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'item-gone',
  'item-ambiguous',
  'item-linked',
  'item-renamed',
  'made-item-gone',
]);

function reviewGone(row: GenerateRow, seen: Seen, header: Header): GenerateRow {
  const there = row.own ? seen.inPlace(row) : undefined;
  if (there === undefined)
    return { ...review(row, doubt(row, 'item-gone', header)), renamed: undefined };
  const { text } = there;
  const problem = failure('item-renamed', { text, link: nameOf(row, header) });
  return { ...review(row, problem), renamed: { item: locatorOf(there), text } };
}

/** Why a row is not linked where its edit found no item: what was created is named. */
function doubt(row: GenerateRow, reason: MissedEdit['reason'], header: Header): Failure {
  const isMade = row.own && row.issue !== undefined && reason === 'item-gone';
  return isMade ? failure('made-item-gone', { link: nameOf(row, header) }) : failure(reason);
}

function nameOf(row: GenerateRow, header: Header): string {
  const issue = rowIssue(row, header);
  return issue === undefined ? '' : formatIssueRef(issue, header.checklist.repo);
}

function review(row: GenerateRow, problem: Failure): GenerateRow {
  return { ...row, phase: 'review', failure: problem };
}

function isUnlinked({ phase }: GenerateRow): boolean {
  return phase === 'created';
}

function linkEdits(header: Header, rows: readonly GenerateRow[], text: string): readonly Edit[] {
  const { checklist, options } = header;
  if (options.identity === 'block') return rows.length === 0 ? [] : [mapEdit(header, text, rows)];
  const { placeholder, linkStyle: style } = options;
  const find = itemFinder(parseChecklist(text, { placeholder }), checklist.repo);
  const links = rows.flatMap((row): readonly LinkEdit[] => {
    const issue = rowIssue(row, header);
    if (issue === undefined || holdsChecklist(issue, checklist)) return [];
    const item = find({ kind: 'tick', item: row.item });
    if (typeof item === 'object' && isBareLink(item, issue, checklist.repo))
      return [{ kind: 'bracket', item: row.item, issues: [issue] }];
    return [{ kind: 'link', item: row.item, issue, style }];
  });
  const hidden = withoutPlace(text, links, { repo: checklist.repo, placeholder });
  if (hidden.size === 0) return links;
  const inBlock = rows.filter(({ item }) => hidden.has(item.key));
  return [...links.filter(({ item }) => !hidden.has(item.key)), mapEdit(header, text, inBlock)];
}

function mapEdit(header: Header, text: string, rows: readonly GenerateRow[]): Edit {
  const { repo } = header.checklist;
  const read = parseChecklist(text, { placeholder: header.options.placeholder });
  const find = itemFinder(read, repo);
  const entries = new Map(readMap(text, read.items, repo).entries);
  for (const row of rows) {
    const issue = rowIssue(row, header);
    const item = find({ kind: 'tick', item: row.item });
    // Of an item that is not found, what it was is written: its issue is looked up by that.
    if (issue !== undefined)
      entries.set(typeof item === 'object' ? item.key : entryName(row.item), issue);
  }
  return { kind: 'comment', name: 'map', content: formatMap(entries, read.items, repo) };
}

function claimEdits(
  { id, login, claim }: Header,
  purpose: MasterPurpose,
  text: string,
  { holder, replaces, now }: ClaimView,
): readonly Edit[] {
  const mine = holder === undefined || holder.run === id;
  if (!mine || claim === 'released') return [];
  const present = parseClaim(text);
  if (purpose === 'finish') return present === undefined ? [] : [claimEdit(undefined)];
  // Written anew now and then, so that others see that this run is alive; also when somebody took it out.
  if (holder !== undefined && present?.run === id && isFresh(present, now)) return [];
  const at = new Date(now).toISOString();
  return [claimEdit({ run: id, by: login, at, ...(replaces && { replaces }) })];
}

function isFresh({ at }: Claim, now: number): boolean {
  return Math.abs(now - Date.parse(at)) < FRESH;
}

/** The issue of a row: in the target repository, unless the user chose one elsewhere. */
function rowIssue(row: GenerateRow, header: Header): IssueRef | undefined {
  if (row.linked !== undefined) return row.linked;
  return row.issue && { repo: header.target, number: row.issue.number };
}
