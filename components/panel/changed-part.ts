/** Two texts taken apart where they differ. */
export interface ChangedPart {
  /** What both begin with. */
  readonly start: string;
  readonly before: string;
  readonly after: string;
  /** What both end with. */
  readonly end: string;
}

/** The shortest part in which two texts differ, in whole characters; both parts are empty where the texts are equal. */
export function changedPart(before: string, after: string): ChangedPart {
  const [was, is] = [[...before], [...after]];
  const most = Math.min(was.length, is.length);
  let start = 0;
  while (start < most && was[start] === is[start]) start += 1;
  let end = 0;
  while (end < most - start && was.at(-1 - end) === is.at(-1 - end)) end += 1;
  const middle = (text: readonly string[]) => text.slice(start, text.length - end).join('');
  return {
    start: was.slice(0, start).join(''),
    before: middle(was),
    after: middle(is),
    end: was.slice(was.length - end).join(''),
  };
}
