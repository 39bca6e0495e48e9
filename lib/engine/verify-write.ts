import { claimEdit, parseClaim } from '../core/engine/claim.ts';
import type { BodyVersion, MasterSnapshot, UnverifiedWrite } from '../core/engine/job-facts.ts';
import { type Failure, failure } from '../core/failures.ts';
import { applyEdits } from '../core/text/apply-edits.ts';
import { type Item, locatorOf } from '../core/text/checklist.ts';
import { mayHaveLost, mayHaveRevived } from '../core/text/doubtful-history.ts';
import { dropSurplus } from '../core/text/drop-surplus.ts';
import type { Edit } from '../core/text/edit.ts';
import { mergeText } from '../core/text/merge.ts';
import { parseChecklist } from '../core/text/parse-checklist.ts';
import { QUICK_MS, replayHistory, type Version } from '../core/text/replay-history.ts';

/** What a later read tells of an earlier write of ours. */
export interface WriteVerdict {
  /** Whether the write reached GitHub. */
  readonly applied: boolean;
  /** The text as it should stand now: as read, with what our write had overwritten put back. */
  readonly text: string;
  /** The write that overwrote somebody; kept until what it overwrote is seen to be back. */
  readonly overwriting: UnverifiedWrite | undefined;
  /** Somebody's change may have been lost, and GitHub does not show it. */
  readonly notice: Failure | undefined;
}

/**
 * Looks into the edit history for a change by anyone, ourselves included, that fell between our read and our write; by
 * content, not by author or time. If there is one, merges three ways; ours is derived anew where both touched a line.
 */
export function verifyWrite(write: UnverifiedWrite, snapshot: MasterSnapshot): WriteVerdict {
  const since = versionsSince(write.newestAtRead, snapshot.history);
  const ours = findOurs(write, since);
  if (ours === 'not-there') return verdictWithoutVersion(write, since, snapshot);
  if (ours === 'of-another') {
    return { applied: true, text: snapshot.text, overwriting: undefined, notice: undefined };
  }
  const verdict = verdictAt(ours.at, write, since, snapshot);
  const version = since[ours.at];
  if (!ours.again || verdict.overwriting !== undefined || version === undefined) return verdict;
  const again = { ...write, base: write.written, newestAtRead: version, edits: [] };
  const later = verifyWrite(again, snapshot);
  return { ...later, notice: later.notice ?? verdict.notice };
}

// Our version is in the history: what it overwrote is below it.
function verdictAt(
  ours: number,
  write: UnverifiedWrite,
  since: readonly BodyVersion[],
  snapshot: MasterSnapshot,
): WriteVerdict {
  const clean = { applied: true, text: snapshot.text, overwriting: undefined, notice: undefined };
  const unreadable = { ...clean, notice: failure('history-unreadable') };
  const [overwritten] = since.slice(ours + 1);
  if (overwritten === undefined) return reachesBack(write, snapshot.history) ? clean : unreadable;
  if (overwritten.text === write.base) return clean;
  if (overwritten.text === undefined) return unreadable;
  const restored = restoreOverwritten(write, since, ours, snapshot);
  // It is there already: somebody restored it before us.
  if (restored.text === snapshot.text) return { ...clean, notice: restored.notice };
  return { ...clean, ...restored, overwriting: write };
}

/** Whether a history reaches back to what stood before a write, and before those whose victims it was to restore. */
export function showsAllSince(write: UnverifiedWrite, history: readonly BodyVersion[]): boolean {
  const { restores } = write;
  return (
    reachesBack(write, history) && (restores === undefined || showsAllSince(restores, history))
  );
}

function reachesBack({ newestAtRead, base }: UnverifiedWrite, history: readonly BodyVersion[]) {
  if (newestAtRead !== undefined) return history.some(({ id }) => id === newestAtRead.id);
  // The text had never been edited then: it came into the history as its first version.
  return history.length === 0 || history.at(-1)?.text === base;
}

/**
 * Which version is our write, and whether its text came again within moments: two browsers of one user may write the
 * same one after the other, with somebody's edit between. A person who takes her own change back leaves the same trace,
 * but seldom as fast.
 */
function findOurs(
  { login, written }: UnverifiedWrite,
  since: readonly BodyVersion[],
): { readonly at: number; readonly again: boolean } | 'not-there' | 'of-another' {
  const same = since.flatMap((version, at) => (version.text === written ? [{ version, at }] : []));
  const isOwn = ({ editor }: BodyVersion) => editor.toLowerCase() === login?.toLowerCase();
  const own = login === undefined ? same : same.filter(({ version }) => isOwn(version));
  const oldest = own.at(-1);
  // Somebody else wrote the very same: ours changed nothing, or never arrived.
  if (oldest === undefined) return same.length > 0 ? 'of-another' : 'not-there';
  const from = Date.parse(oldest.version.editedAt);
  const next = own.at(-2);
  const again = next !== undefined && Date.parse(next.version.editedAt) - from <= QUICK_MS;
  return { at: oldest.at, again };
}

// Our version is not in the history: not applied, or the history lags or hides texts.
function verdictWithoutVersion(
  write: UnverifiedWrite,
  since: readonly BodyVersion[],
  snapshot: MasterSnapshot,
): WriteVerdict {
  const applied = snapshot.text === write.written;
  const hidden = since.some((version) => version.text === undefined);
  if (!applied && !hidden && write.restores !== undefined)
    return verifyWrite(write.restores, snapshot);
  // One hidden version may be ours; two, and one is somebody's. So it may be behind those that are shown.
  const isUnclear =
    (hidden && since.length > 1) || (!applied && !reachesBack(write, snapshot.history));
  const notice = isUnclear ? failure('history-unreadable') : undefined;
  return { applied, text: snapshot.text, overwriting: undefined, notice };
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
function restoreOverwritten(
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
  const met = before.conflicts + own.conflicts > 0;
  // Somebody restored it before us: what came after that was made in its knowledge, or is for another browser to restore.
  const isRestored = later.some(({ text }) => holdsChange(plain(write.written), own.text, text));
  if (isRestored) return { text: current, notice: met ? failure('edits-collided') : undefined };
  const after = replayHistory(ourVersion, later, known, { ...account, onto: own.text });
  const all = [...known, ourVersion, ...later];
  const rested = dropSurplus(plain(current), after.text, textsOf(all));
  // What we took away ourselves (an earlier text that was put back) was meant.
  const meant = isWhole(write) ? write.base : '';
  const isUnclear =
    mayHaveLost(all, `${rested}\n${meant}`, older.length + 1) || mayHaveRevived(all, rested);
  const collided = met || after.conflicts > 0 || isUnclear;
  const claim = parseClaim(current);
  return {
    text: edit(write, rested, claim === undefined ? [] : [claimEdit(claim)]),
    notice: collided ? failure('edits-collided') : undefined,
  };
}

function textsOf(versions: readonly Version[]): readonly string[] {
  return versions.map(({ text }) => text);
}

/** Whether a whole text was put back, not a text that was overwritten: that has no edits either. */
function isWhole({ edits, restores }: UnverifiedWrite): boolean {
  return edits.length === 0 && restores === undefined;
}

/** Whether a text has all that is changed between two others. */
function holdsChange(from: string, to: string, text: string): boolean {
  const merged = mergeText(from, to, text);
  return merged.conflicts === 0 && merged.text === text;
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
    if (!('item' in one) || !lost.has(one)) return one;
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
