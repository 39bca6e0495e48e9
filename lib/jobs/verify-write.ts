import { type Item, locatorOf, parseChecklist } from '../core/checklist.ts';
import { applyEdits, type Edit } from '../core/edits.ts';
import { type Failure, failure } from '../core/failure.ts';
import { claimEdit, parseClaim } from '../core/job/job-claim.ts';
import type { BodyVersion, MasterSnapshot, UnverifiedWrite } from '../core/job/job-facts.ts';
import { mergeText } from '../core/merge.ts';
import {
  mayHaveLost,
  mayHaveRevived,
  replayHistory,
  type Version,
} from '../core/replay-history.ts';

/** What a later read tells of an earlier write of ours. */
export interface WriteVerdict {
  /** Whether the write reached GitHub. */
  readonly applied: boolean;
  /** The text as it should stand now: as read, with what our write had overwritten put back. */
  readonly text: string;
  /** The write that overwrote somebody; kept until its mending is confirmed. */
  readonly mend: UnverifiedWrite | undefined;
  /** Somebody's change may have been lost, and GitHub does not show it. */
  readonly notice: Failure | undefined;
}

/** A write looked at within this time of its sending is taken for the newest version with its text, in milliseconds. */
const RECENT_MS = 60_000;

/**
 * Looks into the edit history for a change by anyone, ourselves included, that fell between our read and our write; by
 * content, not by author or time. If there is one, merges three ways; ours is derived anew where both touched a line.
 * `now` is the time of this browser, in milliseconds since 1970.
 */
export function verifyWrite(
  write: UnverifiedWrite,
  snapshot: MasterSnapshot,
  now: number = write.sentAt,
): WriteVerdict {
  const since = versionsSince(write.newestAtRead, snapshot.history);
  const clean = { applied: true, text: snapshot.text, mend: undefined, notice: undefined };
  const ours = findOurs(write, since, now);
  if (ours === 'not-there') return verdictWithoutVersion(write, since, snapshot, now);
  if (ours === 'of-another') return clean;
  const notice = ours.unclear ? failure('edits-collided') : undefined;
  const [overwritten] = since.slice(ours.at + 1);
  if (overwritten === undefined || overwritten.text === write.base) return { ...clean, notice };
  if (overwritten.text === undefined) return { ...clean, notice: failure('history-unreadable') };
  const mended = mend(write, since, ours.at, snapshot);
  // It stands there already: somebody mended before us.
  if (mended.text === snapshot.text) return { ...clean, notice: mended.notice ?? notice };
  return { ...clean, text: mended.text, notice: mended.notice ?? notice, mend: write };
}

/**
 * Which version is our write. Two browsers of one user may write the same text one after the other, with somebody's edit
 * between: the newest of them is ours then, or what it overwrote is lost. A person who takes her own change back leaves
 * the same trace, but not within moments; later the oldest is taken, and the user is told where something lies between.
 */
function findOurs(
  { login, written, sentAt }: UnverifiedWrite,
  since: readonly BodyVersion[],
  now: number,
): { readonly at: number; readonly unclear: boolean } | 'not-there' | 'of-another' {
  const same = since.flatMap(({ text }, at) => (text === written ? [at] : []));
  const isOwn = (at: number) => since[at]?.editor.toLowerCase() === login?.toLowerCase();
  const own = login === undefined ? same : same.filter(isOwn);
  const [newest] = own;
  const oldest = own.at(-1);
  // Somebody else wrote the very same: ours changed nothing, or never arrived.
  if (newest === undefined || oldest === undefined)
    return same.length > 0 ? 'of-another' : 'not-there';
  if (Math.abs(now - sentAt) < RECENT_MS) return { at: newest, unclear: false };
  const between = since.slice(newest, oldest).some(({ text }) => text !== written);
  return { at: oldest, unclear: between };
}

// Our version is not in the history: not applied, or the history lags or hides texts.
function verdictWithoutVersion(
  write: UnverifiedWrite,
  since: readonly BodyVersion[],
  snapshot: MasterSnapshot,
  now: number,
): WriteVerdict {
  const applied = snapshot.text === write.written;
  const hidden = since.some((version) => version.text === undefined);
  if (!applied && !hidden && write.mends !== undefined)
    return verifyWrite(write.mends, snapshot, now);
  // One hidden version may be ours; two, and one is somebody's.
  const notice = hidden && since.length > 1 ? failure('history-unreadable') : undefined;
  return { applied, text: snapshot.text, mend: undefined, notice };
}

