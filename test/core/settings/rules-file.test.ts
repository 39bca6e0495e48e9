import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRules, parseRules } from '../../../lib/core/settings/rules-file.ts';
import {
  DEFAULT_PREFERENCES,
  DEFAULT_RULES,
  type SyncRules,
} from '../../../lib/core/settings/settings.ts';
import { costGrowth } from '../../cost-growth.ts';
import { readDoc, settingsDocs } from '../../docs.ts';

const HOST = 'github.com';

const EVERYTHING = `version: 1
tick:
  not-planned: tick
  duplicate: tick
  parents: true
  base-branches: true
pull-requests: false
pull-requests-from: [acme/*]
base-branches:
  - release/*
  - next
trusted-authors: [release-helper]
remarks: false
link: bare
placeholder: "(PR to come)"
generate:
  prefix: "[QA] "
  labels: [test-plan, qa]
  milestone: "2.0"
  template: |
    {item}

    Steps:
  comment: false
  target: acme/tests
  identity: block
  allowed: everyone
  max: 40
`;

/** Plain words that YAML reads as something else. */
const LOADED_WORDS = ['null', 'true', 'false', 'yes', 'off'];

const legalText = (maxLength: number) =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.string({ unit: 'binary', maxLength }).filter((text) => !/[\r\n]/.test(text)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...LOADED_WORDS) },
  );
const legalWords = (maxLength: number) =>
  legalText(maxLength).filter((text) => /[^\r\n\u2028\u2029]*\S/.test(text));

const legalRules: fc.Arbitrary<SyncRules> = fc.record({
  notPlanned: fc.constantFrom('leave', 'tick'),
  duplicate: fc.constantFrom('leave', 'tick'),
  pullRequests: fc.boolean(),
  pullRequestsFrom: fc.array(fc.constantFrom('acme/*', '*/app', 'a.b/c-d'), { maxLength: 3 }),
  baseBranches: fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), {
    maxLength: 4,
  }),
  tickOnBaseBranches: fc.boolean(),
  parents: fc.boolean(),
  trustedAuthors: fc.array(fc.constantFrom('helper', 'a-b[bot]'), { maxLength: 2 }),
  remarks: fc.boolean(),
  linkStyle: fc.constantFrom('closes', 'parenthesis'),
  placeholder: fc.oneof(fc.constant(''), legalWords(40)),
});

const legalGenerate = fc.record({
  prefix: fc.option(legalText(20), { nil: undefined }),
  labels: fc.array(legalWords(20), { maxLength: 4 }),
  milestone: fc.option(legalText(20), { nil: undefined }),
  comment: fc.option(fc.boolean(), { nil: undefined }),
  identity: fc.constantFrom('links', 'block', 'title'),
  target: fc.option(fc.constant({ host: HOST, owner: 'acme', name: 'tests' }), { nil: undefined }),
  template: fc.string({ unit: 'binary', maxLength: 40 }),
});

function onlyMistake(text: string): string | undefined {
  const { rules, mistakes } = parseRules(text, HOST);
  expect(rules).toBeUndefined();
  expect(mistakes).toHaveLength(1);
  return mistakes[0];
}

