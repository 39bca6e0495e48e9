import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../lib/core/failures.ts';
import { describeCloseTime, describeShare } from '../../../lib/core/metrics/describe-metrics.ts';
import { foldMetrics } from '../../../lib/core/metrics/metrics.ts';
import { metricsCsv, metricsJson } from '../../../lib/core/metrics/metrics-files.ts';
import {
  literalCell,
  metricsMarkdown,
  summaryMarkdown,
} from '../../../lib/core/metrics/metrics-markdown.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { itemText } from '../text/markdown-arbitrary.ts';
import { CALENDAR, event, issue, NOTHING, PLAN } from './samples.ts';

const TITLE = '=cmd|"x"@bob';

const METRICS = foldMetrics(
  {
    checklists: [{ key: PLAN, title: TITLE }],
    issues: [
      issue(2, '2026-11-16T08:00:00Z', '2026-11-17T08:00:00Z'),
      issue(3, '2026-11-19T08:00:00Z'),
    ],
    events: [
      event(
        '2026-11-18T08:00:00Z',
        { by: 'background', what: 'sync' },
        { kind: 'remark', notice: failure('offline') },
      ),
    ],
    reconciles: [
      {
        key: PLAN,
        checkedAt: 0,
        nightlyAt: undefined,
        left: 2,
        kinds: { orphan: 2 },
        failure: undefined,
      },
    ],
    counters: [{ day: '2026-11-20', counts: { requests: 3, points: 1 } }],
  },
  CALENDAR,
);
const EMPTY = foldMetrics(NOTHING, CALENDAR);

describe('metrics as CSV', () => {
  it('have one number per line', () => {
    const lines = metricsCsv(METRICS).split('\r\n');
    expect(lines[0]).toBe('"measure","of","date","value","unit"');
    expect(lines).toEqual(
      expect.arrayContaining([
        '"total","","2026-11-18","1","issues"',
        '"closed","","2026-11-17","1","issues"',
        '"time to close","median","","86400000","ms"',
        '"closed in week","completed","2026-11-16","1","issues"',
        '"runs in week","Sync","2026-11-16","1","runs"',
        '"differences left","issues without an item","","2","differences"',
        '"failures","Sync: offline","2026-11-18T08:00:00.000Z","1","failures"',
        '"use of GitHub","requests","2026-11-20","3","requests"',
      ]),
    );
  });

  it('let no spreadsheet run a title', () => {
    expect(metricsCsv(METRICS)).toContain(`,"'=cmd|""x""@bob (${PLAN})",`);
  });

  it('have no lines of what is not known', () => {
    expect(metricsCsv(EMPTY)).toBe('"measure","of","date","value","unit"\r\n');
  });
});

describe('metrics as JSON', () => {
  it('give back every figure', () => {
    const file = JSON.parse(metricsJson(METRICS));
    const { madeAt, ...rest } = METRICS;
    const head = { format: 'masterlist-metrics', version: 1, madeAt: '2026-11-20T12:00:00.000Z' };
    expect(file).toEqual({ ...head, ...rest });
  });

  it('have null for what could not be measured', () => {
    const { closeTimes } = JSON.parse(metricsJson(EMPTY));
    expect(closeTimes).toEqual({ count: 0, medianMs: null, ninetiethMs: null });
  });
});

describe('metrics as Markdown', () => {
  it('are short tables', () => {
    expect(metricsMarkdown(METRICS)).toBe(
      [
        '| Figures of 2026-11-20 |  |',
        '| --- | --- |',
        '| Issues closed | 1 of 2 (50 %) |',
        '| Closed in the week of 2026-11-16 | 1 |',
        '| Median time to close | 24 h |',
        '| 90th percentile | 24 h |',
        '| Differences left | 2 |',
        '| Differences settled | 0 |',
        '| Failures | 1 |',
        '',
        '| Checklist | Issues closed |',
        '| --- | --- |',
        '| \\=cmd\\|\\"x\\"\\@&#8203;bob | 1 of 2 (50 %) |',
        '',
      ].join('\n'),
    );
  });

  it('hold in the posted summary no text of other people', () => {
    const summary = summaryMarkdown(METRICS);
    expect(summary).not.toContain('bob');
    expect(summary).not.toMatch(/[@#<[]/);
    expect(summaryMarkdown(EMPTY)).toContain('| Issues closed | none |');
  });

  it.each([
    ['a | b\r\n| c', 'a \\| b \\| c'],
    ['[x](javascript:1)', '\\[x\\]\\(javascript\\:1\\)'],
    ['closes #5, GH-6', 'closes \\#&#8203;5\\, GH-&#8203;6'],
    ['<!-- masterlist:map -->', '\\<\\!-- masterlist\\:map --\\>'],
    ['https://x.y www.x.y', 'https\\:&#8203;\\/\\/x\\.y www&#8203;\\.x\\.y'],
    ['a\u202eb\u0000', 'ab'],
  ])('show the title %j letter by letter', (title, cell) => {
    expect(literalCell(title)).toBe(cell);
  });

  it('make of no title a task, a reference or a mention', () => {
    fc.assert(
      fc.property(itemText, (title) => {
        const cell = literalCell(title);
        expect(cell).not.toMatch(/[\r\n]|(?<!\\)[|`<[\]]|(?<!&)[@#](?!&#8203;)(?=\w)/);
        // As an item, because there references are looked for.
        const [item] = parseChecklist(`- [ ] x ${cell} x`).items;
        expect(item?.references).toEqual([]);
        expect(item?.mentions).toEqual([]);
      }),
    );
  });
});

describe('words for figures', () => {
  it.each([
    [undefined, 'none yet'],
    [1_000, '1 min'],
    [40 * 60_000, '40 min'],
    [5 * 3_600_000, '5 h'],
    [3.5 * 86_400_000, '3.5 days'],
    [12.4 * 86_400_000, '12 days'],
  ])('%s ms are %j', (ms, words) => {
    expect(describeCloseTime(ms)).toBe(words);
  });

  it('call nothing done that is not', () => {
    expect(describeShare(999, 1_000)).toBe('999 of 1000 (99 %)');
    expect(describeShare(2, 2)).toBe('2 of 2 (100 %)');
  });
});