function versionsSince(
  newest: BodyVersion | undefined,
  history: readonly BodyVersion[],
): readonly BodyVersion[] {
  if (newest === undefined) return history;
  const known = history.findIndex(({ id }) => id === newest.id);
  return known === -1 ? history : history.slice(0, known);
}

/**
 * Brings together what our write had overwritten and what people made of our text since: every change since our read is
 * made again, one after the other, ours in its turn. Where people touched the same lines the latest hand stays, and the
 * user hears of it.
 */
function mend(
  write: UnverifiedWrite,
  since: readonly BodyVersion[],
  ours: number,
  { text: current, history }: MasterSnapshot,
): Pick<WriteVerdict, 'text' | 'notice'> {
  const plain = (text: string) => edit(write, text, [claimEdit(undefined)]);
  const oldestFirst = (versions: readonly BodyVersion[]): readonly Version[] =>
    versions
      .flatMap(({ text, editor, editedAt }) =>
        text === undefined ? [] : [{ text: plain(text), editor, at: Date.parse(editedAt) }],
      )
      .reverse();
  const older = oldestFirst(history.slice(since.length));
  const { editor = '', at = 0 } = older.at(-1) ?? {};
  const start = { text: plain(write.base), editor, at };
  const overwritten = oldestFirst(since.slice(ours + 1));
  const account = write.login === undefined ? {} : { account: write.login };
  const before = replayHistory(start, overwritten, older, account);
  // Our edits are put into every text first, so that only people's changes are merged.
  const own = mergeText(
    withOurs(write, write.base, write.edits),
    withOurs(write, write.written, write.edits),
    withOurs(write, before.text, followRenames(write, before.text)),
  );
  const [ourVersion = start] = oldestFirst(since.slice(ours, ours + 1));
  const later = [...oldestFirst(since.slice(0, ours)), { ...ourVersion, text: plain(current) }];
  const known = [...older, start, ...overwritten];
  const after = replayHistory(ourVersion, later, known, { ...account, onto: own.text });
  const all = [...known, ourVersion, ...later];
  // What we took away ourselves (an earlier text that was put back) was meant.
  const meant = isWhole(write) ? write.base : '';
  const isUnclear =
    mayHaveLost(all, `${after.text}\n${meant}`, older.length + 1) ||
    mayHaveRevived(all, after.text);
  const collided = before.conflicts + own.conflicts + after.conflicts > 0 || isUnclear;
  const claim = parseClaim(current);
  return {
    text: edit(write, after.text, claim === undefined ? [] : [claimEdit(claim)]),
    notice: collided ? failure('edits-collided') : undefined,
  };
}

/** Whether a whole text was put back, not a mending: that has no edits either. */
function isWhole({ edits, mends }: UnverifiedWrite): boolean {
  return edits.length === 0 && mends === undefined;
}

// Without the claim: whose it is now is decided on the text as it is now.
function withOurs(write: UnverifiedWrite, text: string, edits: readonly Edit[]): string {
  const ours = edits.filter(({ kind }) => kind !== 'comment');
  return edit(write, text, [...ours, claimEdit(undefined)]);
}

/** Our edits as they are to be made where people renamed items meanwhile: the link still tells which item it is. */
function followRenames(write: UnverifiedWrite, text: string): readonly Edit[] {
  const { placeholder } = write;
  const { missed } = applyEdits(text, write.edits, contextOf(write));
  if (missed.length === 0) return write.edits;
  const before = parseChecklist(write.base, { placeholder }).items;
  const after = parseChecklist(text, { placeholder }).items;
  const lost = new Set(missed.map((one) => one.edit));
  return write.edits.map((one) => {
    if (one.kind === 'comment' || !lost.has(one)) return one;
    const link = linkOf(before.find(({ key }) => key === one.item.key));
    const [item, ...more] = after.filter((other) => link !== undefined && linkOf(other) === link);
    return item === undefined || more.length > 0 ? one : { ...one, item: locatorOf(item) };
  });
}

function linkOf(item: Item | undefined): string | undefined {
  const link = item?.references.find(({ role }) => role === 'link');
  return link && [link.host, link.owner, link.name, link.number].join(' ').toLowerCase();
}

function edit(write: UnverifiedWrite, text: string, edits: readonly Edit[]): string {
  return applyEdits(text, edits, contextOf(write)).markdown;
}

function contextOf({ checklist, placeholder }: UnverifiedWrite) {
  return { repo: checklist.repo, placeholder };
}
