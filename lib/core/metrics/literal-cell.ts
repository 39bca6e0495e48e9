/** All that Markdown could take for more than a letter, but the hyphen: behind a backslash it stands for itself (CommonMark 2.4). */
const PUNCTUATION = /[!-,./:-@[-`{-~]/g;

/** What would notify, link or close something even as plain text. */
const LIVE = /\\[@#]|\bGH-|\\:(?=\\\/\\\/)|\bwww(?=\\\.)/gi;

/** As an entity, so that whoever edits the text can see it. */
const BREAK = '&#8203;';

/** Control characters, and those that turn the direction of what follows: they could make a row read as another. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Other people's text as a cell of a Markdown table, letter by letter: no markup, no mention, no link, no task, one line. */
export function literalCell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, '')
    .trim()
    .replace(PUNCTUATION, '\\$&')
    .replace(LIVE, `$&${BREAK}`);
}
