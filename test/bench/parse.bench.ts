import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { applyEdits } from '../../lib/core/text/apply-edits.ts';
import { type Checklist, type Item, locatorOf } from '../../lib/core/text/checklist.ts';
import type { Edit } from '../../lib/core/text/edit.ts';
import { readChecklist } from '../../lib/core/text/parse-checklist.ts';
import { DEFAULT_PLACEHOLDER } from '../../lib/core/text/placeholder.ts';
import type { Report } from './run.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'plan' };
const REMARK = unified().use(remarkParse).use(remarkGfm).freeze();

/**
 * Reading and editing: 100, 1,000 and 5,000 items of everyday kinds, against remark-parse with remark-gfm in
 * interleaved runs, then hostile texts of half and of full size. Times are medians in milliseconds.
 */
export async function benchParse(report: Report): Promise<void> {
  const growth = benchGrowth();
  benchCount(100);
  const thousand = benchCount(1_000);
  benchCount(5_000);
  report('parse-1000-vs-remark-gfm', thousand.parse / thousand.remark, 'ratio', '<= 0.5');
  report('parse-growth-1000-to-5000', growth, 'ratio', '<= 1.3');
  report('edits-1000', thousand.edits, 'ms', '<= 20');
  for (const [name, shape] of Object.entries(HOSTILE)) benchHostile(name, shape);
}

/** Anew each time, as a text that nobody has read yet. */
function read(markdown: string): Checklist {
  return readChecklist(markdown, DEFAULT_PLACEHOLDER);
}

/** Time of 5,000 items against five times that of 1,000, without the other parser's garbage between. */
function benchGrowth(): number {
  const [small, large] = [textOf(1_000), textOf(5_000)];
  const [once = 0, five = 0] = interleave(15, [() => read(small), () => read(large)]);
  return five / once / 5;
}

interface Row {
  readonly parse: number;
  readonly remark: number;
  readonly edits: number;
}

function benchCount(count: number): Row {
  const markdown = textOf(count);
  const checklist = read(markdown);
  if (checklist.items.length !== count) throw new Error(`${checklist.items.length} items read`);
  const edits = checklist.items.map(linkEdit);
  const [parse, remark, edit, whole] = interleave(count > 1_000 ? 7 : 21, [
    () => read(markdown),
    () => REMARK.parse(markdown),
    () => applyEdits(markdown, edits, { repo: REPO, checklist }),
    () => applyEdits(markdown, edits, { repo: REPO, checklist: read(markdown) }),
  ]);
  const shown = { parse, 'remark-gfm': remark, edits: edit, 'edits with parse': whole };
  console.log(`  ${count} items (${markdown.length} characters): ${inMilliseconds(shown)}`);
  return { parse: parse ?? 0, remark: remark ?? 0, edits: edit ?? 0 };
}

function linkEdit(item: Item, index: number): Edit {
  const issue = { repo: REPO, number: 5_000 + index };
  return { kind: 'link', item: locatorOf(item), issue, style: 'closes' };
}

/** Of ten items: code, a mention, references, a short one, a ticked one, emphasis, a link, plain text, content below. */
function textOf(count: number): string {
  const kinds = [
    (n: number) => `- [ ] Check \`level()\` of mast ${n} (#PR_NUMBER)`,
    (n: number) => `- [ ] Ask @harbour${n} what is missing`,
    (n: number) => `- [ ] Restart service ${n} twice (#${n + 1})`,
    (n: number) => `- [ ] log ${n}`,
    (n: number) => `- [x] Done in week ${n} of the trial`,
    (n: number) => `- [ ] Fill the disk of gateway ${n} (closes #${n + 1}) (#${n + 2})`,
    (n: number) => `- [ ] Write a note for shift ${n}`,
    (n: number) => `- [ ] Compare **day** ${n} with [it](https://a.io/${n})`,
    (n: number) => `- [ ] Install package ${n} anew\n  - from a disk`,
    (n: number) => `- [ ] Read the battery of mast ${n}`,
  ];
  const lines: string[] = ['# Test plan\n'];
  for (let index = 0; index < count; index++) {
    if (index % 25 === 0) lines.push(`\n## Part ${index / 25}\n\nWorkflow actions:\n`);
    lines.push(kinds[index % kinds.length]?.(index) ?? '');
  }
  return lines.join('\n');
}

const FULL = 65_000;

/** Texts made to be slow, by size. */
const HOSTILE: Readonly<Record<string, (size: number) => string>> = {
  'quotes in quotes': (size) => fill('> ', size),
  'lists in lists': (size) => `${fill('- ', size)}x`,
  'lists indented by tabs': (size) => staircase('\t', size),
  'emphasis a**b': (size) => `- [ ] ${fill('a**b', size)}`,
  'strikes ~a~~b': (size) => `- [ ] ${fill('~a~~b', size)}`,
  'links [a](': (size) => `- [ ] ${fill('[a](', size)}`,
  'footnotes [^1]': (size) => `- [ ] ${fill('[^1] ', size)}`,
  'many items of a**b': (size) => fill(`- [ ] ${fill('a**b', 3_900)}\n`, size),
  'items with tabs': (size) => fill('-\t[ ]\tx\r\n', size),
  definitions: (size) => fill('[a]: u\n', size),
  'open comments': (size) => fill('- [ ] <!--\n', size),
  'open fences': (size) => fill('- ```\n', size),
  'table rows': (size) => `a|b\n-|-\n${fill('a|b\n', size)}`,
  'lazy lines': (size) => `> a\n${fill('b\n', size)}`,
  headings: (size) => fill('a\n===\n', size),
  references: (size) => `- [ ] ${fill('(#1) ', size)}`,
  blanks: (size) => `- [ ] a${fill(' ', size)}b`,
};

function benchHostile(name: string, shape: (size: number) => string): void {
  const [half = 0, full = 0] = interleave(3, [
    () => read(shape(FULL / 2)),
    () => read(shape(FULL)),
  ]);
  console.log(`  hostile ${name}: ${inMilliseconds({ 'half size': half, 'full size': full })}`);
}

function fill(part: string, size: number): string {
  return part.repeat(Math.max(1, Math.floor(size / part.length)));
}

function staircase(indent: string, size: number): string {
  let text = '';
  for (let depth = 0; text.length < size; depth++) text += `${indent.repeat(depth)}- x\n`;
  return text;
}

/** Medians of runs that take turns, so that a busy machine is equally unfair to all. */
function interleave(runs: number, jobs: readonly (() => unknown)[]): number[] {
  const times = jobs.map((): number[] => []);
  for (let run = -3; run < runs; run++) {
    for (const [index, job] of jobs.entries()) {
      const start = performance.now();
      job();
      if (run >= 0) times[index]?.push(performance.now() - start);
    }
  }
  return times.map(median);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function inMilliseconds(values: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value?.toFixed(1)} ms`)
    .join(', ');
}
