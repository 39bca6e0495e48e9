import { fold } from '../../identity/same-title.ts';
import { listInWords } from '../../list-in-words.ts';
import type { IssueRef } from '../../refs.ts';
import { hashText } from '../../text/hash-text.ts';
import { parseChecklist } from '../../text/parse-checklist.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';
import type { PlanContext } from '../reconcile-context.ts';

interface OpenBoxes {
  readonly kind: 'open-boxes';
  readonly issue: IssueRef;
  /** Their words, in the order of the issue's text. */
  readonly boxes: readonly string[];
}

/** So many boxes are named. */
const MOST_NAMED = 3;

/**
 * Its issue was closed with open boxes of its own. Boxes that come with a template or an issue form do not count: nobody
 * wrote them for this issue. Neither do copies of the checklist's own items: those are ticked in the checklist.
 */
export const openBoxes = differenceKind<OpenBoxes>({
  kind: 'open-boxes',
  level: 'info',
  find: ({ link, isOwner }, context) => {
    const open = link?.now.state === 'closed' && isOwner ? (link.now.openBoxes ?? []) : [];
    if (link === undefined || open.length === 0) return [];
    const boxes = open.filter((box) => !isForeign(box, context));
    if (boxes.length === 0) return [];
    return [
      {
        finding: { kind: 'open-boxes', issue: link.now.ref, boxes },
        detail: hashText(boxes.join('\n')),
        choices: [LEAVE],
      },
    ];
  },
  words: ({ issue, boxes }, name) => {
    const named = boxes.slice(0, MOST_NAMED).map((box) => `"${box}"`);
    const more = boxes.length - named.length;
    const all = listInWords(more === 0 ? named : [...named, `${more} more`]);
    return `${name(issue)} was closed with ${boxes.length === 1 ? 'an open box' : 'open boxes'} of its own: ${all}`;
  },
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});

function isForeign(box: string, { facts, checklist }: PlanContext): boolean {
  const words = fold(box);
  return (
    checklist.items.some(({ text, title, subject }) =>
      [text, title, subject].some((own) => fold(own) === words),
    ) || facts.templates.some((template) => boxesOf(template).some((one) => one.test(words)))
  );
}

/** The boxes of a Markdown template, and the labels of an issue form: GitHub writes each option as a box with its label. */
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
