/** `1 item`, `2 items`; `many` where an "s" does not make it. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
