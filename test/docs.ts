/** What the docs say of settings and of what is stored, made of their tables. `npm run docs` writes it; a test holds the docs to it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { type Form, mustBe, showValue } from '../lib/core/settings/form.ts';
import { RULES } from '../lib/core/settings/rules-file.ts';
import { PREFERENCES, REPOSITORY } from '../lib/core/settings/settings.ts';
import { isSetting, listSettings, type Setting, type Table } from '../lib/core/settings/table.ts';
import { STORED } from '../lib/core/stored-facts.ts';

/** The files that hold something made of the table, by their path: as they must be. */
export function settingsDocs(): Readonly<Record<string, string>> {
  return {
    'docs/masterlist.schema.json': `${JSON.stringify(rulesSchema(), undefined, 2)}\n`,
    'docs/rules.md': withTable('docs/rules.md', rulesTable()),
    'docs/options.md': withTable('docs/options.md', optionsTable()),
    'docs/privacy.md': withTable('docs/privacy.md', storedTable()),
  };
}

/** A file of the repository as it is. */
export function readDoc(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}

/** The page with a new table between its marks. */
function withTable(path: string, table: string): string {
  const marks = /(<!-- made by npm run docs -->\n)[\s\S]*?(\n<!-- end -->)/;
  return readDoc(path).replace(marks, (_, before, after) => `${before}\n${table}${after}`);
}

/** The schema by which editors check a rules file. */
function rulesSchema(): object {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...schemaOf(RULES) };
}

function schemaOf(table: Table): object {
  const properties = Object.entries(table).map(([key, entry]) => [
    key,
    isSetting(entry)
      ? { ...schemaOfForm(entry.form), description: entry.rule?.about, default: defaultOf(entry) }
      : schemaOf(entry),
  ]);
  const description =
    table === RULES.generate
      ? 'How issues are generated. What is left out is as in the settings of the browser.'
      : undefined;
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function schemaOfForm(form: Form): object {
  switch (form.kind) {
    case 'switch':
      return { type: 'boolean' };
    case 'choice':
      return { type: 'string', enum: Object.keys(form.choices) };
    case 'text':
      return { type: 'string', maxLength: form.most, pattern: form.pattern.source };
    case 'list':
      return { type: 'array', items: schemaOfForm(form.each), maxItems: form.most };
    case 'repository':
      return { type: 'string', pattern: '^[^/\\s]+/[^/\\s]+$' };
    case 'count':
      return { type: 'integer', minimum: form.least, maximum: form.most };
    case 'constant':
      return { const: form.value };
    default:
      throw new Error(`no rule can be of the kind ${form.kind}`);
  }
}

/** What counts where the file does not say it; undefined for what the browser's settings say then. */
function defaultOf(setting: Setting): unknown {
  const isOfFile = listSettings(REPOSITORY).some(([, one]) => one === setting);
  return setting.rule?.path[0] === 'generate' && !isOfFile ? undefined : setting.default;
}

function rulesTable(): string {
  const rows = listSettings(RULES).map(([path, setting]) => {
    const byDefault = defaultOf(setting);
    const shown = typeof byDefault === 'string' ? byDefault : JSON.stringify(byDefault);
    return [
      path.map(code).join(': '),
      valuesOf(setting.form),
      shown === undefined ? "the browser's setting" : code(shown),
      setting.rule?.about ?? '',
    ];
  });
  return tableOf([['rule', 'values', 'default', 'what it does'], ...rows]);
}

function optionsTable(): string {
  const rows = listSettings(PREFERENCES).flatMap(([, setting]) => {
    const { form, label, help, rule, default: byDefault } = setting;
    if (label === '') return [];
    const inRepository = rule === undefined ? '' : rule.path.map(code).join(': ');
    return [[label, code(showValue(form, byDefault)), inRepository, help]];
  });
  return tableOf([['setting', 'default', 'rule', 'what it does'], ...rows]);
}

function storedTable(): string {
  return tableOf([['what', 'where', 'how long'], ...STORED]);
}

function valuesOf(form: Form): string {
  if (form.kind === 'choice') return Object.keys(form.choices).map(code).join(', ');
  if (form.kind === 'switch') return '`true`, `false`';
  return form.kind === 'constant' ? code(String(form.value)) : mustBe(form, 'rules');
}

function tableOf([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [head, head.map(() => '---'), ...rows].map(line).join('');
}

function code(text: string): string {
  return `\`${text}\``;
}

if (argv[1] === new URL(import.meta.url).pathname) {
  for (const [path, text] of Object.entries(settingsDocs())) {
    writeFileSync(new URL(`../${path}`, import.meta.url), text);
  }
}
