import type { Timing } from '../settings/settings.ts';
import type { Edit } from '../text/edit.ts';
import type { BodyVersion } from './job-facts.ts';

/** A claim as it was written: a run writes its own anew, with another time, whenever it shows that it is alive. */
export interface ClaimName {
  readonly run: string;
  /** ISO time by the clock of who wrote it. */
  readonly at: string;
}

/** The hidden comment at a master's end by which a run keeps other machines out. */
export interface Claim extends ClaimName {
  readonly by: string;
  readonly replaces?: ReplacedClaim;
}

/**
 * The claim whose place another takes. `over`: nothing had followed it, which counts only when it was silent for long
 * enough. `after`: the browser that writes it knows that its run is over.
 */
export interface ReplacedClaim extends ClaimName {
  readonly how: 'over' | 'after';
}

/** A claim that counts, and when it entered the history by GitHub's clock, in milliseconds since 1970. */
export interface HeldClaim {
  readonly claim: Claim;
  readonly enteredAt: number | undefined;
}

/** A run that wrote a claim, and whose. */
export type ClaimedRun = Pick<Claim, 'run' | 'by'>;

/** How long a claim must be silent before another run may take its place, in milliseconds. */
export type ClaimWaits = Pick<Timing, 'takeOverOwnMs' | 'takeOverOtherMs'>;

/** What a run knows of the claims of others. */
interface ClaimKnowledge {
  readonly id: string;
  /** Runs that this browser knows to be over. */
  readonly endedRuns: readonly string[];
  /** The claim that the user chose to take over. */
  readonly takesOver?: ClaimName | undefined;
}

/** Whose claim counts for a run, which one it may replace, and when that was asked, in milliseconds since 1970. */
export interface ClaimView {
  readonly holder: Claim | undefined;
  readonly replaces?: ReplacedClaim | undefined;
  readonly now: number;
}

/** The master as far as claims are concerned. */
interface Claimed {
  readonly text: string;
  /** Newest first. */
  readonly history: readonly BodyVersion[];
  /** Who opened the issue, where her claims do not count: who else can edit it has rights. */
  readonly doubted?: string | undefined;
}

/** When a run was last seen to be alive, by the local clock, in milliseconds since 1970. */
interface Alive {
  readonly aliveAt?: number | undefined;
  readonly claimedAt?: number | undefined;
  readonly startedAt: number;
}

/** A claim older than this is forgotten: the machine that wrote it is gone. */
const CLAIM_HOURS = 24;

const CLAIM =
  /^<!-- masterlist:claim by=(\S+) at=(\S+)(?: (over|after)=([^\s@]+)@(\S+))? run=(\S+) -->[ \t]*\r?$/gm;

/** The edit that writes the claim, or with undefined removes whatever claim stands there. */
export function claimEdit(claim: Claim | undefined): Edit {
  return { kind: 'comment', name: 'claim', content: claim === undefined ? '' : format(claim) };
}

function format({ by, at, run, replaces }: Claim): string {
  const other = replaces === undefined ? '' : ` ${replaces.how}=${replaces.run}@${replaces.at}`;
  return `by=${by} at=${at}${other} run=${run}`;
}

/** The claim in a text; the last one where there are several. */
export function parseClaim(text: string): Claim | undefined {
  const [, by, at, how, otherRun, otherAt, run] = [...text.matchAll(CLAIM)].at(-1) ?? [];
  if (by === undefined || at === undefined || run === undefined) return undefined;
  if (otherRun === undefined || otherAt === undefined) return { by, at, run };
  const replaces = { run: otherRun, at: otherAt, how: how === 'over' ? how : 'after' } as const;
  return { by, at, run, replaces };
}

/**
 * The claim that counts, the same for every machine that reads the history: of two that raced, the one that entered
 * first; after a takeover, the one that took over. Where the history is not readable, the one in the text. Claims older
 * than a day count for nothing.
 */
