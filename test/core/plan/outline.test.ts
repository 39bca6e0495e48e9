import { describe, expect, it } from 'vitest';
import {
  changedTogether,
  firstPart,
  isTakenTogether,
  type OutlineNode,
  type OutlineRow,
  outlineOf,
  tallyRows,
} from '../../../lib/core/plan/outline.ts';
import type { GenerationRow } from '../../../lib/core/plan/plan-generation.ts';
import { planRows } from '../../../lib/core/plan/plan-rows.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { buildFacts, RUN } from './build-facts.ts';

type Levels = 'leaves' | 'all' | 'top';

function rowsOf(markdown: string, levels: Levels = 'leaves'): readonly GenerationRow[] {
  const options = { ...DEFAULT_PREFERENCES.generation, levels };
  return planRows(buildFacts(markdown), parseChecklist(markdown).items, options, RUN).rows;
}

/** Headings with a colon, items by their text, each with the rows that it holds. */
function drawn(nodes: readonly OutlineNode[], indent = ''): readonly string[] {
  return nodes.flatMap((node) => [
    `${indent}${node.label}${node.at === undefined ? ':' : ''} ${node.from}-${node.to}`,
    ...drawn(node.children, `${indent}  `),
  ]);
}

function outline(markdown: string): readonly string[] {
  return drawn(outlineOf(rowsOf(markdown)));
}

function shown(
  rows: readonly GenerationRow[],
  change: (row: GenerationRow) => Partial<OutlineRow> = () => ({}),
): readonly OutlineRow[] {
  return rows.map((row) => ({
    row,
    selected: row.selected,
    shown: true,
    together: isTakenTogether(row, false),
    ...change(row),
  }));
}

describe('the outline of a plan', () => {
  it('is in document order, under headings, labels and parent items', () => {
    const text = `
- [ ] Before all
# Release
## Windows
Drivers:
- [ ] Sign
- [ ] Pack
  - [ ] Zip
  - [ ] Installer

    Languages:
    - [ ] German
## macOS
- [ ] Notarize
`;
    expect(outline(text)).toEqual([
      'Before all 0-1',
      'Release: 1-7',
      '  Windows: 1-6',
      '    Drivers: 1-6',
      '      Sign 1-2',
      '      Pack 2-6',
      '        Zip 3-4',
      '        Installer 4-6',
      '          Languages: 5-6',
      '            German 5-6',
      '  macOS: 6-7',
      '    Notarize 6-7',
    ]);
  });

  it('keeps apart groups of the same name that others separate', () => {
    const text = `
# A
## Tests
- [ ] One
# B
## Tests
- [ ] Two
# A
- [ ] Three
`;
    expect(outline(text)).toEqual([
      'A: 0-1',
      '  Tests: 0-1',
      '    One 0-1',
      'B: 1-2',
      '  Tests: 1-2',
      '    Two 1-2',
      'A: 2-3',
      '  Three 2-3',
    ]);
  });

  it('puts sub-items below a parent without words, and below one that ends with a colon', () => {
    const text = '# Plan\n- [ ] #12\n  - [ ] One\n- [ ] Docs:\n  - [ ] Two\n';
    expect(outline(text)).toEqual([
      'Plan: 0-4',
      '  #12 0-2',
      '    One 1-2',
      '  Docs: 2-4',
      '    Two 3-4',
    ]);
  });

  it('takes bullets without a box as groups', () => {
    expect(outline('- Server\n  - [ ] Start\n  - [ ] Stop\n')).toEqual([
      'Server: 0-2',
      '  Start 0-1',
      '  Stop 1-2',
    ]);
  });

  it('of rows that an earlier version stored is a flat list', () => {
    const old = rowsOf('# A\n- [ ] One\n  - [ ] Two\n').map(
      ({ parent: _, path: __, ...row }) => row,
    );
    expect(drawn(outlineOf(old))).toEqual(['One 0-1', 'Two 1-2']);
  });

  it('of nothing is nothing', () => {
    expect(outlineOf([])).toEqual([]);
  });
});

