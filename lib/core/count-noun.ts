/** `1 issue`, `54 issues`, `1,500 issues`. */
export function countNoun(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `54`, `1,500`. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

// `toLocaleString` makes one of these at each call: a tenth of the popup's opening.
const COUNT = new Intl.NumberFormat('en');
