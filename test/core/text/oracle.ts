import type { ListItem, Nodes, Root } from 'mdast';
import type { CompileContext, Extension, Token } from 'mdast-util-from-markdown';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** A task as remark-parse with remark-gfm finds it, narrowed to GitHub's rule for issue bodies. */
export interface OracleTask {
  readonly boxOffset: number;
  readonly checked: boolean;
}

/** All tasks of a text: offsets of the boxes in the original string, and their states. */
export function oracleTasks(markdown: string): OracleTask[] {
  const shift = markdown.startsWith('\ufeff') ? 1 : 0;
  const tasks: OracleTask[] = [];
  const collect = (node: Nodes): void => {
    const box = (node as ListItem & { box?: number }).box;
    if (box !== undefined && isInBodies(markdown, box + shift)) {
      tasks.push({ boxOffset: box + shift, checked: (node as ListItem).checked === true });
    }
    if ('children' in node) for (const child of node.children) collect(child);
  };
  collect(PROCESSOR.parse(markdown) as Root);
  return tasks;
}

/** GitHub's comments take a task only with blank or x in the box and something behind it on the same line. */
function isInBodies(markdown: string, box: number): boolean {
  return /^\[[ \txX]\][ \t]+[^ \t\r\n]/.test(markdown.slice(box - 1, box + 2_000));
}

/** Notes the offset of the box, which remark's tree leaves out. */
function noteBox(this: CompileContext, token: Token): undefined {
  const item = this.stack.at(-2) as ListItem & { box?: number };
  item.box = token.start.offset;
  item.checked = (token.type as string) === 'taskListCheckValueChecked';
}

const NOTE: Extension = {
  exit: { taskListCheckValueChecked: noteBox, taskListCheckValueUnchecked: noteBox },
};

const PROCESSOR = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(function note() {
    const data = this.data() as { fromMarkdownExtensions?: Extension[] };
    data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), NOTE];
  })
  .freeze();