describe('what of a group is selected', () => {
  const rows = rowsOf('# A\n- [ ] One\n- [x] Done\n- [ ] Two\n  - [ ] Three\n');

  it('is counted without items that only group others', () => {
    expect(tallyRows(shown(rows))).toEqual({ selected: 2, of: 3, box: 'all' });
  });

  it('is some, or none', () => {
    const some = shown(rows, ({ text }) => (text === 'One' ? { selected: false } : {}));
    expect(tallyRows(some)).toEqual({ selected: 1, of: 3, box: 'some' });
    const none = shown(rows, () => ({ selected: false }));
    expect(tallyRows(none)).toEqual({ selected: 0, of: 3, box: 'none' });
  });

  it('is of the shown rows alone', () => {
    const only = shown(rows, ({ checked }) => ({ shown: checked, together: checked }));
    expect(tallyRows(only)).toEqual({ selected: 0, of: 1, box: 'none' });
  });

  it('has no checkbox where nothing can be selected', () => {
    const top = rowsOf('- [ ] One\n  - [ ] Two\n  - [ ] Three\n', 'top');
    expect(tallyRows(shown(top.slice(1)))).toEqual({ selected: 0, of: 0, box: undefined });
  });
});

describe('selecting many rows at once', () => {
  const texts = (rows: readonly GenerationRow[]) => rows.map(({ text }) => text);

  it('leaves out what the plan skips, and each row of which an issue may exist', () => {
    const text = '- [ ] One\n- [x] Done\n- [ ] Look at acme/other#7 and report\n- [ ] Two\n';
    const none = shown(rowsOf(text), () => ({ selected: false }));
    expect(texts(changedTogether(none, true))).toEqual(['One', 'Two']);
  });

  it('takes skipped rows where they alone are shown, but none of which an issue may exist', () => {
    const rows = rowsOf('- [x] Done\n- [ ] Look at acme/other#7 and report\n- [ ] ~~Gone~~\n');
    const skipped = shown(rows, (row) => ({ together: isTakenTogether(row, true) }));
    expect(texts(changedTogether(skipped, true))).toEqual(['Done', 'Gone']);
  });

  it('takes items that may be packages or teams', () => {
    const rows = rowsOf('- [ ] @octo-org/cli\n- [ ] @octo-org/core\n');
    expect(changedTogether(shown(rows), true).length).toBe(
      rows.filter(({ reason }) => reason.kind === 'package-or-team').length,
    );
  });

  it('unselects whatever is selected and shown', () => {
    const all = shown(rowsOf('- [ ] One\n- [x] Done\n- [ ] Two\n'), ({ text }) => ({
      selected: true,
      shown: text !== 'Two',
    }));
    expect(texts(changedTogether(all, false))).toEqual(['One', 'Done']);
  });
});

describe('the first part of a plan that is too large', () => {
  const section = (name: string, items: number) =>
    `# ${name}\n${Array.from({ length: items }, (_, at) => `- [ ] ${name} ${at}\n`).join('')}\n`;
  const part = (markdown: string, room: number, change: Partial<GenerationRow> = {}) => {
    const rows = rowsOf(markdown).map((row) => ({ ...row, ...change }));
    return firstPart(
      outlineOf(rows),
      rows.map(({ selected }) => selected),
      room,
    );
  };

  it('is as many sections as have room', () => {
    const text = section('Windows', 40) + section('macOS', 47) + section('Linux', 30);
    expect(part(text, 100)).toEqual({
      names: ['Windows', 'macOS'],
      items: false,
      from: 0,
      to: 87,
      count: 87,
    });
  });

  it('is made of the parts of a section that is too large itself', () => {
    const text = `# All\n${section('One', 5).replace('#', '##')}${section('Two', 9).replace('#', '##')}`;
    expect(part(text, 8)).toEqual({ names: ['One'], items: false, from: 0, to: 5, count: 5 });
  });

  it('is items where there are no groups', () => {
    const text = Array.from({ length: 9 }, (_, at) => `- [ ] Item ${at}\n`).join('');
    expect(part(text, 4)).toEqual({ names: [], items: true, from: 0, to: 4, count: 4 });
  });

  it('names the groups among items that have none', () => {
    const text = `- [ ] Before\n${section('One', 2)}${section('Two', 2)}`;
    expect(part(text, 4)).toEqual({ names: ['One'], items: true, from: 0, to: 3, count: 3 });
  });

  it('passes sections in which nothing is selected', () => {
    const text = `# Done\n- [x] One\n${section('Next', 3)}`;
    expect(part(text, 3)).toEqual({ names: ['Next'], items: false, from: 1, to: 4, count: 3 });
  });

  it('is nothing where there is no room, or nothing selected', () => {
    expect(part(section('Windows', 3), 0)).toBeUndefined();
    expect(part(section('Windows', 3), 9, { selected: false })).toBeUndefined();
  });
});
