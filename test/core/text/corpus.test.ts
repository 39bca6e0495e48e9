import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import type { Checklist, Item } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { oracleTasks } from './oracle.ts';

/** Documents that strangers wrote stand beside the repository where it is developed, or where the variable says. */
const CORPUS =
  process.env.MASTERLIST_CORPUS ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus');
const PRESENT = existsSync(join(CORPUS, 'real'));
if (!PRESENT)
  console.warn('The corpus is not here (set MASTERLIST_CORPUS): its tests are skipped.');

const REPO = { host: 'github.com', owner: 'octo', name: 'plan' };
const FIRST_NUMBER = 900_000;

interface Example {
  readonly markdown: string;
}

const documents = PRESENT ? readdirSync(join(CORPUS, 'real')).sort() : [];
const read = (name: string): string => readFileSync(join(CORPUS, 'real', name), 'utf8');
const examples = (name: string): Example[] =>
  JSON.parse(readFileSync(join(CORPUS, 'spec', name), 'utf8')) as Example[];

function tasks({ items }: Checklist): { boxOffset: number; checked: boolean }[] {
  return items.map(({ boxOffset, checked }) => ({ boxOffset, checked }));
}

function links(items: readonly Item[]): Edit[] {
  return items.map((item) => ({
    kind: 'link',
    item,
    issue: { repo: REPO, number: FIRST_NUMBER + item.index },
    style: 'closes',
  }));
}

describe.skipIf(!PRESENT)('the corpus', { timeout: 120_000 }, () => {
  it('is read as remark-parse with remark-gfm reads it, also with other line ends and in quotes', () => {
    let found = 0;
    for (const name of documents) {
      const markdown = read(name);
      const forms = [markdown, markdown.replace(/\r?\n/g, '\r\n'), markdown.replace(/^/gm, '> ')];
      for (const form of forms) {
        const checklist = parseChecklist(form);
        expect(checklist.refused, name).toBeUndefined();
        expect(tasks(checklist), name).toEqual(oracleTasks(form));
      }
      found += tasks(parseChecklist(markdown)).length;
    }
    expect(found).toBe(2_315);
  });

  it('has its spec examples read as remark-parse with remark-gfm reads them', () => {
    const recorded = JSON.parse(
      readFileSync(join(CORPUS, 'spec', 'github-recorded-basic.json'), 'utf8'),
    ) as Example;
    const all = ['commonmark-spec', 'gfm-spec', 'gfm-extensions', 'gfm-regression']
      .flatMap((name) => examples(`${name}.json`))
      .concat(recorded);
    expect(all.length).toBeGreaterThan(1_000);
    for (const { markdown } of all) {
      for (const form of [markdown, `- [ ] t\n${markdown}`, `- [x] ${markdown}`]) {
        expect(tasks(parseChecklist(form)), JSON.stringify(form)).toEqual(oracleTasks(form));
      }
    }
  });

  it('gives the verdicts on the probes', () => {
    const rows = readFileSync(join(CORPUS, 'spec', 'probes.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    expect(rows.length).toBe(91);
    for (const row of rows) {
      const fields = row.split('\t');
      const markdown = JSON.parse(fields.at(-1) ?? '') as string;
      const verdict = parseChecklist(markdown)
        .items.map(({ boxOffset, checked }) => {
          const line = markdown.slice(0, boxOffset).split(/\r\n|\r|\n/).length;
          return `${line}${checked ? 'x' : '_'}`;
        })
        .join(' ');
      expect(verdict || '·', fields[0]).toBe(fields[3]);
    }
  });

  it('takes all links at once, keeps every other byte, and gives them back', () => {
    for (const name of documents) {
      const markdown = read(name);
      const { items } = parseChecklist(markdown);
      const linked = applyEdits(markdown, links(items), { repo: REPO });
      const without = linked.markdown.replace(/ ?\(closes #9\d{5}\)/g, '');
      expect(linked.missed, name).toEqual([]);
      expect(without, name).toBe(markdown);
      const again = parseChecklist(linked.markdown).items;
      expect(
        again.map(({ key }) => key),
        name,
      ).toEqual(items.map(({ key }) => key));
      expect(
        again.map(({ references, index }) =>
          references.some((one) => one.role === 'link' && one.number === FIRST_NUMBER + index),
        ),
      ).toEqual(items.map(() => true));
      const inverses = linked.applied.flatMap(({ inverse }) => inverse ?? []).reverse();
      expect(applyEdits(linked.markdown, inverses, { repo: REPO }).markdown, name).toBe(markdown);
    }
  });

  it('ticks any item by one character', () => {
    for (const name of documents) {
      const markdown = read(name);
      const checklist = parseChecklist(markdown);
      const open = checklist.items.filter((item) => !item.checked);
      for (const item of open.filter((_, index) => index % 7 === 0)) {
        const edit: Edit = { kind: 'tick', item };
        const ticked = applyEdits(markdown, [edit], { repo: REPO, checklist }).markdown;
        const at = item.boxOffset;
        expect(ticked, name).toBe(`${markdown.slice(0, at)}x${markdown.slice(at + 1)}`);
      }
    }
  });

  it('is read at every prefix without an error', () => {
    const short = documents.filter((name) => read(name).length < 1_500).slice(0, 4);
    for (const name of short) {
      const markdown = read(name);
      for (let end = 0; end <= markdown.length; end++) {
        const prefix = markdown.slice(0, end);
        expect(tasks(parseChecklist(prefix)).length).toBe(oracleTasks(prefix).length);
      }
    }
    expect(short.length).toBeGreaterThan(0);
  });
});
