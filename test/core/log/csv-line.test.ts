import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../lib/core/log/csv-line.ts';

/** As spreadsheets read a file, by whatever separator the country or the user chose: text behind a quoted part belongs to its cell. */
function readCells(csv: string, separator: string): readonly string[] {
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)")?([^${separator}\\r\\n]*)([${separator}\\r\\n]|$)`,
    'gy',
  );
  return [...csv.matchAll(cell)].map(
    ([, quoted = '', behind = '']) => quoted.replaceAll('""', '"') + behind,
  );
}

/** What a spreadsheet that trims and normalizes would run. */
function isRun(cell: string): boolean {
  const seen = cell.normalize('NFKC').replace(/[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/gu, '');
  return /^[-=+@\u2212]/.test(seen);
}

const ALPHABET = [
  ...'=+-@＝＋－＠﹦\u2212⁺₌;,\t\r\n"\'|a1 \u00a0\ufeff\u200b\u200d\u202e\u2066\u2028\u0085\u3164\u{e0020}',
];

describe('a line of CSV', () => {
  it('quotes every cell, and doubles quotes', () => {
    expect(csvLine(['a', 'b, "c"\nd', '', 7])).toBe('"a","b, ""c""\nd","","7"\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', " '=1"],
    ['\u00a0=1', "\u00a0'=1"],
    ['\ufeff=1', "\ufeff'=1"],
    ['\u200b\u2060=1', "\u200b\u2060'=1"],
    ['\t=1', "\t'=1"],
    ['\r\n=1', "\r\n'=1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['a;=1', "a;'=1"],
    ['a\t =1', "a\t '=1"],
    ['a;"=1', 'a;"\'=1'],
  ])('lets no spreadsheet run %j', (text, safe) => {
    expect(csvLine([text])).toBe(`"${safe.replaceAll('"', '""')}"\r\n`);
  });

  it('leaves signs within words, and our own numbers, as they are', () => {
    expect(csvLine(['a-b = c, d+e @f', -1])).toBe('"a-b = c, d+e @f","-1"\r\n');
  });

  it('gives back any text where nothing could be run', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[-=+@\p{Sm}\uFF20\uFF0D\uFE63\uFE6B]/u.test(text));
        expect(readCells(csvLine([text, 'end']), ',').slice(0, 2)).toEqual([text, 'end']);
      }),
    );
  });

  it.each([',', ';', '\t'])('holds nothing to run for a spreadsheet that separates by %j', (by) => {
    const text = fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (cells) => {
        expect(readCells(csvLine(cells), by).filter(isRun)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
