import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { type Form, mustBe, mustEachBe, showValue, wrongEntry } from './form.ts';
import {
  type Allowance,
  DEFAULT_ALLOWANCE,
  DEFAULT_PREFERENCES,
  PREFERENCES,
  type Preferences,
  REPOSITORY,
  rulesOf,
  type SyncRules,
} from './settings.ts';
import {
  entryAt,
  isRecord,
  isSetting,
  listSettings,
  mergeSettings,
  readTable,
  type Setting,
  setting,
  type Table,
  valueAt,
} from './table.ts';

type Generation = Preferences['generation'];

/** A rules file as read: its rules, or every mistake as a sentence with its line. */
export type ParsedRules =
  | {
      /** For Sync and Reconcile; what the file does not say has its default. */
      readonly rules: SyncRules;
      /** Options of a generation: only what the file says. */
      readonly generate: Partial<Generation>;
      /** Who may generate, and how many issues at a time. */
      readonly allowance: Allowance;
      readonly mistakes: readonly [];
    }
  | {
      readonly rules?: never;
      readonly generate?: never;
      readonly allowance?: never;
      readonly mistakes: readonly string[];
    };

/** Reads the text of `.github/masterlist.yml` of a repository on a host. With any mistake there are no rules. Never throws. */
export function parseRules(text: string, host: string): ParsedRules {
  if (text.length > LONGEST_FILE) return refuse(['The file is larger than 64 KB.']);
  try {
    return readRules(text, host);
  } catch {
    // Nesting so deep that the parser overflows the stack.
    return refuse(['Line 1: this is not YAML that can be read.']);
  }
}

/** Writes settings as a file that `parseRules` reads as the same rules. What is left to Masterlist is left out. */
export function formatRules(preferences: Preferences): string {
  const lines = Object.entries(RULES).flatMap(([top, entry]) => {
    const below = PLACES.filter(({ path: [first] }) => first === top).flatMap((place) =>
      lineOfRule(place, preferences),
    );
    return isSetting(entry) || below.length === 0 ? below : [`${top}:`, ...below];
  });
  return `# The rules of this repository's checklists.\nversion: 1\n${lines.join('\n')}\n`;
}

const LONGEST_FILE = 65_536;
/** More are not worth reading. */
const MOST_MISTAKES = 20;
/** The only version of the format. */
const VERSION = setting({
  form: { kind: 'constant', value: 1 },
  default: 1,
  label: '',
  help: '',
  rule: { path: ['version'], about: 'The version of this format.' },
});

type Path = readonly string[];

/** Every setting that a rules file can hold: its place in the file, and its place among the preferences. */
const PLACES = listSettings({
  rules: PREFERENCES.rules,
  generation: PREFERENCES.generation,
  repository: REPOSITORY,
}).flatMap(([[group = '', key = ''], entry]) =>
  entry.rule === undefined ? [] : [{ group, key, entry, path: entry.rule.path }],
);

/** The rules as they are nested in the file: at the top, or in a group. The schema and the table of the docs are made of it. */
export const RULES: Table = {
  version: VERSION,
  ...Object.fromEntries(
    PLACES.map(({ path: [top = ''] }) => [top, rulesBelow(top)] as const).sort(
      // The longest group at the end.
      ([a], [b]) => Number(a === 'generate') - Number(b === 'generate'),
    ),
  ),
};

function rulesBelow(top: string): Setting | Table {
  const below = PLACES.filter(({ path: [first] }) => first === top);
  const alone = below.find(({ path }) => path.length === 1);
  return alone?.entry ?? Object.fromEntries(below.map(({ path, entry }) => [path[1], entry]));
}

/** Where keys are rules: at the top, and in each group. */
const LEVELS: readonly Path[] = [
  [],
  ...Object.entries(RULES).flatMap(([key, entry]) => (isSetting(entry) ? [] : [[key]])),
];

function readRules(text: string, host: string): ParsedRules {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const broken = brokenYaml(text, document, lineOf);
  if (broken.length > 0) return refuse(broken);
  const content: unknown = document.toJS({ maxAliasCount: 0 });
  const { sound, wrong } = readTable(RULES, isRecord(content) ? content : {}, 'rules', host);
  const mistakes = [
    ...unknownKeys(document, lineOf),
    ...[...noMaps(document), ...wrong].map((path) => wrongValue(path, document, lineOf)),
  ];
  return mistakes.length > 0 ? refuse(mistakes) : toRules(sound);
}

