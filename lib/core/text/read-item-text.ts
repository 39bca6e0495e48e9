import type { Reference } from './checklist.ts';
import { type FoundReference, findReferences, withAddresses } from './find-references.ts';
import type { Inline, Range } from './inline.ts';
import { readTitle, type TitleReference, wordsOf } from './item-title.ts';
import { blot, CODE, maskCode } from './masks.ts';
import { type Judgement, judge, referenceMask, type Verdict } from './suffix-grammar.ts';

/** What the first paragraph of an item says. */
export interface ItemText {
  /** Rendered text, whitespace folded. */
  readonly text: string;
  /** The same without references, placeholder and mentions: what identifies the item. */
  readonly subject: string;
  /** What the item is called; '' when it has no word. */
  readonly title: string;
  /** The same with the people and references that the title does without. */
  readonly fullTitle: string;
  readonly references: readonly Reference[];
  readonly mentions: readonly string[];
  /** Commit ids, as they are written. */
  readonly commits: readonly string[];
  readonly struck: boolean;
  readonly placeholder: { readonly start: number; readonly end: number } | undefined;
}

/** Stands for what was taken out of the text. */
const REMOVED = '\ue003';

/** Reads inline text as an item's: its references and their roles, mentions, placeholder, and what is left as its subject. */
export function readItemText(inline: Inline, placeholder: string): ItemText {
  const holds = placeholder !== '' && inline.text.includes(placeholder);
  const marks = inline.links.length + inline.struck.length + inline.tags.length;
  if (!holds && marks === 0 && !TELLING.test(inline.text)) {
    const text = fold(inline.text);
    const title = wordsOf(text);
    return { ...NOTHING_TOLD, text, subject: trimEnds(text), title, fullTitle: title };
  }
  return readTellingText(inline, placeholder);
}

/** Without these, text holds no reference, mention or commit, and nothing that masks could be taken for. */
const TELLING = /[#@\ue000-\ue00f]|gh-|:\/\/|[\da-f]{7}/i;

const NOTHING_TOLD = {
  references: [],
  mentions: [],
  commits: [],
  struck: false,
  placeholder: undefined,
};

function readTellingText(parsed: Inline, placeholder: string): ItemText {
  const inline = withAddresses(parsed);
  const masked = maskCode(inline);
  const holders = placeholder === '' ? [] : findAll(masked, placeholder);
  const found = findReferences(inline, masked);
  const asReferences = found.filter((one) => !one.titled);
  const judged = blot(blot(masked, asReferences, referenceMask), holders, ({ length }) =>
    ' '.repeat(length),
  );
  const alone = judge(judged, asReferences, false);
  const whole = found.find(
    (one) => one.titled && !one.aside && isWhole(judged, one, alone.removed),
  );
  const judgement = whole === undefined ? alone : judge(judged, asReferences, true);
  const mentions = findMentions(blot(judged, inline.links, ({ length }) => CODE.repeat(length)));
  const gone = [...judgement.removed, ...holders, ...mentions].sort((a, b) => a.at - b.at);
  const struck = isStruck(inline, gone);
  return {
    text: fold(inline.text),
    subject: subjectOf(inline.text, gone),
    ...readTitle({
      text: inline.text,
      tags: inline.tags,
      masked: judged,
      references: titleReferences(judgement, asReferences),
      gone: [...holders, ...(struck ? [] : struckRanges(inline))].sort((a, b) => a.at - b.at),
      // A name that links to a profile is a name, too.
      mentions: findMentions(judged).map(withoutCopy),
    }),
    references: withRoles(found, whole, judgement.verdicts),
    mentions: [...new Set(mentions.map(({ login }) => login))],
    commits: findCommits(judged),
    struck,
    placeholder: placeOf(inline, holders.at(-1)),
  };
}

/** Text with each run of whitespace and control characters as one blank, trimmed. */
function fold(text: string): string {
  if (!UNFOLDED.test(text)) return text.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  return text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const UNFOLDED = /[^\S ]|[\u0000-\u001f\u007f]| {2}/;

function withRoles(
  found: readonly FoundReference[],
  whole: FoundReference | undefined,
  verdicts: readonly Verdict[],
): Reference[] {
  let index = 0;
  return found.map((one) => {
    if (one === whole) return { ...one.reference, role: 'link' };
    if (one.titled) return { ...one.reference, role: 'mention' };
    return { ...one.reference, ...(verdicts[index++] ?? { role: 'mention' }) };
  });
}

/** Whether a link is all the text there is, beside references with their lead words. */
function isWhole(judged: string, link: Range, others: readonly Range[]): boolean {
  const without = blot(
    judged,
    [...others, link].sort((a, b) => a.at - b.at),
    ({ length }) => ' '.repeat(length),
  );
  return !/[^\s()[\],;]/.test(without);
}

const MENTION =
  /(?:\bcc:?\s+)?(?<![\w/@.-])@([A-Za-z\d](?:[A-Za-z\d]|-(?=[A-Za-z\d])){0,38}(?:\/[\w-][\w.-]{0,99})?)(?![\w@])/g;

type Mention = Range & { readonly login: string };

function findMentions(judged: string): Mention[] {
  return [...judged.matchAll(MENTION)].map((match) => ({
    at: match.index,
    length: match[0].length,
    login: match[1] ?? '',
  }));
}

/** Hexadecimal words that hold a digit and a letter. */
function findCommits(judged: string): string[] {
  const words = judged.match(/(?<![\w@/.-])[\da-f]{7,40}(?![\w@/.-])/g) ?? [];
  return words.filter((word) => /\d/.test(word) && /[a-f]/.test(word));
}

function findAll(text: string, what: string): Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf(what); at !== -1; at = text.indexOf(what, at + what.length)) {
    ranges.push({ at, length: what.length });
  }
  return ranges;
}