describe('a rules file', () => {
  it('says every rule', () => {
    expect(parseRules(EVERYTHING, HOST)).toEqual({
      mistakes: [],
      rules: {
        notPlanned: 'tick',
        duplicate: 'tick',
        pullRequests: false,
        pullRequestsFrom: ['acme/*'],
        baseBranches: ['release/*', 'next'],
        tickOnBaseBranches: true,
        parents: true,
        trustedAuthors: ['release-helper'],
        remarks: false,
        linkStyle: 'parenthesis',
        placeholder: '(PR to come)',
      },
      generate: {
        prefix: '[QA] ',
        labels: ['test-plan', 'qa'],
        milestone: '2.0',
        template: '{item}\n\nSteps:\n',
        comment: false,
        target: { host: 'github.com', owner: 'acme', name: 'tests' },
        identity: 'block',
        linkStyle: 'parenthesis',
        placeholder: '(PR to come)',
      },
      allowance: { allowed: 'everyone', max: 40 },
    });
  });

  it.each(['', '\n', '# nothing but a comment\n', '---\n', '\ufeffversion: 1\r\n', '{}', 'null'])(
    'that says nothing (%j) means the defaults',
    (text) => {
      expect(parseRules(text, HOST)).toEqual({
        rules: DEFAULT_RULES,
        generate: {},
        allowance: { allowed: 'write', max: 1_000 },
        mistakes: [],
      });
    },
  );

  it('keeps the defaults of what it does not say', () => {
    const { rules } = parseRules('tick:\n  parents: true\nplaceholder: ""\n', HOST);
    expect(rules).toEqual({ ...DEFAULT_RULES, parents: true, placeholder: '' });
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(legalRules, legalGenerate, (rules, generate) => {
        const { linkStyle, placeholder, ...own } = rules;
        const generation = { ...DEFAULT_PREFERENCES.generation, ...generate };
        const text = formatRules({
          ...DEFAULT_PREFERENCES,
          rules: own,
          generation: { ...generation, linkStyle, placeholder },
        });
        const read = parseRules(text, HOST);
        expect({ ...read, generate: undefined, allowance: undefined }).toEqual({
          rules,
          mistakes: [],
        });
        expect(read.generate).toMatchObject(withoutUndefined(generate));
      }),
      { numRuns: 300 },
    );
  });

  it.each(LOADED_WORDS)('keeps the text %s a text', (text) => {
    const { generation } = DEFAULT_PREFERENCES;
    const own = { prefix: text, milestone: text, template: text, labels: [text] };
    const written = formatRules({
      ...DEFAULT_PREFERENCES,
      generation: { ...generation, ...own, placeholder: text },
    });
    expect(parseRules(written, HOST)).toMatchObject({
      mistakes: [],
      rules: { placeholder: text },
      generate: own,
    });
  });

  it('of another host names a repository there', () => {
    const { generate } = parseRules('generate:\n  target: acme/app\n', 'git.example.com');
    expect(generate?.target?.host).toBe('git.example.com');
  });
});

function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

describe('a mistake in a rules file', () => {
  it.each([
    ['tick:\n  not-planned: maybe', 'Line 2: "not-planned" must be leave or tick, not "maybe".'],
    ['version: 2', 'Line 1: "version" must be 1, not 2.'],
    ['pull-requests: yes', 'Line 1: "pull-requests" must be true or false, not "yes".'],
    ['# x\r\nlink: "#12"', 'Line 2: "link" must be closes or parenthesis, not "#12".'],
    [
      'placeholder: "a\\nb"',
      'Line 1: "placeholder" must be one line of at most 100 characters, not "a\\nb".',
    ],
    [
      'placeholder: " "',
      'Line 1: "placeholder" must be one line of at most 100 characters, not " ".',
    ],
    [
      'base-branches: main',
      'Line 1: "base-branches" must be a list of at most 50 branch names such as ["release/*"], not "main".',
    ],
    [
      'base-branches:\n  - a\n  - 5',
      'Line 3: each of "base-branches" must be a branch name of 1 to 255 characters, not 5.',
    ],
    ['tick:', 'Line 1: "tick" has no value: write one or remove the line.'],
    [
      'tick: [parents]',
      'Line 1: "tick" must be followed by indented rules such as "parents: true".',
    ],
    ['- tick', 'Line 1: the file must be a list of rules such as "pull-requests: true".'],
    [
      'tick all',
      'Line 1: the file must be a list of rules such as "pull-requests: true", not "tick all".',
    ],
    [
      'generate:\n  target: https://github.com/acme/app',
      'Line 2: "target" must be a repository on the same host, such as acme/app, not "https://github.com/acme/app".',
    ],
    [
      'generate:\n  labels: qa',
      'Line 2: "labels" must be a list of at most 100 labels, each of 1 to 50 characters, not "qa".',
    ],
    [
      'generate:\n  labels:\n    - qa\n    - ""',
      'Line 4: each of "labels" must be a label of 1 to 50 characters, not "".',
    ],
    [
      'generate:\n  comment: sometimes',
      'Line 2: "comment" must be true or false, not "sometimes".',
    ],
    ['generate:\n  prefix:', 'Line 2: "prefix" has no value: write one or remove the line.'],
    [
      'generate: block',
      'Line 1: "generate" must be followed by indented rules such as "labels: [test-plan]", not "block".',
    ],
    ['labels: [a]', 'Line 1: "labels" is not a rule; did you mean "labels" under "generate"?'],
    ['tick-all: true', 'Line 1: "tick-all" is not a rule.'],
    ['pullRequests: true', 'Line 1: "pullRequests" is not a rule; did you mean "pull-requests"?'],
    [
      'tick:\n  notPlanned: tick',
      'Line 2: "notPlanned" is not a rule; did you mean "not-planned" under "tick"?',
    ],
    ['parents: true', 'Line 1: "parents" is not a rule; did you mean "parents" under "tick"?'],
    ['toString: 1', 'Line 1: "toString" is not a rule.'],
    ['__proto__: {}', 'Line 1: "__proto__" is not a rule.'],
    ['<<: {link: bare}', 'Line 1: "<<" is not a rule.'],
    ['link: bare\nlink: closes', 'Line 2: "link" appears twice.'],
    ['base-branches: &all [a]', 'Line 1: anchors and aliases are not allowed.'],
    ['? [link]\n: bare', 'Line 1: a rule must start with its name.'],
    ['\tlink: bare', 'Line 1: this is not YAML: Tabs are not allowed as indentation.'],
  ])('in %j is told with its line', (text, sentence) => {
    expect(onlyMistake(text)).toBe(sentence);
  });

  it('does not hide the others, and they come in the order of the lines', () => {
    const { mistakes } = parseRules(
      'tick:\n  duplicate: 1\n  more: 2\nodd: 3\nlink: 4\nparent: 5\n',
      HOST,
    );
    expect(mistakes.map((mistake) => mistake.slice(0, 6))).toEqual([
      ...['Line 2', 'Line 3', 'Line 4', 'Line 5', 'Line 6'],
    ]);
  });

  it('of too many branches, or too long names, leaves no rules', () => {
    const many = JSON.stringify(Array(51).fill('a'));
    expect(onlyMistake(`base-branches: ${many}`)).toContain('at most 50');
    expect(onlyMistake(`base-branches: [${'a'.repeat(256)}]`)).toContain('1 to 255');
    expect(onlyMistake(`placeholder: ${'a'.repeat(101)}`)).toContain('at most 100');
  });
});