export function heldClaim(master: Claimed, now: number, waits: ClaimWaits): HeldClaim | undefined {
  const last = holders(master, now, waits).at(-1);
  return last === undefined || isStale(last.claim, now) ? undefined : last;
}

/** Who held the checklist, version by version, the oldest first; the last is the text as it is now. */
function holders(
  master: Claimed,
  now: number,
  waits: ClaimWaits,
): readonly (HeldClaim | undefined)[] {
  const { text, history } = master;
  const isForged = forgedIn(master);
  const past = [...history].reverse().filter((version) => version.text !== undefined);
  const held: (HeldClaim | undefined)[] = [];
  for (const version of past) {
    const seen = parseClaim(version.text ?? '');
    const last = held.at(-1);
    const at = Date.parse(version.editedAt);
    held.push(seen && isForged(seen) ? last : nextHeld(last, seen, at, waits));
  }
  const present = parseClaim(text);
  if (isShown(text, past.at(-1)) || (present && isForged(present))) return held;
  return [...held, withText(held.at(-1), text, now, waits)];
}

/** Which claims were written by the one whose claims do not count, as far as the history shows. */
function forgedIn({ text, history, doubted }: Claimed): (claim: Claim) => boolean {
  if (doubted === undefined) return () => false;
  const isDoubted = (login: string) => login.toLowerCase() === doubted.toLowerCase();
  const known = new Set<string>();
  const forged = new Set<string>();
  // A text that was never edited is as its author wrote it; a run always edits.
  const first = { editor: doubted, text };
  for (const { editor, text: then } of history.length === 0 ? [first] : [...history].reverse()) {
    const claim = parseClaim(then ?? '');
    if (claim === undefined || known.has(nameOf(claim))) continue;
    known.add(nameOf(claim));
    if (isDoubted(editor)) forged.add(nameOf(claim));
  }
  return (claim) => isDoubted(claim.by) || forged.has(nameOf(claim));
}

function nameOf({ run, at }: ClaimName): string {
  return `${run}@${at}`;
}

/**
 * Whose claim counts for a run, and which one it may replace: that of a run that this browser knows to be over, the one
 * that the user chose to take over, or one that is too old. Who took the run's own place holds it, also when that one has ended.
 */
export function claimView(
  master: Claimed,
  known: ClaimKnowledge,
  now: number,
  waits: ClaimWaits,
): ClaimView {
  const holder = heldClaim(master, now, waits)?.claim ?? takerOf(master, known.id, now, waits);
  if (holder === undefined) {
    const old = parseClaim(master.text);
    const replaces = old && old.run !== known.id ? replaced(old, 'after') : undefined;
    return { holder, now, replaces };
  }
  const how = holder.run === known.id ? undefined : wayToReplace(holder, known);
  if (how === undefined) return { holder, now, replaces: undefined };
  return { holder: undefined, now, replaces: replaced(holder, how) };
}

// A run that was taken over stays so when the other one has ended and its claim is gone.
function takerOf(master: Claimed, run: string, now: number, waits: ClaimWaits): Claim | undefined {
  const held = holders(master, now, waits).map((one) => one?.claim);
  const next = held[held.findLastIndex((claim) => claim?.run === run) + 1];
  const { how, run: other } = next?.replaces ?? {};
  return how === 'over' && other === run ? next : undefined;
}

function replaced({ run, at }: ClaimName, how: ReplacedClaim['how']): ReplacedClaim {
  return { run, at, how };
}

function wayToReplace(
  holder: Claim,
  { endedRuns, takesOver }: ClaimKnowledge,
): ReplacedClaim['how'] | undefined {
  if (endedRuns.includes(holder.run)) return 'after';
  return takesOver !== undefined && isSame(holder, takesOver) ? 'over' : undefined;
}

