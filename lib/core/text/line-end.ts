/** The text's own kind of line end, for what is added at its end. */
export function lineEndFor(markdown: string): string {
  // Behind a lone carriage return a line feed would make one line end of the two.
  if (markdown.endsWith('\r')) return '\r';
  return /\r\n|\n|\r/.exec(markdown)?.[0] ?? '\n';
}

/** The line end right before an offset; '' at the start of the text. */
export function lineEndBefore(markdown: string, offset: number): string {
  if (markdown.slice(offset - 2, offset) === '\r\n') return '\r\n';
  return offset > 0 ? markdown.slice(offset - 1, offset) : '';
}
