/** An issue or pull request that a text names. */
export interface Reference {
  /** `owner/name`; the repository of the text for a bare `#12`. */
  readonly repo: string;
  readonly number: number;
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

function withoutCodeAndComments(text: string): string {
  return text
    .replace(/^([ \t>]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1\2[^\n]*$|(?![\s\S]))/gm, '')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
}
