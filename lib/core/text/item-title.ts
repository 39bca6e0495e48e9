import type { HiddenTag, Range } from './inline.ts';
import { LEAD_WORDS, leadRole } from './lead-words.ts';
import { blot } from './masks.ts';
import { typedTags } from './typed-tags.ts';

/** What an item is called: its words as they were typed. What identifies it is its `subject`, which says less. */
export interface ItemTitle {
  /** '' for an item without a word. */
  readonly title: string;
  /** With the people and references that stand at the ends or in brackets of their own: tells items with one title apart. */
  readonly fullTitle: string;
}

/** References that stand together, with their lead word and brackets. */
export interface TitleReference extends Range {
  /** Whether they are the item's own, or `bare`: may be so by their place alone. */
  readonly own: boolean | 'bare';
  readonly lead: string | undefined;
}

/** What a title is made of. */
export interface TitleParts {
  /** The visible text. */
  readonly text: string;
  readonly tags: readonly HiddenTag[];
  /** The visible text with references, code and addresses masked. */
  readonly masked: string;
  readonly references: readonly TitleReference[];
  /** Placeholders and struck words. */
  readonly gone: readonly Range[];
  /** Names behind an `@`, without a `cc` in front. */
  readonly mentions: readonly (Range & { readonly login: string })[];
}

/**
 * The title of an item. Left out are its own references, placeholder and struck words; and people and references at the
 * ends in a form of their own (`closes #1`, ` - @ada`), or alone in brackets (`(see #12)`). Names lose their `@`,
 * scopes of packages keep it.
 */
