/** An issue or pull request that a text names. */
export interface Reference {
  /** `owner/name`; the repository of the text for a bare `#12`. */
  readonly repo: string;
  readonly number: number;
}

const KEYWORD =
  /(?<![\w-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \t]+(?:https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\/issues\/(\d+)(?![\w/])|([\w.-]+\/[\w.-]+)#(\d+)\b|#(\d+)\b)/gi;

/**
 * The issues that a pull request's description or a commit message names with a closing keyword, each
 * once (GitHub docs, "Linking a pull request to an issue": KEYWORD #N, KEYWORD owner/repo#N; a colon
 * may follow the keyword, any case). Each issue needs a keyword of its own.
 */
export function closingReferencesIn(text: string, homeRepo: string): readonly Reference[] {
  // Something must stand where code was: "closes `that` #1" closes nothing.
  const prose = withoutCodeAndComments(text, '\u{fffc}');
  const found = new Map<string, Reference>();
  for (const match of prose.matchAll(KEYWORD)) {
    const repo = match[1] ?? match[3] ?? homeRepo;
    const number = Number(match[2] ?? match[4] ?? match[5]);
    found.set(`${repo.toLowerCase()}#${number}`, { repo, number });
  }
  return [...found.values()];
}

const REFERENCE =
  /(?<![\w/#&-])(?:https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/(\d+)(?![\w/])|([\w.-]+\/[\w.-]+)#(\d+)\b|#(\d+)\b|GH-(\d+)\b)/gi;

/**
 * The issues that a body or comment mentions, in order, each once. GitHub does not look into code and
 * HTML comments; the approximation here cuts fences, inline code and comments out by pattern.
 */
export function referencesIn(text: string, homeRepo: string): readonly Reference[] {
  const prose = withoutCodeAndComments(text);
  const found = new Map<string, Reference>();
  for (const match of prose.matchAll(REFERENCE)) {
    const repo = match[1] ?? match[3] ?? homeRepo;
    const number = Number(match[2] ?? match[4] ?? match[5] ?? match[6]);
    found.set(`${repo.toLowerCase()}#${number}`, { repo, number });
  }
  return [...found.values()];
}

function withoutCodeAndComments(text: string, filler = ''): string {
  return text
    .replace(/^([ \t>]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1\2[^\n]*$|(?![\s\S]))/gm, filler)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, filler)
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, filler);
}
