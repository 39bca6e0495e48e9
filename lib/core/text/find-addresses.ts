import type { Inline, Link, Run } from './inline.ts';
import { paint } from './masks.ts';

/**
 * The inline text with addresses in plain text as links. GitHub links them everywhere; the parser leaves out those
 * behind an open bracket, and reads nothing of what is too long.
 */
export function withAddresses(inline: Inline): Inline {
  if (!inline.text.includes('://')) return inline;
  const taken = paint(
    inline.text.length,
    inline.links.map(({ at, length }) => [at, at + length]),
  );
  const runs = runFinder(inline.runs);
  const more = [...inline.text.matchAll(ADDRESS)].flatMap((match): Link[] => {
    const url = match[0].replace(/[.,:;!?'"*_~]{1,50}$/, '');
    const run = runs(match.index);
    const inside = run?.kind === 'plain' && match.index + url.length <= run.at + run.length;
    if (!inside || taken[match.index] === 1) return [];
    const start = run.start + (match.index - run.at);
    return [
      { at: match.index, length: url.length, start, end: start + url.length, url, bare: true },
    ];
  });
  if (more.length === 0) return inline;
  return { ...inline, links: [...inline.links, ...more].sort((a, b) => a.at - b.at) };
}

const ADDRESS = /(?<![A-Za-z\d])https?:\/\/[^\s<>()[\]\ue000-\ue00f]+/gi;

/** Looks up the run that covers an index, by halving. */
export function runFinder(runs: readonly Run[]): (index: number) => Run | undefined {
  return (index) => {
    let low = 0;
    for (let high = runs.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((runs[middle]?.at ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return runs[low];
  };
}
