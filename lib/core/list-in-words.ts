/** `#1`, `#1 and #2`, `#1, #2 and #3`; '' for none. */
export function listInWords(names: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${joint} ${last}`;
}