export function readTitle(parts: TitleParts): ItemTitle {
  const { text, masked, references, gone, mentions } = withinReach(parts);
  const typed = typedTags(parts.tags);
  const named = blot(masked, mentions.filter(isPerson), ({ length }) => PERSON.repeat(length));
  const bracketed = references.filter(
    (one) => one.own === true && /[([]/.test(masked.charAt(one.at)),
  );
  const cut = [...bracketed, ...gone].sort((a, b) => a.at - b.at);
  const full = withoutOwnHead(
    withoutTail(blot(named, cut, goneMask), references, isOwnForm),
    references[0],
  );
  const bare = withoutPeopleInFront(withoutTail(withoutBrackets(full), references, isForm));
  const fullTitle = wordsOf(compose(text, full, typed));
  return { title: wordsOf(compose(text, bare, typed)) || fullTitle, fullTitle };
}

/** More of a text is not looked at, and more of it never gets into a title. */
const MOST_READ = 2_000;
const MOST_KEPT = 1_000;

function withinReach(parts: TitleParts): TitleParts {
  if (parts.text.length <= MOST_READ) return parts;
  const within = ({ at, length }: Range) => at + length <= MOST_READ;
  return {
    ...parts,
    text: parts.text.slice(0, MOST_READ),
    masked: parts.masked.slice(0, MOST_READ),
    references: parts.references.filter(within),
    gone: parts.gone.filter(within),
    mentions: parts.mentions.filter(within),
  };
}

/** The words of a text that holds nothing to be taken out; '' where there is none. */
export function wordsOf(text: string): string {
  const words = text.slice(0, MOST_KEPT).replace(LOOSE_START, '').replace(LOOSE_END, '');
  return WORD.test(words) ? words : '';
}

const LOOSE_START = /^(?:[-–—:;,|：；，、]+ )+/;
const LOOSE_END = /(?:[\s\-–—:;,|：；，、→⇒]|(?<=\s)[-=]>)+$/;
/** Punctuation, and signs that are used as such, make no word; pictures do. */
const WORD = /[^\s\p{P}\p{Z}\p{C}\p{M}+=<>|~^`$\ufffd]/u;

/** Masks, of the length of what they stand for; `masked` has one for references that may be own, and one for others. */
const GONE = '\ue003';
const PERSON = '\ue005';
const REFERENCE_MASKS = '\ue000\ue001\ue004';
const CODE_MASK = '\ue002';

function goneMask({ length }: Range): string {
  return GONE.repeat(length);
}

/** `@types/node` is a package (or a team), `@media` a rule of CSS: both are words of the title. */
function isPerson({ login }: { readonly login: string }): boolean {
  return !login.includes('/') && !AT_WORDS.has(login.toLowerCase());
}

/** Words with an `@` that are no people: rules of CSS (MDN, "At-rules"), tags of documentation, tags of packages. */
const AT_WORDS: ReadonlySet<string> = new Set(
  (
    'charset container counter-style font-face font-feature-values font-palette-values import keyframes layer media ' +
    'namespace page property scope starting-style supports view-transition apply tailwind theme use include mixin extend ' +
    'param params return returns throws deprecated internal override since example link type typedef template ' +
    'latest next beta alpha canary nightly ts-ignore ts-expect-error ts-nocheck noqa'
  ).split(' '),
);

/** Brackets are nested no deeper in what people write; each round takes one level. */
const MOST_ROUNDS = 3;
const BRACKET = /[([（【][^()[\]（）【】]*[)\]）】]/g;

/** Takes away brackets that hold people, references and words that lead them, and nothing else. */
function withoutBrackets(masked: string): string {
  let now = masked;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = now;
    now = before.replace(BRACKET, (found) =>
      isFormAlone(found) ? GONE.repeat(found.length) : found,
    );
    if (now === before) break;
  }
  return now;
}

function isFormAlone(bracket: string): boolean {
  if (bracket.includes(CODE_MASK)) return false;
  const inner = bracket.slice(1, -1).replace(COMMIT, GONE);
  if (!TOKENS.test(inner)) return false;
  return inner
    .replace(ALL_TOKENS, ' ')
    .split(/[\s,;:.&+/，、；]+/)
    .every((word) => word === '' || FORM_WORDS.has(word.toLowerCase()) || /^[-–—]+$/.test(word));
}

const COMMIT = /(?<![\w@/.-])(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{7,40}(?![\w@/.-])/g;
const TOKENS = new RegExp(`[${REFERENCE_MASKS}${GONE}${PERSON}]`);
const ALL_TOKENS = new RegExp(TOKENS, 'g');

const FORM_WORDS: ReadonlySet<string> = new Set([
  ...[...LEAD_WORDS.link, ...LEAD_WORDS.pull, ...LEAD_WORDS.mention].flatMap((lead) =>
    lead.split(' '),
  ),
  ...['cc', 'commit', 'commits', 'issues'],
]);

/** So many words make a text that can do without the name or number behind it. */
const ENOUGH_WORDS = 3;

/** Where something starts that ends at an index and that a title can do without; nothing when it belongs to the sentence. */
type FormFinder = (
  masked: string,
  end: number,
  one: TitleReference | undefined,
) => number | undefined;

/** Takes away what stands at the end, one after the other. */
function withoutTail(
  masked: string,
  references: readonly TitleReference[],
  formStart: FormFinder,
): string {
  let now = masked;
  let left = references.length;
  for (let end = looseStart(now, now.length); end > 0; end = looseStart(now, end)) {
    while (left > 0 && isBehind(references[left - 1], end)) left--;
    const last = references[left - 1];
    const start = formStart(now, end, last && last.at + last.length === end ? last : undefined);
    if (start === undefined) return now;
    const next = goneFrom(now, end);
    now = now.slice(0, start) + GONE.repeat(next - start) + now.slice(next);
    end = start;
  }
  return now;
}

function isBehind(one: Range | undefined, end: number): boolean {
  return one !== undefined && one.at + one.length > end;
}

/** Where separators, and what is gone already, start that reach to an index. */
function looseStart(masked: string, end: number): number {
  let at = end;
  for (;;) {
    while (at > 0 && LOOSE.test(masked.charAt(at - 1))) at--;
    const joined = /[\s,](?:and|or)$/i.exec(masked.slice(Math.max(0, at - 4), at));
    if (joined === null || at === end) return at;
    at -= joined[0].length;
  }
}

const LOOSE = new RegExp(`[\\s${GONE},;:.!|&+/–—→⇒\\-，、；。]`);

/** What joins a form to the one behind it goes with it. */
function goneFrom(masked: string, end: number): number {
  const next = masked.indexOf(GONE, end);
  return next !== -1 && looseStart(masked, next) <= end ? next : end;
}

/** The item's own references, and others that say that they are: `closes #1, closes #2`. */
const isOwnForm: FormFinder = (_masked, _end, one) => {
  if (one === undefined || one.own === 'bare') return undefined;
  const says = one.lead === undefined ? undefined : leadRole(one.lead);
  return one.own || says === 'link' || says === 'pull' ? one.at : undefined;
};

/** Those, people, and numbers without a word of their own. */
const isForm: FormFinder = (masked, end, one) => {
  if (masked.charAt(end - 1) === PERSON) return peopleStart(masked, end);
  const own = isOwnForm(masked, end, one);
  if (own !== undefined || one === undefined) return own;
  if (one.own === 'bare' && one.lead === undefined) return one.at;
  return one.lead === undefined && canEnd(masked.slice(0, one.at)) ? one.at : undefined;
};

/** Where the names start that end at an index and can be left out; nothing when they are a part of the sentence. */
function peopleStart(masked: string, end: number): number | undefined {
  let start = end;
  for (let at = end; masked.charAt(at - 1) === PERSON; at = looseStart(masked, start)) {
    start = at;
    while (masked.charAt(start - 1) === PERSON) start--;
  }
  const copied = /(?<![\w])cc:?\s*$/i.exec(masked.slice(Math.max(0, start - 8), start));
  if (copied !== null) return start - copied[0].length;
  const before = masked.slice(0, start);
  const isSetOff = /[\p{L}\p{N}].*(?:[,;|.!?…→–—]|\s-)\s*$/su.test(before.slice(-SEEN));
  return isSetOff || canEnd(before) ? start : undefined;
}

/** So much of a text is looked at in front of a name. */
const SEEN = 200;

/** Whether a text says enough without what follows it, and does not ask for it: `Ask @ada`, `Owner: @ada`, `after #5`. */
function canEnd(before: string): boolean {
  const words = before.slice(-SEEN).match(/[\p{L}\p{N}][^\s]*/gu) ?? [];
  if (words.length < ENOUGH_WORDS || /[:：]\s*$/.test(before)) return false;
  return !ASKING.has((words.at(-1) ?? '').toLowerCase());
}

const ASKING: ReadonlySet<string> = new Set([
  ...LEAD_WORDS.mention,
  ...['ask', 'ping', 'notify', 'contact', 'tell', 'thank', 'invite', 'remind', 'add', 'remove'],
  ...['email', 'message', 'assign', 'credit', 'mention', 'the', 'a', 'an', 'is', 'are', 'let'],
]);

/** Takes away the item's own references where they stand first. */
function withoutOwnHead(masked: string, first: TitleReference | undefined): string {
  if (first?.own !== true || !OPENED.test(masked.slice(0, first.at))) return masked;
  const end = first.at + first.length;
  return masked.slice(0, first.at) + GONE.repeat(first.length) + masked.slice(end);
}

const OPENED = new RegExp(`^[\\s${GONE}]*$`);

/** Takes away people in front of a colon or a dash. */
function withoutPeopleInFront(masked: string): string {
  const found = HEAD.exec(masked.slice(0, SEEN));
  return found === null ? masked : GONE.repeat(found[0].length) + masked.slice(found[0].length);
}

const HEAD = new RegExp(
  `^[\\s${GONE}]*${PERSON}[\\s,&+/${GONE}${PERSON}]*(?=[:：]\\s*\\S|[-–—|]\\s+\\S)`,
);

/** The text with one mark for each stretch that is gone, with the tags that were typed, and without the `@` of people. */
function compose(text: string, masked: string, tags: readonly HiddenTag[]): string {
  const parts: string[] = [];
  let tag = 0;
  const add = (from: number, to: number) => {
    let at = from;
    for (; tag < tags.length && (tags[tag]?.at ?? 0) <= to; tag++) {
      const { at: place, source } = tags[tag] ?? { at: to, source: '' };
      if (place < from) continue;
      parts.push(shown(at, place), clean(source));
      at = place;
    }
    parts.push(shown(at, to));
  };
  const shown = (from: number, to: number) => {
    const name = masked.slice(from, to).includes(PERSON);
    const whole = clean(text.slice(from, to));
    return name
      ? whole.replace(/@/g, (sign, at: number) => (masked.charAt(from + at) === PERSON ? '' : sign))
      : whole;
  };
  let from = 0;
  for (const { index, 0: found } of masked.matchAll(GONE_RUN)) {
    add(from, index);
    parts.push(GONE);
    from = index + found.length;
  }
  add(from, text.length);
  return tidy(parts.join('').replace(/\s+/g, ' ').trim());
}

const GONE_RUN = new RegExp(`${GONE}+`, 'g');

/** Our marks are of no use to others. */
function clean(text: string): string {
  return text.replace(/[\ue000-\ue00f]/g, '\ufffd');
}

/** Closes the gaps: of the separators around one, the first is left where words stand on both sides. */
function tidy(marked: string): string {
  let out = '';
  let from = 0;
  for (let gap = marked.indexOf(GONE); gap !== -1; gap = marked.indexOf(GONE, from)) {
    out += marked.slice(from, gap);
    const kept = out.slice(0, keptEnd(out));
    from = gapEnd(marked, gap);
    const loose = (out.slice(kept.length) + marked.slice(gap, from)).replace(GONE_RUN, ' ').trim();
    out = kept + jointOf(kept, marked.charAt(from), loose.charAt(0));
  }
  return (out + marked.slice(from)).trim();
}

/** Where the separators in front of a gap start. */
function keptEnd(text: string): number {
  let end = text.length;
  for (;;) {
    const last = text.charAt(end - 1);
    const apart = end < 2 || text.charAt(end - 2) === ' ';
    if (last === ' ' || /[:;,|：；，、]/.test(last) || (apart && /[-–—&+/.]/.test(last))) end--;
    else return end;
  }
}

/** Where a gap ends, with the blanks and separators behind it. */
function gapEnd(marked: string, gap: number): number {
  let end = gap + 1;
  for (;;) {
    const next = marked.charAt(end);
    if (next === GONE || /[\s:;,|：；，、]/.test(next)) end++;
    else if (/[-–—&+/.。．｡]/.test(next) && /^[\s\ue003]?$/.test(marked.charAt(end + 1))) end++;
    else return end;
  }
}

function jointOf(before: string, next: string, separator: string): string {
  if (before === '' || next === '') return '';
  if (/[([（【]$/.test(before) || /[)\]）】.!?。．｡！？]/.test(next)) return '';
  if (separator === '' || separator === '.') return ' ';
  return /[:;,：；，、]/.test(separator) ? `${separator} ` : ` ${separator} `;
}
