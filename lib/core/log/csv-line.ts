/**
 * One line of a CSV file (RFC 4180, CRLF), every cell quoted. What a spreadsheet could take for a formula gets an
 * apostrophe in front, also behind semicolons, tabs and line ends: many spreadsheets read these as separators.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : value.replace(PART, disarm);
  return `"${text.replaceAll('"', '""')}"`;
}

/** What may become a cell of its own, whatever the spreadsheet separates by. */
const PART = /[^;\t\r\n\v\f\u0085\u2028\u2029]+/g;

function disarm(part: string): string {
  return part.replace(FORMULA, "$1'$2");
}

/**
 * What spreadsheets run (OWASP, CSV injection), also in the full-width and small forms that some normalize, behind
 * quotes and whatever they trim or nobody sees.
 */
const FORMULA =
  /^((?:["\p{Z}\p{C}\p{Default_Ignorable_Code_Point}])*)([-=+@\u2212\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u207A-\u207C\u208A-\u208C])/u;
