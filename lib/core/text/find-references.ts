import type { Reference, ReferenceForm } from './checklist.ts';
import type { Inline, Link, Run } from './inline.ts';
import { paint } from './masks.ts';
import { parseTarget } from './target.ts';

type Written = Omit<Reference, 'role' | 'lead' | 'bare'>;

/** A reference as found in visible text, before its role is known. */
export interface FoundReference {
  /** Range of the visible text. */
  readonly at: number;
  readonly length: number;
  readonly reference: Written;
  /** Shown as a full address, or as what it is: `[PR 5](…)`. */
  readonly address: boolean;
  /** It can only be a mention: quoted, struck, escaped, inside other links, a part of an issue's page. */
  readonly aside: boolean;
  /** A link to an issue whose visible text is a title of its own. */
  readonly titled: boolean;
  /** Stands in quotation marks: part of what is quoted. */
  readonly quoted: boolean;
}

/**
 * Finds what GitHub shows as a reference to an issue or pull request: `#12`, `GH-12`, `owner/repo#12`, addresses, and
 * links to them. `masked` is the visible text with everything blotted out in which no reference can stand.
 */
export function findReferences(inline: Inline, masked: string): FoundReference[] {
  if (inline.links.length === 0 && !/#|gh-/i.test(masked)) return [];
  const struck = paint(inline.text.length, inline.struck);
  const quotes = paint(inline.text.length, quotations(masked));
  return [...linked(inline, masked), ...numbered(inline, masked)]
    .map((one) => {
      const quoted = quotes[one.at] === 1;
      return { ...one, quoted, aside: one.aside || quoted || struck[one.at] === 1 };
    })
    .sort((a, b) => a.at - b.at);
}

function linked(inline: Inline, masked: string): Omit<FoundReference, 'quoted'>[] {
  return inline.links.flatMap((link) => {
    const target = parseTarget(link.url);
    if (target === undefined) return [];
    const shown = inline.text.slice(link.at, link.at + link.length).trim();
    const titled = !link.bare && !isLabel(shown, link, masked);
    const { part, ...rest } = target;
    const reference = { ...rest, form: 'url' as const, start: link.start, end: link.end };
    const address = link.bare || ADDRESSED.test(shown);
    return [{ at: link.at, length: link.length, reference, address, aside: part, titled }];
  });
}

/** Whether a link's words only name the issue, or say what it is in a bracket of its own; longer ones are not looked at. */
function isLabel(shown: string, { at, length }: Link, masked: string): boolean {
  if (shown.length > LONGEST_LABEL) return false;
  if (LABEL.test(shown)) return true;
  // `Teach how to open a [pull request](…)` speaks of it.
  const opened = /[([][ \t]?$/.test(masked.slice(Math.max(0, at - 2), at));
  const end = at + length;
  return NOUN.test(shown) && opened && /^[ \t]?[)\]]/.test(masked.slice(end, end + 2));
}

const LONGEST_LABEL = 200;
const LABEL =
  /^[([]?(?:[\w.-]+\/[\w.-]+)?(?:#|gh-)?\d+[)\]]?$|^https?:\/\/\S+$|^(?:issue|pr|pull request) #?\d+$/i;
const ADDRESSED = /^https?:|^(?:issue|pr|pull request) #?\d+$/i;
const NOUN = /^(?:issue|pr|pull request)$/i;

function numbered(inline: Inline, masked: string): Omit<FoundReference, 'quoted'>[] {
  const runs = runFinder(inline.runs);
  const labels = paint(
    inline.text.length,
    inline.links.map(({ at, length }) => [at, at + length]),
  );
  return [...masked.matchAll(/#([1-9]\d{0,9})(?!\w)|(?<!\w)gh-([1-9]\d{0,9})(?!\w)/gi)].map(
    (match) => {
      const number = Number(match[1] ?? match[2]);
      const before = match[1] === undefined ? NOTHING_BEFORE : readBefore(masked, match.index);
      const at = match.index - before.length;
      const length = match[0].length + before.length;
      const run = runs(at);
      const exact = run?.kind === 'plain' && at + length <= run.at + run.length;
      const start = run === undefined ? 0 : exact ? run.start + (at - run.at) : run.start;
      const last = exact ? run : runs(at + length - 1);
      const end = exact ? start + length : (last?.end ?? start);
      const form: ReferenceForm =
        match[1] === undefined ? 'gh' : before.place === undefined ? 'number' : 'qualified';
      const reference = { form, ...before.place, number, start, end };
      const apart = !exact || before.odd || labels[at] === 1;
      return { at, length, reference, address: false, aside: apart, titled: false };
    },
  );
}

interface Before {
  readonly length: number;
  readonly place?: { readonly owner: string; readonly name?: string };
  /** Glued to something that is not a repository. */
  readonly odd: boolean;
}

const NOTHING_BEFORE: Before = { length: 0, odd: false };
/** Longest `owner/repo` that GitHub allows. */
const LONGEST_PLACE = 141;

/** What is glued to the left of a `#`: a repository, an owner, or nothing. */
function readBefore(masked: string, hash: number): Before {
  let start = hash;
  const least = Math.max(0, hash - LONGEST_PLACE);
  while (start > least && isPlaceCharacter(masked.charCodeAt(start - 1))) start--;
  const glued = masked.slice(start, hash);
  if (glued === '') {
    const odd = /[\p{L}\p{N}&]/u.test(masked.charAt(hash - 1));
    return { length: 0, odd };
  }
  const [, owner, name] = /^([A-Za-z\d][A-Za-z\d-]{0,38})(?:\/([\w.-]{1,100}))?$/.exec(glued) ?? [];
  if (owner === undefined) return { length: 0, odd: true };
  if (name === undefined) return { length: glued.length, place: { owner }, odd: true };
  return { length: glued.length, place: { owner, name }, odd: false };
}

/** Letters, digits, and `-./_`. */
function isPlaceCharacter(code: number): boolean {
  if (code < 45 || code > 122) return false;
  return code <= 57 || (code >= 65 && code <= 90) || code === 95 || code >= 97;
}

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '„': '“',
  '«': '»',
  '‘': '’',
  '「': '」',
};

/** Quoted ranges, each looked for once: linear also when nothing is ever closed. */
function quotations(text: string): [number, number][] {
  const ranges: [number, number][] = [];
  const hopeless = new Set<string>();
  for (let index = 0; index < text.length; index++) {
    const closer = QUOTES[text.charAt(index)];
    if (closer === undefined || hopeless.has(closer)) continue;
    const end = text.indexOf(closer, index + 1);
    if (end === -1) hopeless.add(closer);
    else {
      ranges.push([index, end]);
      index = end;
    }
  }
  return ranges;
}

/**
 * The inline text with addresses in plain text as links. GitHub links them everywhere; the parser leaves out those
 * behind an open bracket, and reads nothing of what is too long.
 */
export function withAddresses(inline: Inline): Inline {
  if (!inline.text.includes('://')) return inline;
  const taken = paint(
    inline.text.length,
    inline.links.map(({ at, length }) => [at, at + length]),
  );
  const runs = runFinder(inline.runs);
  const more = [...inline.text.matchAll(ADDRESS)].flatMap((match): Link[] => {
    const url = match[0].replace(/[.,:;!?'"*_~]{1,50}$/, '');
    const run = runs(match.index);
    const inside = run?.kind === 'plain' && match.index + url.length <= run.at + run.length;
    if (!inside || taken[match.index] === 1) return [];
    const start = run.start + (match.index - run.at);
    return [
      { at: match.index, length: url.length, start, end: start + url.length, url, bare: true },
    ];
  });
  if (more.length === 0) return inline;
  return { ...inline, links: [...inline.links, ...more].sort((a, b) => a.at - b.at) };
}

const ADDRESS = /(?<![A-Za-z\d])https?:\/\/[^\s<>()[\]\ue000-\ue00f]+/gi;

/** Looks up the run that covers an index, by halving. */
function runFinder(runs: readonly Run[]): (index: number) => Run | undefined {
  return (index) => {
    let low = 0;
    for (let high = runs.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((runs[middle]?.at ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return runs[low];
  };
}