/** The runs whose place a run took, as far as the history shows: what they made is looked up before it creates anything. */
export function runsReplacedBy(master: Claimed, run: string): readonly ClaimedRun[] {
  const { text, history } = master;
  const isForged = forgedIn(master);
  const texts = [text, ...history.flatMap((version) => version.text ?? [])];
  const free = texts.findIndex((one) => parseClaim(one) === undefined);
  // What was claimed before the text was free is over.
  const claims = texts
    .slice(0, free === -1 ? undefined : free)
    .flatMap((one) => parseClaim(one) ?? [])
    .filter((claim) => !isForged(claim));
  const replaces = claims.some((claim) => claim.run === run && claim.replaces !== undefined);
  if (!replaces) return [];
  const others = new Map(claims.map((claim) => [claim.run, { run: claim.run, by: claim.by }]));
  others.delete(run);
  return [...others.values()];
}

/** GitHub's time at which a run's claim first entered the history, in milliseconds since 1970. */
export function claimEnteredAt(history: readonly BodyVersion[], run: string): number | undefined {
  const entered = history.findLast((version) => parseClaim(version.text ?? '')?.run === run);
  return entered === undefined ? undefined : Date.parse(entered.editedAt);
}

/** After how long a silence somebody may take a claim over, in milliseconds. */
export function silenceToTakeOver(by: string, claim: Pick<Claim, 'by'>, waits: ClaimWaits): number {
  const isOwn = by.toLowerCase() === claim.by.toLowerCase();
  return isOwn ? waits.takeOverOwnMs : waits.takeOverOtherMs;
}

/**
 * Whether a generation has shown nobody for some time that it is alive (by an issue, or its claim): another machine may
 * be about to take over, so it must write its claim again, and see it stand, before it creates anything.
 */
export function isSilent(
  { aliveAt, claimedAt, startedAt }: Alive,
  now: number,
  { claimSilentMs }: Pick<Timing, 'claimSilentMs'>,
): boolean {
  const age = now - (aliveAt ?? claimedAt ?? startedAt);
  // Negative: the clock was set back, and nobody knows by how much.
  return !(age >= 0 && age <= claimSilentMs);
}

function nextHeld(
  held: HeldClaim | undefined,
  seen: Claim | undefined,
  at: number,
  waits: ClaimWaits,
): HeldClaim | undefined {
  if (seen === undefined) return undefined;
  const entered = { claim: seen, enteredAt: at };
  if (held === undefined || isStale(held.claim, at)) return entered;
  if (isSame(held.claim, seen)) return held;
  return held.claim.run === seen.run || takesPlace(seen, held, at, waits) ? entered : held;
}

function takesPlace(seen: Claim, { claim, enteredAt }: HeldClaim, at: number, waits: ClaimWaits) {
  const { replaces } = seen;
  if (replaces === undefined || !isSame(claim, replaces)) return false;
  // By GitHub's clock: that of who takes over may be wrong.
  const silence = enteredAt === undefined ? Number.POSITIVE_INFINITY : at - enteredAt;
  return replaces.how === 'after' || silence >= silenceToTakeOver(seen.by, claim, waits);
}

function isShown(text: string, newest: BodyVersion | undefined): boolean {
  if (newest === undefined) return false;
  const [now, then] = [parseClaim(text), parseClaim(newest.text ?? '')];
  return now === undefined || then === undefined ? now === then : isSame(now, then);
}

// A claim that no version shows has no time of GitHub's.
function withText(
  held: HeldClaim | undefined,
  text: string,
  now: number,
  waits: ClaimWaits,
): HeldClaim | undefined {
  const next = nextHeld(held, parseClaim(text), now, waits);
  return next === held || next === undefined ? next : { ...next, enteredAt: undefined };
}

function isSame(one: ClaimName, other: ClaimName): boolean {
  return one.run === other.run && one.at === other.at;
}

function isStale(claim: Claim, now: number): boolean {
  const age = now - Date.parse(claim.at);
  // From far in the future it is forged, or of a broken clock: it must not lock everybody out for good.
  return !(Math.abs(age) < CLAIM_HOURS * 3_600_000);
}