/** What is left when the given ranges are taken out, with the brackets and separators that they leave behind. */
function subjectOf(text: string, gone: readonly Range[]): string {
  const clean = text.replace(/[\ue000-\ue00f]/g, '\ufffd');
  if (gone.length === 0) return trimEnds(fold(clean));
  const marked = fold(cut(clean, gone))
    .replace(/[([][\s,;/&+]*\ue003[\s,;/&+\ue003]*[)\]]/g, REMOVED)
    // One more behind the others changes nothing.
    .replace(/\ue003(?:\s*\ue003)+/g, REMOVED)
    .replace(/\s*\ue003(?=\s*[,.;:!?)\]])/g, '')
    .replace(/^[\s\ue003]*\ue003[\s\ue003]*(?:[-–—:;,|.]+(?=\s)|[:;,|]+)?/, '')
    .replaceAll(REMOVED, ' ');
  return trimEnds(fold(marked));
}

/** Each range as one mark. */
function cut(text: string, gone: readonly Range[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, length } of gone) {
    if (at + length <= from) continue;
    parts.push(text.slice(from, Math.max(from, at)), REMOVED);
    from = at + length;
  }
  return parts.join('') + text.slice(from);
}

/** Without separators at the end, and without those that stand alone at the start. */
function trimEnds(folded: string): string {
  let end = folded.length;
  while (end > 0 && ' -–—:;,|'.includes(folded.charAt(end - 1))) end--;
  const text = folded.slice(0, end);
  return text.replace(/^(?:[-–—:;,|]+ )+/, '');
}

/** Whether all that is left beside references is struck through. */
function isStruck(inline: Inline, gone: readonly Range[]): boolean {
  if (inline.struck.length === 0) return false;
  const outside = cut(
    inline.text,
    [...gone, ...struckRanges(inline)].sort((a, b) => a.at - b.at),
  );
  return !/[^\s\ue003\p{P}]/u.test(outside);
}

function struckRanges({ struck }: Inline): Range[] {
  return struck.map(([start, end]) => ({ at: start, length: end - start }));
}

/** What the grammar tells of each stretch of references. */
function titleReferences(
  { verdicts, removed }: Judgement,
  found: readonly FoundReference[],
): TitleReference[] {
  let index = 0;
  return removed.map(({ at, length }) => {
    while ((found[index]?.at ?? at) < at) index++;
    const lead = verdicts[index]?.lead;
    let own: TitleReference['own'] = false;
    for (; (found[index]?.at ?? at + length) < at + length; index++) own ||= ownOf(verdicts[index]);
    return { at, length, own, lead };
  });
}

function ownOf(verdict: Verdict | undefined): TitleReference['own'] {
  if (verdict === undefined || verdict.role === 'mention') return false;
  return verdict.bare === undefined || 'bare';
}

/** A mention from its `@` on. */
function withoutCopy({ at, length, login }: Mention): Mention {
  return { at: at + length - login.length - 1, length: login.length + 1, login };
}

/** Where a range of plain text stands in the source; nothing when it is not written as it is shown, or in a link. */
function placeOf(
  inline: Inline,
  range: Range | undefined,
): { start: number; end: number } | undefined {
  if (range === undefined) return undefined;
  const covers = (one: Range): boolean =>
    one.at <= range.at && range.at + range.length <= one.at + one.length;
  const run = inline.runs.find(covers);
  if (run?.kind !== 'plain' || inline.links.some(covers)) return undefined;
  const start = run.start + (range.at - run.at);
  return { start, end: start + range.length };
}
