/** A text of at most `limit` characters: cut behind a whole line where there is one, and marked with `…`. */
export function cutLines(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const start = text.slice(0, limit - 2);
  const end = start.lastIndexOf('\n');
  const kept = end > 0 ? start.slice(0, end) : start.replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}\n…`;
}
