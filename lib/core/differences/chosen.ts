import { type IssueRef, parseRepo } from '../refs.ts';

/** What the user chose about one difference. */
export type Chosen =
  /** One of its choices, by its place in `Difference.choices`. */
  { readonly kind: 'offered'; readonly difference: string; readonly choice: number } | ChosenMatch;

/** A match by hand. */
export type ChosenMatch =
  /** "Link to…" for an item's difference. */
  | { readonly kind: 'link'; readonly difference: string; readonly issue: IssueRef }
  /** "Link to…" for an issue without an item: the item's key. */
  | { readonly kind: 'adopt'; readonly difference: string; readonly item: string }
  /** In the table of matches: another issue for an item (by its key), or none. */
  | { readonly kind: 'match'; readonly item: string; readonly issue: IssueRef }
  | { readonly kind: 'unmatch'; readonly item: string };

/** More choices than any checklist has differences. */
const MOST = 5_000;

/** Reads what a page sent as the user's choices; nothing when any of it is not of that form. */
export function readChosen(value: unknown): readonly Chosen[] | undefined {
  if (!Array.isArray(value) || value.length > MOST) return undefined;
  const chosen = value.map(readOne);
  return chosen.every((one) => one !== undefined) ? chosen : undefined;
}

/** Reads what a page sent as a match by hand; nothing when it is not of that form. */
export function readChosenMatch(value: unknown): ChosenMatch | undefined {
  if (!isRecord(value)) return undefined;
  const { kind } = value;
  const difference = readText(value.difference);
  const item = readText(value.item);
  const issue = readIssue(value.issue);
  if (kind === 'link' && isGiven(difference) && isGiven(issue)) return { kind, difference, issue };
  if (kind === 'adopt' && isGiven(difference) && isGiven(item)) return { kind, difference, item };
  if (kind === 'match' && isGiven(item) && isGiven(issue)) return { kind, item, issue };
  if (kind === 'unmatch' && isGiven(item)) return { kind, item };
  return undefined;
}

function readOne(value: unknown): Chosen | undefined {
  if (!isRecord(value) || value.kind !== 'offered') return readChosenMatch(value);
  const { kind, choice } = value;
  const difference = readText(value.difference);
  const isPlace = typeof choice === 'number' && Number.isInteger(choice) && choice >= 0;
  return isPlace && isGiven(difference) ? { kind, difference, choice } : undefined;
}

function readIssue(value: unknown): IssueRef | undefined {
  if (!isRecord(value) || !isRecord(value.repo)) return undefined;
  const { number, repo } = value;
  const { host, owner, name } = repo;
  if (typeof host !== 'string' || typeof owner !== 'string' || typeof name !== 'string')
    return undefined;
  const read = parseRepo(`${owner}/${name}`, host);
  const isNumber = typeof number === 'number' && Number.isSafeInteger(number) && number > 0;
  return isNumber && read ? { repo: read, number } : undefined;
}

/** Text that is not empty. */
function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isGiven<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