/** The same values by their places among the preferences. */
function toRules(said: Readonly<Record<string, unknown>>): ParsedRules {
  const valuesOf = (wanted: string) =>
    Object.fromEntries(
      PLACES.flatMap(({ group, key, path }) => {
        const value = valueAt(said, path);
        return group === wanted && value !== undefined ? [[key, value] as const] : [];
      }),
    );
  const generate: Partial<Generation> = valuesOf('generation');
  const change = { rules: valuesOf('rules'), generation: generate };
  const rules = rulesOf(mergeSettings(DEFAULT_PREFERENCES, change));
  const allowance: Allowance = { ...DEFAULT_ALLOWANCE, ...valuesOf('repository') };
  return { rules, generate, allowance, mistakes: [] };
}

function refuse(mistakes: readonly string[]): ParsedRules {
  const distinct = [...new Set(mistakes)].sort(byLine);
  return { mistakes: distinct.slice(0, MOST_MISTAKES) };
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
    return `${line} ${shown(key)} appears twice.`;
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

function nodeAt(document: Document.Parsed, path: Path): unknown {
  // Places in lists are numbers to the document.
  const keys = path.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return path.length === 0 ? document.contents : document.getIn(keys, true);
}

/** Levels that are there and are no maps: what a tag makes of a value may be an object, too. */
function noMaps(document: Document.Parsed): readonly Path[] {
  return LEVELS.filter((path) => {
    const node = nodeAt(document, path);
    const nothing = node === undefined || node === null || (isScalar(node) && node.value === null);
    return !nothing && !isMap(node);
  });
}

/** Keys of the file that are no rules, with a similar one among the rules. */
function unknownKeys(document: Document.Parsed, lineOf: LineOf): readonly string[] {
  return LEVELS.flatMap((path) => {
    const map = nodeAt(document, path);
    if (!isMap(map)) return [];
    return map.items.flatMap(({ key }) => {
      const name = isScalar(key) ? String(key.value) : '';
      if (entryAt(RULES, [...path, name]) !== undefined) return [];
      return [`Line ${lineOf(startOf(key))}: ${shown(name)} is not a rule${suggestion(name)}`];
    });
  });
}

/** A rule of the same letters, wherever it belongs. */
function suggestion(name: string): string {
  const letters = (key: string) => key.toLowerCase().replace(/[^a-z]/g, '');
  const [top, below] =
    [...LEVELS, ['version'], ...PLACES.map(({ path }) => path)].find((path) =>
      [path.join(''), path.at(-1) ?? ''].some(
        (key) => key !== '' && letters(key) === letters(name),
      ),
    ) ?? [];
  if (top === undefined) return '.';
  return below === undefined
    ? `; did you mean "${top}"?`
    : `; did you mean "${below}" under "${top}"?`;
}

function wrongValue(path: Path, document: Document.Parsed, lineOf: LineOf): string {
  const entry = entryAt(RULES, path);
  const form = entry !== undefined && isSetting(entry) ? entry.form : undefined;
  const node = nodeAt(document, path);
  const index = form && wrongEntry(form, isNode(node) ? node.toJS(document) : undefined, 'rules');
  if (form !== undefined && index !== undefined) {
    const each = nodeAt(document, [...path, String(index)]);
    return `Line ${lineOf(startOf(each))}: each of "${path.at(-1)}" must be ${mustEachBe(form)}${not(each)}.`;
  }
  const line = `Line ${lineOf(startOf(node))}:`;
  const subject = path.length === 0 ? 'the file' : `"${path.at(-1)}"`;
  if (isScalar(node) && node.value === null) {
    return `${line} ${subject} has no value: write one or remove the line.`;
  }
  const must = form === undefined ? mustGroupBe(path) : mustBe(form, 'rules');
  return `${line} ${subject} must be ${must}${not(node)}.`;
}

/** What a level must be, with a rule of it as an example. */
function mustGroupBe([top]: Path): string {
  if (top === undefined) return 'a list of rules such as "pull-requests: true"';
  const example = top === 'generate' ? 'labels: [test-plan]' : 'parents: true';
  return `followed by indented rules such as "${example}"`;
}

/** Offset of a node of the document; 0 for what has none. */
function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function not(node: unknown): string {
  return isScalar(node) && node.value !== undefined ? `, not ${shown(node.value)}` : '';
}

/** A value in a sentence, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function lineOfRule(place: (typeof PLACES)[number], preferences: Preferences): readonly string[] {
  const { entry, group, key, path } = place;
  const value = valueAt(preferences, [group, key]);
  if (value === undefined) return [];
  const indent = path.length > 1 ? '  ' : '';
  return [`${indent}${path.at(-1)}: ${yamlOf(entry.form, value)} # ${mustBe(entry.form, 'rules')}`];
}

/** JSON is YAML. Only our own words need no quotes: a milestone named `null` does. */
function yamlOf(form: Form, value: unknown): string {
  if (form.kind === 'choice') return String(value);
  const written = JSON.stringify(form.kind === 'repository' ? showValue(form, value) : value);
  return written.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
