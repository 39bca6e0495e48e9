import type { Bareness, ReferenceRole } from './checklist.ts';
import type { FoundReference } from './find-references.ts';
import {
  behindLead,
  findLead,
  isTelling,
  type LeadRole,
  leadRole,
  normalizeLead,
  workWith,
} from './lead-words.ts';

/** Starts a reference that may be a link, and one that can only be a mention; CONTINUED fills up their lengths. */
const LINKABLE = '\ue000';
const ASIDE = '\ue001';
const CONTINUED = '\ue004';

/** What a reference is for its item. */
export interface Verdict {
  readonly role: ReferenceRole;
  readonly lead?: string;
  /** Of a link: nothing but its place says that it is the item's own. */
  readonly bare?: Bareness;
}

/** Verdicts on references, in their order, and the ranges that a title does without. */
export interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly removed: readonly { readonly at: number; readonly length: number }[];
}

/** The characters that stand for a reference in a text given to `judge`. */
export function referenceMask(found: FoundReference): string {
  return (found.aside ? ASIDE : LINKABLE) + CONTINUED.repeat(Math.max(0, found.length - 1));
}

/** References that stand together: alone with their lead in one bracket, or in a row without one. */
interface Unit {
  readonly start: number;
  /** Where its first reference stands. */
  readonly first: number;
  readonly end: number;
  readonly bracket: boolean;
  readonly lead: string | undefined;
  /** What the lead says; `mention` also for words that the table does not know. */
  readonly says: LeadRole | undefined;
}

/**
 * Judges the references of an item by where they stand, on its visible text with references masked by
 * `referenceMask` and the placeholder by blanks: first or last, or in a bracket with a closing word, they are links;
 * in a bracket behind the link, pull requests; all else is a mention. `alreadyLinked` when the text itself is a link.
 */
export function judge(
  masked: string,
  found: readonly FoundReference[],
  alreadyLinked: boolean,
): Judgement {
  const units = findUnits(masked, found);
  const roles = assignRoles(masked, units, alreadyLinked);
  const verdicts: Verdict[] = [];
  const bareness = units.map((unit, at) => barenessOf(masked, unit, at === 0));
  let index = 0;
  for (const one of found) {
    while (index < units.length && (units[index]?.end ?? 0) <= one.at) index++;
    const unit = units[index];
    const inside = unit !== undefined && one.at >= unit.start;
    const role = inside && !one.aside ? (roles[index] ?? 'mention') : 'mention';
    const lead = inside ? unit.lead : undefined;
    const bare = role === 'link' && inside && !one.address ? bareness[index] : undefined;
    verdicts.push({ role, ...(lead !== undefined && { lead }), ...(bare && { bare }) });
  }
  const quoted = new Set(found.filter((one) => one.quoted).map((one) => one.at));
  const removed = units.filter((unit) => !quoted.has(unit.first)).map(range);
  return { verdicts, removed };
}

/** Every reference belongs to one unit; units come in the order of the text. */
function findUnits(masked: string, found: readonly FoundReference[]): Unit[] {
  const units: Unit[] = [];
  for (const one of found) {
    const { at } = one;
    const last = units.at(-1);
    if (last !== undefined && at < last.end) continue;
    const floor = last?.end ?? 0;
    units.push(bracketUnit(masked, at, floor) ?? bareUnit(masked, one, floor));
  }
  return units;
}

/** How far a bracket's words may reach before its first reference. */
const LONGEST_WORDS = 60;

/** A bracket that holds references and perhaps a lead, and nothing else. */
function bracketUnit(masked: string, at: number, floor: number): Unit | undefined {
  const from = Math.max(floor, at - LONGEST_WORDS);
  const before = masked.slice(from, at);
  const open = Math.max(before.lastIndexOf('('), before.lastIndexOf('['));
  if (open === -1) return undefined;
  const words = before.slice(open + 1);
  if (/[)\]]/.test(words)) return undefined;
  const lead = normalizeLead(words);
  const end = runEnd(masked, at, leadRole(lead));
  const closed = skip(masked, end, BLANK);
  if (masked.charAt(closed) !== (before.charAt(open) === '(' ? ')' : ']')) return undefined;
  const start = from + open;
  if (lead === '')
    return { start, first: at, end: closed + 1, bracket: true, lead: undefined, says: undefined };
  if (lead.split(' ').length > 4) return undefined;
  const says = leadRole(lead) ?? 'mention';
  return { start, first: at, end: closed + 1, bracket: true, lead, says };
}

