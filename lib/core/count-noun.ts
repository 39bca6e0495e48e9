/** `1 issue`, `54 issues`, `1,500 issues`; `many` where an "s" does not make it. */
export function countNoun(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `54`, `1,500`. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

// `toLocaleString` makes one of these at each call: a tenth of the popup's opening.
const COUNT = new Intl.NumberFormat('en');
