/**
 * Whether a branch is one of those that the patterns name; `*` stands for any characters, also `/`. Not by a regular
 * expression: patterns come from a file, and many stars would take for ever.
 */
export function matchesBranch(branch: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesPattern(branch, pattern));
}

function matchesPattern(branch: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return branch === pattern;
  if (!branch.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = branch.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return branch.length - last.length >= at && branch.endsWith(last);
}
