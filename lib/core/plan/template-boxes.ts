import { fold } from '../identity/same-title.ts';
import { parseChecklist } from '../text/parse-checklist.ts';

/**
 * Tells whether the words of a box come from one of some issue templates: from the boxes of a Markdown template, or the
 * labels of an issue form, of which GitHub writes each option as a box.
 */
export function templateBoxes(templates: readonly string[]): (words: string) => boolean {
  const patterns = templates.flatMap(boxesOf);
  return (words) => {
    const folded = fold(words);
    return patterns.some((pattern) => pattern.test(folded));
  };
}

function boxesOf(template: string): readonly RegExp[] {
  const boxes = parseChecklist(template).items.map(({ text }) => text);
  const labels = [...template.matchAll(/^[ \t]*(?:- +)?label:[ \t]+(.+?)[ \t]*\r?$/gm)].map(
    ([, label = '']) => label.replace(/^(["'])(.*)\1$/, '$2'),
  );
  return [...boxes, ...labels].map(patternOf);
}

/** What our own template leaves open may be any words. */
function patternOf(box: string): RegExp {
  const parts = box.split(/\{(?:item|group|master)\}/).map((part) => fold(part));
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}