/** References in a row, with the lead word before them. */
function bareUnit(masked: string, { at, reference }: FoundReference, floor: number): Unit {
  const from = Math.max(floor, at - LONGEST_WORDS);
  const before = masked.slice(from, at);
  const lead = findLead(before);
  const end = runEnd(masked, at, lead?.repeats);
  const bare = { first: at, end, bracket: false };
  if (lead !== undefined)
    return { ...bare, start: from + lead.start, lead: lead.lead, says: lead.role };
  // `Review` and the address of a pull request: as with `PR` before it.
  const isWork = reference.urlKind === 'pull' && workWith(before) !== undefined;
  return { ...bare, start: at, lead: undefined, says: isWork ? 'mention' : undefined };
}

const BLANK = /[\s]/;
const BETWEEN = /[\s,;&+/]/;

/** Where a row of references ends that starts at an index: `#1, #2 and #3`, or with its lead repeated. */
function runEnd(masked: string, at: number, says: LeadRole | undefined): number {
  let end = at;
  for (;;) {
    end = skip(masked, end + 1, /\ue004/);
    let next = skip(masked, end, BETWEEN);
    if (masked.startsWith('and', next)) next = skip(masked, next + 3, BETWEEN);
    if (says !== undefined && next > end) next = behindLead(masked, next, says);
    if (!isReference(masked.charAt(next))) return end;
    end = next;
  }
}

function isReference(character: string): boolean {
  return character === LINKABLE || character === ASIDE;
}

function skip(text: string, from: number, what: RegExp): number {
  let index = from;
  while (index < text.length && what.test(text.charAt(index))) index++;
  return index;
}

function assignRoles(
  masked: string,
  units: readonly Unit[],
  alreadyLinked: boolean,
): ReferenceRole[] {
  const tail = tailStart(masked, units);
  const listed = listStart(masked, units, tail);
  let linked = alreadyLinked;
  const holdsLink = ({ start, end }: Unit) => masked.slice(start, end).includes(LINKABLE);
  const isNumbered = units
    .slice(tail)
    .some((unit) => (unit.says ?? 'link') === 'link' && holdsLink(unit));
  return units.map((unit, index) => {
    // `A (#1) and B (#2)`: each is the item's own.
    if (index >= listed && index <= tail) {
      linked = true;
      return 'link';
    }
    const role = roleOf(unit, index >= tail, index === 0 && isHead(masked, unit), linked);
    // `(PR #26) (#12)`: the pull request stands before its issue.
    if (unit.says === 'pull' && role === 'link' && isNumbered) return 'after-link';
    linked ||= role === 'link' && holdsLink(unit);
    return role;
  });
}

/** Index of the first of the plain brackets in a row before the tail, each with a word for more behind it. */
function listStart(masked: string, units: readonly Unit[], tail: number): number {
  const isPlain = (unit: Unit | undefined) => unit?.bracket === true && unit.says === undefined;
  if (!isPlain(units[tail])) return units.length;
  let start = tail;
  for (; start > 0; start--) {
    const unit = units[start - 1];
    if (!isPlain(unit) || !MORE.test(masked.slice(unit?.end, (unit?.end ?? 0) + 6))) break;
  }
  return start === tail ? units.length : start;
}

const MORE = /^\s*(?:[,;&+/、，；]|(?:and|or)\s)/i;

function roleOf(unit: Unit, tail: boolean, head: boolean, linked: boolean): ReferenceRole {
  // `(closes #12)` says what it is wherever it stands; people write remarks behind it.
  if (unit.says === 'link' && (unit.bracket || tail || head)) return 'link';
  // `(PR #26)` alone is what the item follows; behind its issue it is one of its pull requests.
  if (unit.says === 'pull' && tail) return linked ? 'after-link' : 'link';
  if (unit.says !== undefined) return 'mention';
  if (head) return 'link';
  if (!tail) return 'mention';
  if (!linked) return 'link';
  return unit.bracket ? 'after-link' : 'link';
}

/** Index of the first of the units behind which no more text follows; the number of units when there is none. */
function tailStart(masked: string, units: readonly Unit[]): number {
  let end = masked.length;
  for (let index = units.length - 1; index >= 0; index--) {
    const unit = units[index];
    if (unit === undefined || !endsAt(masked.slice(unit.end, end), unit)) return index + 1;
    end = unit.start;
  }
  return 0;
}

