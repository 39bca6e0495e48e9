/**
 * What a lead word says about the reference behind it: `link`, the item's own issue; `pull`, a pull request for the
 * item; `mention`, something else. GitHub's closing keywords are those of its documentation ("Linking a pull
 * request to an issue"); the others were met in the checklists that people write.
 */
export type LeadRole = 'link' | 'pull' | 'mention';

/** The one table of lead words, lower case. A reference with other words before it inside its bracket is a mention. */
export const LEAD_WORDS: Readonly<Record<LeadRole, readonly string[]>> = {
  link: [
    ...['close', 'closes', 'closed', 'fix', 'fixes', 'fixed', 'resolve', 'resolves', 'resolved'],
    ...['issue', 'tracking issue', 'tracked in', 'tracked by', 'tracked at', 'tracked as'],
    ...['filed as', 'filed in'],
  ],
  pull: ['pr', 'prs', 'pull', 'pull request', 'pull requests', 'merged in', 'mr'],
  mention: [
    ...['see', 'see also', 'cf', 'cf.', 'ref', 'refs', 'references', 'related', 'related to'],
    ...['relates to', 'delegated to', 'solved by', 'fixed in', 'fixed by', 'closed by'],
    ...['closed in', 'done in', 'done by', 'addressed in', 'addressed by', 'implemented in'],
    ...['implemented by', 'via', 'blocked by', 'blocked on', 'blocks', 'depends on', 'requires'],
    ...['needs', 'duplicate of', 'dupe of', 'part of', 'follow-up to', 'follow up to'],
    ...['follow-up of', 'split from', 'moved to', 'moved from', 'superseded by', 'supersedes'],
    ...['replaces', 'replaced by', 'reverts', 'revert', 'reported in', 'discussed in'],
    ...['wait for', 'waits for', 'waiting for', 'wait on', 'waiting on'],
    ...['discussion', 'comment', 'as in', 'like', 'unlike', 'per', 'in', 'of', 'from', 'by', 'to'],
    ...['with', 'without', 'for', 'on', 'at', 'as', 'after', 'before', 'until', 'since', 'than'],
    ...['about', 'into', 'against', 'and', 'or', 'not', 'vs', 'vs.', 'under', 'over', 'through'],
  ],
};

/** What the table says about a lead; nothing when it does not know it. */
export function leadRole(lead: string): LeadRole | undefined {
  return (['link', 'pull', 'mention'] as const).find((role) => LEAD_WORDS[role].includes(lead));
}

/** Whether a lead says by itself that what follows is a mention, as `in` or `with` do not: they may end a sentence. */
export function isTelling(lead: string): boolean {
  return lead.includes(' ') || TELLING.has(lead);
}

const TELLING: ReadonlySet<string> = new Set(
  'see cf cf. needs requires blocks after before until via reverts revert supersedes replaces'.split(
    ' ',
  ),
);

/** The most words in one lead of the table. */
const LONGEST_LEAD = 3;

/** A lead at the end of a text. */
interface Lead {
  readonly lead: string;
  readonly role: LeadRole;
  readonly start: number;
  /** The role of the word that may be repeated in its row: `after PR #1 and PR #2`. */
  readonly repeats: LeadRole;
}

/**
 * The longest lead of the table at the end of a text. A word that names a pull request does not hide what is said of
 * it: `after PR #5` is a mention as `after #5` is.
 */
export function findLead(before: string): Lead | undefined {
  const lead = lastLead(before);
  if (lead?.role !== 'pull') return lead;
  const words = before.slice(0, lead.start).replace(/\bthe\s+$/i, '');
  const other = lastLead(words);
  // What is joined to other words by `and` is said of nothing.
  if (other?.role === 'mention' && !/^(?:and|or)$/.test(other.lead))
    return { ...lead, lead: `${other.lead} ${lead.lead}`, role: 'mention' };
  const verb = workWith(words);
  if (verb === undefined) return lead;
  return { ...lead, lead: `${normalizeLead(verb)} ${lead.lead}`, role: 'mention' };
}

