import { describe, expect, it } from 'vitest';
import { linksOfItems } from '../../../lib/core/identity/asked-issues.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { MASTER, ref } from './build-sync.ts';

const linksOf = (text: string, map: ReadonlyMap<string, ReturnType<typeof ref>> = new Map()) =>
  linksOfItems(parseChecklist(text), MASTER, { entries: map, asked: new Map() });

describe('what GitHub is asked about', () => {
  it.each([
    ['the link', '- [ ] Write docs (closes #12)', [ref(12)]],
    ['what stands behind it', '- [ ] Write docs (closes #12) (#8, #9)', [ref(12), ref(8), ref(9)]],
    ['an issue elsewhere', '- [ ] octo/other#12 Write docs', [ref(12, 'octo/other')]],
    [
      'an address, once',
      '- [ ] #12 Docs https://github.com/Octo/plan/issues/12',
      [ref(12, 'Octo/plan')],
    ],
    ['no mention', '- [ ] Write docs, see #12', []],
    ['no discussion', '- [ ] Docs https://github.com/octo/plan/discussions/3', []],
    ['not the master itself', '- [ ] Write docs (#1)', []],
    ['no other host', '- [ ] Docs https://ghe.example.com/octo/plan/issues/12', []],
  ])('is %s', (_, text, refs) => {
    expect(linksOf(text)).toEqual([refs]);
  });

  it('is also what the hidden map says', () => {
    const text = '- [ ] Write docs\n- [ ] Other (#12)\n- [ ] Third';
    const [first, second] = parseChecklist(text).items;
    const map = new Map([
      [first?.key ?? '', ref(5)],
      [second?.key ?? '', ref(12)],
    ]);
    expect(linksOf(text, map)).toEqual([[ref(5)], [ref(12)], []]);
  });
});
