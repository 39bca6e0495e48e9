import type { Match } from './difference.ts';

/** Short words for how an item found its issue. */
export function describeMatch(how: Match['how']): string {
  return WORDS[how];
}

const WORDS: Readonly<Record<Match['how'], string>> = {
  link: 'link',
  hand: 'by hand',
  marker: 'marker',
  title: 'title',
  block: 'hidden block',
  none: 'nothing',
};