/** What a text that ends before a pull request says is to be done with it, other than to land it. */
export function workWith(before: string): string | undefined {
  const words = before.replace(/\bthe\s+$/i, '');
  return WORK_ANYWHERE.exec(words)?.[1] ?? WORK_FIRST.exec(words)?.[1];
}

/** Work that the merge does not do: it begins with that, or is not done by it. Words that are also nouns count only first: `Fix the flaky test PR #5`. */
const WORK = {
  anywhere: [
    ...['back-?port', 'forward-?port', 'cherry[- ]pick', 'un-?revert', 'verify', 'validate'],
    ...['document', 'announce', 'rebase'],
  ],
  first: [
    ...['(?:re-?)?test', '(?:re-?)?review', 'check', 'try', 'benchmark', 'demo', 'discuss'],
    ...['close', 'reopen', 'ping'],
  ],
} as const;

const WORK_ANYWHERE = new RegExp(`(?<![\\w-])(${WORK.anywhere.join('|')}):?\\s+$`, 'i');
const WORK_BEGINS = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:please\\s+)?(${[...WORK.anywhere, ...WORK.first].join('|')})(?![\\p{L}\\p{N}])`,
  'iu',
);
const WORK_FIRST = new RegExp(`^\\s*(?:please\\s+)?(${WORK.first.join('|')}):?\\s+$`, 'i');

/** The work that a text begins with, other than what it is about; spelled without blanks and hyphens. */
export function firstWork(text: string): string | undefined {
  return WORK_BEGINS.exec(text)?.[1]?.toLowerCase().replace(/[-\s]/g, '');
}

function lastLead(before: string): Lead | undefined {
  const words = [...before.matchAll(/[^\s()[\]"“”,;]+/g)].slice(-LONGEST_LEAD);
  for (const [index, word] of words.entries()) {
    const spoken = words.slice(index);
    if (!isPhrase(before, spoken)) continue;
    const lead = normalizeLead(spoken.map((one) => one[0]).join(' '));
    const role = leadRole(lead);
    if (role !== undefined) return { lead, role, start: word.index, repeats: role };
  }
  return undefined;
}

/** Where a lead word of a role ends that stands at an index, with the blanks behind it; the index where there is none. */
export function behindLead(text: string, from: number, role: LeadRole): number {
  const pattern = NEXT[role];
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

/** A text without the lead word of a role that it ends in. */
export function withoutLead(text: string, role: LeadRole): string {
  return text.replace(LAST[role], '');
}

const NEXT = { link: leads('link', 'y'), pull: leads('pull', 'y'), mention: leads('mention', 'y') };
const LAST = { link: leads('link', ''), pull: leads('pull', ''), mention: leads('mention', '') };

function leads(role: LeadRole, flag: 'y' | ''): RegExp {
  const longestFirst = LEAD_WORDS[role].toSorted((a, b) => b.length - a.length);
  const words = longestFirst.map((lead) => lead.replaceAll('.', '\\.').replaceAll(' ', '[ \\t]+'));
  const end = flag === '' ? '$' : '';
  return new RegExp(`(?<!\\w)(?:${words.join('|')})(?:[ \\t]*:[ \\t]*|[ \\t]+)${end}`, `i${flag}`);
}

/** A lead as the table spells it. */
export function normalizeLead(words: string): string {
  return words.trim().replace(/\s+/g, ' ').replace(/:$/, '').trimEnd().toLowerCase();
}

/** Whether the words stand one after the other with nothing but blanks between and behind. */
function isPhrase(text: string, words: readonly RegExpExecArray[]): boolean {
  const first = words[0];
  if (first === undefined) return false;
  return !/[()[\]"“”,;]/.test(text.slice(first.index));
}
