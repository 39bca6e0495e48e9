import { safeParse } from 'valibot';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { MUST_BE, type RulesFileContent, RulesSchema } from './rules-schema.ts';
import type { SyncRules } from './sync-rules.ts';

/** A rules file as read: the rules, or every mistake as a sentence with its line. */
export interface ParsedRules {
  readonly rules: SyncRules | undefined;
  readonly mistakes: readonly string[];
}

/** Reads the text of `.github/masterlist.yml`. With any mistake there are no rules. Never throws. */
export function parseRules(text: string): ParsedRules {
  if (text.length > LONGEST_FILE) return refuse(['The file is larger than 64 KB.']);
  try {
    return readRules(text);
  } catch {
    // Nesting so deep that the parser overflows the stack.
    return refuse(['Line 1: this is not YAML that can be read.']);
  }
}

/** Writes rules as a file that `parseRules` reads as the same rules, with short comments. */
export function formatRules(rules: SyncRules): string {
  const quoted = JSON.stringify;
  return `# How Masterlist keeps the checklists of this repository up to date.
version: 1
tick:
  not-planned: ${rules.notPlanned} # issues closed as not planned: leave or tick
  duplicate: ${rules.duplicate} # issues closed as duplicates: leave or tick
  parents: ${rules.parents} # tick an item that groups others when all of them are ticked
  base-branches: ${rules.tickOnBaseBranches} # merges into base-branches tick the item
pull-requests: ${rules.pullRequests} # write the numbers of merged pull requests behind the link
base-branches: [${rules.baseBranches.map((branch) => quoted(branch)).join(', ')}] # beside the default one, for example [release/*]
link: ${rules.linkStyle} # closes, parenthesis or bare
placeholder: ${quoted(rules.placeholder)} # stands for a pull request to come; "" for none
`;
}

const LONGEST_FILE = 65_536;
/** More are not worth reading. */
const MOST_MISTAKES = 20;

type Path = readonly string[];

function readRules(text: string): ParsedRules {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const broken = brokenYaml(text, document, lineOf);
  if (broken.length > 0) return refuse(broken);
  const parsed = safeParse(RulesSchema, document.toJS({ maxAliasCount: 0 }) ?? {});
  const unknown = unknownKeys(document, lineOf);
  // Keys that are no rules are named above, all of them and with their own lines.
  const wrong = (parsed.issues ?? [])
    .filter(({ expected }) => expected !== 'never')
    .map(({ path = [] }) => path.map(({ key }) => String(key)));
  const mistakes = [...noMaps(document), ...wrong].map((path) =>
    wrongValue(path, document, lineOf),
  );
  if (parsed.success && mistakes.length === 0) return { rules: toRules(parsed.output), mistakes };
  return refuse([...unknown, ...mistakes]);
}

function refuse(mistakes: readonly string[]): ParsedRules {
  const distinct = [...new Set(mistakes)].sort(byLine);
  return { rules: undefined, mistakes: distinct.slice(0, MOST_MISTAKES) };
}

function byLine(a: string, b: string): number {
  const line = (mistake: string) => Number(/^Line (\d+)/.exec(mistake)?.[1] ?? 0);
  return line(a) - line(b);
}

type LineOf = (offset: number) => number;

function brokenYaml(text: string, document: Document.Parsed, lineOf: LineOf): readonly string[] {
  const broken = document.errors.map(({ code, message, pos }) => {
    const line = `Line ${lineOf(pos[0])}:`;
    if (code !== 'DUPLICATE_KEY') return `${line} this is not YAML: ${sentence(message)}`;
    const [key] = text.slice(pos[0]).split(/[\s:]/, 1);
    return `${line} ${shown(key)} stands twice.`;
  });
  const found = (node: unknown, what: string) =>
    broken.push(`Line ${lineOf(startOf(node))}: ${what}.`);
  visit(document, {
    Alias: (_, node) => void found(node, 'anchors and aliases are not allowed'),
    Value: (_, node) => {
      if (node.anchor !== undefined) found(node, 'anchors and aliases are not allowed');
    },
    Pair: (_, { key }) => {
      if (!isScalar(key)) found(key, 'a rule must start with its name');
    },
  });
  return broken;
}

/** The parser's words, as a sentence of one line. */
function sentence(message: string): string {
  const [first = ''] = message.split('\n');
  return /[.!]$/.test(first) ? first : `${first}.`;
}

/** Where rules stand: at the top, and under `tick`. */
const LEVELS: readonly Path[] = [[], ['tick']];

function nodeAt(document: Document.Parsed, path: Path): unknown {
  // Places in lists are numbers to the document.
  const keys = path.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return path.length === 0 ? document.contents : document.getIn(keys, true);
}

/** What stands where rules must stand, and is none: to the schema a list, and whatever a tag makes of a value, are objects too. */
function noMaps(document: Document.Parsed): readonly Path[] {
  return LEVELS.filter((path) => {
    const node = nodeAt(document, path);
    const nothing = node === undefined || node === null || (isScalar(node) && node.value === null);
    return !nothing && !isMap(node);
  });
}

/** Keys of the file that are no rules, with their like among the rules. */
function unknownKeys(document: Document.Parsed, lineOf: LineOf): readonly string[] {
  return LEVELS.flatMap((path) => {
    const map = nodeAt(document, path);
    if (!isMap(map)) return [];
    return map.items.flatMap(({ key }) => {
      const name = isScalar(key) ? String(key.value) : '';
      if (name !== '' && !name.includes('/') && MUST_BE.has([...path, name].join('/'))) return [];
      return [`Line ${lineOf(startOf(key))}: ${shown(name)} is not a rule${suggestion(name)}`];
    });
  });
}

/** A rule of the same letters, wherever it belongs. */
function suggestion(name: string): string {
  const letters = (key: string) => key.toLowerCase().replace(/[^a-z]/g, '');
  const like = [...MUST_BE.keys()]
    .map((path) => path.split('/'))
    .find((path) =>
      [path.join(''), path.at(-1) ?? ''].some(
        (key) => key !== '' && letters(key) === letters(name),
      ),
    );
  const [first = '', second] = like ?? [];
  if (first === '') return '.';
  return second === undefined
    ? `; did you mean "${first}"?`
    : `; did you mean "${second}" under "${first}"?`;
}

function wrongValue(path: Path, document: Document.Parsed, lineOf: LineOf): string {
  const node = nodeAt(document, path);
  const line = `Line ${lineOf(startOf(node))}:`;
  const value = isScalar(node) ? node.value : undefined;
  const last = path.at(-1) ?? '';
  if (/^\d+$/.test(last)) {
    return `${line} each of "${path[0]}" must be the name of a branch (1 to 255 characters)${not(value)}.`;
  }
  const subject = last === '' ? 'the file' : `"${last}"`;
  if (value === null) return `${line} ${subject} has no value: write one or remove the line.`;
  return `${line} ${subject} must be ${MUST_BE.get(path.join('/')) ?? 'something else'}${not(value)}.`;
}

/** Offset of a node of the document; 0 for what has none. */
function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function not(value: unknown): string {
  return value === undefined ? '' : `, not ${shown(value)}`;
}

/** A value in a sentence, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function toRules(file: RulesFileContent): SyncRules {
  return {
    notPlanned: file.tick['not-planned'],
    duplicate: file.tick.duplicate,
    pullRequests: file['pull-requests'],
    baseBranches: file['base-branches'],
    tickOnBaseBranches: file.tick['base-branches'],
    parents: file.tick.parents,
    linkStyle: file.link,
    placeholder: file.placeholder,
  };
}
