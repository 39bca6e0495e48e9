import type { Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/**
 * The body with its n-th task (from 0, in document order) ticked or unticked, as GitHub's own
 * checkbox does it: one character changes. Null when there is no such task.
 */
export function withTask(body: string, index: number, checked: boolean): string | null {
  const starts = taskStarts(unified().use(remarkParse).use(remarkGfm).parse(body));
  const start = starts[index];
  if (start === undefined) return null;
  const box = /\[[ xX\t]\]/.exec(body.slice(start));
  if (box === null) return null;
  const at = start + box.index + 1;
  return `${body.slice(0, at)}${checked ? 'x' : ' '}${body.slice(at + 1)}`;
}

function taskStarts(node: Nodes): number[] {
  const own =
    node.type === 'listItem' && typeof node.checked === 'boolean'
      ? [node.position?.start.offset ?? 0]
      : [];
  const inner = 'children' in node ? node.children.flatMap((child) => taskStarts(child)) : [];
  return [...own, ...inner];
}