describe('a hostile rules file', () => {
  it.each([
    ['a file of more than 64 KB', 65_536, (n: number) => `# ${'x'.repeat(n)}`],
    ['endless brackets', 60_000, (n: number) => '['.repeat(n)],
    ['endless maps', 15_000, (n: number) => 'a: {'.repeat(n)],
    ['endless lists', 30_000, (n: number) => '- '.repeat(n)],
    ['a bomb of aliases', 2_000, (n: number) => `a: &a [x]\n${'b: [*a, *a, *a]\n'.repeat(n)}`],
    ['an endless placeholder', 60_000, (n: number) => `placeholder: "${'a'.repeat(n)}\\n"`],
    [
      'endless unknown rules',
      8_000,
      (n: number) => Array.from({ length: n }, (_, k) => `r${k}: 1`).join('\n'),
    ],
  ])('with %s is refused at a cost of its length, with few words', (_, count, textOf) => {
    const text = textOf(count);
    const { rules, mistakes } = parseRules(text, HOST);
    expect(
      costGrowth((each: string) => parseRules(each, HOST), textOf(count / 8), text),
    ).toBeLessThan(24);
    expect(rules).toBeUndefined();
    expect(mistakes.length).toBeGreaterThan(0);
    expect(mistakes.length).toBeLessThanOrEqual(20);
    for (const mistake of mistakes) expect(mistake.length).toBeLessThan(300);
  });

  it('never makes reading throw', () => {
    const piece = fc.constantFrom(
      ...['tick', 'link', ': ', ':\n  ', '\n', '- ', '[', ']', '{', '}', '"', "'", '&a', '*a', '|'],
      ...['!!binary', '%YAML 1.1\n', '---', '...', '#', '<<', '\t', '\u0000', '~', '1e9', '? '],
    );
    const noise = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 3 })));
    fc.assert(
      fc.property(noise, (pieces) => {
        const { rules, mistakes } = parseRules(pieces.join(''), HOST);
        expect(rules === undefined).toBe(mistakes.length > 0);
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('the docs of settings', () => {
  it.each(Object.entries(settingsDocs()))('%s says what the table says', (path, made) => {
    const written = readDoc(path);
    if (path.endsWith('.json')) expect(JSON.parse(written)).toEqual(JSON.parse(made));
    else expect(written).toBe(made);
  });

  it('show an example that can be used', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readDoc('docs/rules.md')) ?? [];
    expect(example).toContain('generate:');
    expect(parseRules(example, HOST).mistakes).toEqual([]);
  });
});