/** Whether what stands behind a unit says nothing more: any marks and names behind one that proves itself, else the end of a sentence. */
function endsAt(behind: string, unit: Unit): boolean {
  const isPlain = !unit.bracket && unit.says === undefined;
  return (isPlain ? SENTENCE_END : MARKS).test(isPlain ? behind : behind.replace(NAMES, ' '));
}

const SENTENCE_END = /^\s*[.!;,。．！；，]?\s*$/;
const MARKS = /^[\s\p{P}\p{S}\p{M}\p{Cf}]*$/u;
const NAMES = /(?:\b(?:cc|by):?\s+)?(?<![\w/@.-])@[A-Za-z\d][\w-]{0,38}(?:\/[\w.-]{1,100})?/g;

/** Whether a unit stands first, and is set off from what follows. */
function isHead(masked: string, unit: Unit): boolean {
  if (masked.slice(0, unit.start).trim() !== '') return false;
  if (unit.end < masked.length && !/[\s:,.;|–—-]/.test(masked.charAt(unit.end))) return false;
  return unit.bracket || unit.says !== undefined || !goesOn(behindHead(masked, unit));
}

function behindHead(masked: string, unit: Unit): string {
  return masked.slice(unit.end, unit.end + LONGEST_WORDS);
}

/** `#12 blocks this`: a sentence about the reference. `#12 fix this` is the item's issue with its title. */
function goesOn(behind: string): boolean {
  return ABOUT.has(NEXT_WORD.exec(behind)?.[1] ?? '');
}

const NEXT_WORD = /^\s+([a-z]+)(?![\w-])/;
const ABOUT = new Set(
  (
    'is are was were has had have does did will would shall should must can cannot could may might needs requires ' +
    'blocks blocked breaks broke depends causes caused makes says shows seems looks works fails fixes fixed closes ' +
    'closed resolves adds added covers introduces introduced contains describes mentions implements replaces ' +
    'supersedes follows landed merged got gets and or but for in on to of by with from as at than before after ' +
    'because if when once until which that vs'
  ).split(' '),
);

/** `Deploy, blocked by (#12)`, `Cherry-pick (PR #5)`: words before a bracket that say of a number without one that it is a mention. */
function isLedTo(masked: string, { says, start }: Unit): boolean {
  const before = masked.slice(Math.max(0, start - LONGEST_WORDS), start);
  if (says === 'pull') return workWith(before) !== undefined;
  if (says !== undefined) return false;
  const lead = findLead(before.trimEnd());
  return lead?.role === 'mention' && isTelling(lead.lead);
}

/** `Write notes for fix #9`: a closing word that is also a noun or an order, within a sentence, may belong to its words. */
function isSpoken(masked: string, { lead, start }: Unit): boolean {
  if (lead === undefined || !NOUNS.has(lead)) return false;
  return /[^\s\p{P}\p{S}]\s+$/u.test(masked.slice(Math.max(0, start - 8), start));
}

const NOUNS: ReadonlySet<string> = new Set([
  ...['fix', 'fixed', 'close', 'closed', 'resolve', 'resolved', 'issue'],
  ...['tracking issue', 'tracked in', 'tracked by', 'tracked at', 'tracked as'],
]);

/** Which links only their place makes the item's own: a number at the end, or first where the words may be about it. */
function barenessOf(masked: string, unit: Unit, first: boolean): Bareness | undefined {
  if (unit.bracket) return isLedTo(masked, unit) ? 'plain' : undefined;
  if (isSpoken(masked, unit)) return 'plain';
  if (unit.says !== undefined) return undefined;
  if (first && isHead(masked, unit)) {
    return /^\s+[a-z]{2,20}s\s/.test(behindHead(masked, unit)) ? 'plain' : undefined;
  }
  return SET_OFF.test(masked.slice(Math.max(0, unit.start - 8), unit.start)) ? 'set-off' : 'plain';
}

/** A dash or an arrow between blanks, or a table's bar. A colon is none. */
const SET_OFF = /\s(?:[-–—]{1,3}|[-=]>|→|⇒|\|)\s+$/;

function range({ start, end }: Unit): { at: number; length: number } {
  return { at: start, length: end - start };
}
