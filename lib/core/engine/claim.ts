import type { Edit } from '../text/edit.ts';
import type { BodyVersion } from './job-facts.ts';

/** The hidden comment at a master's end by which a run keeps other machines out. */
export interface Claim {
  readonly run: string;
  readonly by: string;
  /** ISO time by the clock of who wrote it. */
  readonly at: string;
}

/** A claim older than this is forgotten: the machine that wrote it is gone. */
const CLAIM_HOURS = 24;

const CLAIM = /^<!-- masterlist:claim by=(\S+) at=(\S+) run=(\S+) -->[ \t]*\r?$/gm;

/** The edit that writes the claim, or with undefined removes whatever claim stands there. */
export function claimEdit(claim: Claim | undefined): Edit {
  const content = claim === undefined ? '' : `by=${claim.by} at=${claim.at} run=${claim.run}`;
  return { kind: 'comment', name: 'claim', content };
}

/** The claim in a text; the last one where there are several. */
export function parseClaim(text: string): Claim | undefined {
  const [, by, at, run] = [...text.matchAll(CLAIM)].at(-1) ?? [];
  return by === undefined || at === undefined || run === undefined ? undefined : { by, at, run };
}

/**
 * The run that may work on a checklist: of two that raced, the one whose claim entered the edit history first, so that
 * both see the same winner. Where the history is not readable, the one that stands in the text.
 * Claims of `ended` runs and claims older than a day count for nothing.
 */
export function claimHolder(
  master: { readonly text: string; readonly history: readonly BodyVersion[] },
  ended: readonly string[],
  now: number,
): Claim | undefined {
  const past = [...master.history].reverse().filter((version) => version.text !== undefined);
  let holder: Claim | undefined;
  for (const { text, editedAt } of past) {
    holder = nextHolder(holder, parseClaim(text ?? ''), ended, Date.parse(editedAt));
  }
  holder = nextHolder(holder, parseClaim(master.text), ended, now);
  return holder === undefined || isStale(holder, now) ? undefined : holder;
}

/** GitHub's time at which a run's claim entered the history, in milliseconds since 1970. */
export function claimEnteredAt(history: readonly BodyVersion[], run: string): number | undefined {
  const entered = history.findLast((version) => parseClaim(version.text ?? '')?.run === run);
  return entered === undefined ? undefined : Date.parse(entered.editedAt);
}

function nextHolder(
  holder: Claim | undefined,
  seen: Claim | undefined,
  ended: readonly string[],
  at: number,
): Claim | undefined {
  if (seen === undefined || ended.includes(seen.run)) return undefined;
  const free = holder === undefined || holder.run === seen.run || isStale(holder, at);
  return free ? seen : holder;
}

function isStale(claim: Claim, now: number): boolean {
  const age = now - Date.parse(claim.at);
  // From far in the future it is forged, or of a broken clock: it must not lock everybody out for good.
  return !(Math.abs(age) < CLAIM_HOURS * 3_600_000);
}
