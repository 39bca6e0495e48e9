import type { Element, ElementContent, Root, RootContent, Text } from 'hast';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/** What rendering asks about the world outside the text. */
export interface RenderContext {
  /** `owner/name` of the repository in which the text stands. */
  readonly repo: string;
  userExists(login: string): boolean;
  /** The issue or pull request behind a reference, when the reader may see it. */
  subject(repo: string, number: number): LinkedSubject | null;
}

/** An issue or pull request that a text links. */
export interface LinkedSubject {
  readonly id: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly isPull: boolean;
  readonly repo: string;
  readonly number: number;
}

// Raw HTML is passed through for these only, and without attributes other than href, src, alt, title,
// open: the bodies in tests may be hostile, and GitHub's own sanitizer would drop the rest too.
const HTML_TAG =
  /^<\/?(a|b|br|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|img|ins|kbd|li|ol|p|pre|q|s|samp|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var)\b[^>]*>/i;
const REFERENCE =
  /(?<![\w/#&])(?:([\w.-]+\/[\w.-]+)?#(\d+)|@([a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}))\b/gi;
const ISSUE_URL = /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/(\d+)$/;

/**
 * A body or comment as the HTML that GitHub's server sends: task lists as `li.task-list-item`, soft
 * line breaks kept (the rule of comments, unlike files), mentions and references linked, references
 * inside lists unfurled to the title. Unbalanced raw HTML is not repaired, unlike on GitHub.
 */
export function renderMarkdown(markdown: string, context: RenderContext): string {
  const processor = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(() => (tree: Root) => dressRoot(tree, context))
    .use(rehypeStringify, { allowDangerousHtml: true });
  return String(processor.processSync(markdown));
}

interface Surroundings {
  readonly context: RenderContext;
  readonly inList: boolean;
}

function dressRoot(tree: Root, context: RenderContext): Root {
  return { ...tree, children: dressChildren(tree.children, { context, inList: false }) };
}

function dressChildren<T extends RootContent | ElementContent>(
  children: readonly T[],
  around: Surroundings,
): T[] {
  return children.flatMap((child): T[] => {
    if (child.type === 'text') return dressText(child, around) as T[];
    if (child.type === 'element') return [dressElement(child, around) as T];
    if (child.type === 'raw') return [{ ...child, value: safeHtml(child.value) }];
    return [child];
  });
}

function dressElement(element: Element, around: Surroundings): Element {
  const { tagName } = element;
  if (tagName === 'code' || tagName === 'pre') return dressCode(element);
  if (tagName === 'a') return dressLink(element, around);
  if (tagName === 'input') return checkbox(element);
  const children = dressChildren(element.children, {
    ...around,
    inList: around.inList || tagName === 'li',
  });
  if (/^h[1-6]$/.test(tagName)) return heading(element, children);
  if (tagName === 'p') return { ...element, properties: { dir: 'auto' }, children };
  return { ...element, children };
}

function dressCode(element: Element): Element {
  if (element.tagName === 'code')
    return { ...element, properties: { ...element.properties, className: ['notranslate'] } };
  const box: Element = {
    type: 'element',
    tagName: 'div',
    properties: { className: ['highlight', 'notranslate', 'position-relative', 'overflow-auto'] },
    children: [{ ...element, properties: { className: ['notranslate'] } }],
  };
  return box;
}

function checkbox(element: Element): Element {
  const checked = element.properties.checked === true;
  return {
    ...element,
    properties: {
      type: 'checkbox',
      id: '',
      disabled: true,
      className: ['task-list-item-checkbox'],
      'aria-label': checked ? 'Completed task' : 'Incomplete task',
      ...(checked && { checked: true }),
    },
  };
}

function heading(element: Element, children: ElementContent[]): Element {
  const inner: Element = {
    ...element,
    properties: { className: ['heading-element'], dir: 'auto' },
    children,
  };
  return {
    type: 'element',
    tagName: 'div',
    properties: { className: ['markdown-heading'], dir: 'auto' },
    children: [inner],
  };
}

function dressLink(element: Element, around: Surroundings): Element {
  const href = String(element.properties.href ?? '');
  const [only] = element.children;
  const bare = element.children.length === 1 && only?.type === 'text' && only.value === href;
  const match = bare ? ISSUE_URL.exec(href) : null;
  if (match !== null) {
    const linked = reference(match[1] ?? '', Number(match[2]), around, href);
    if (linked !== null) return linked;
  }
  return { ...element, properties: { ...element.properties, rel: ['nofollow'] } };
}

function dressText(text: Text, around: Surroundings): ElementContent[] {
  const out: ElementContent[] = [];
  let from = 0;
  for (const match of text.value.matchAll(REFERENCE)) {
    const [whole, repo, number, login] = match;
    const node =
      login === undefined
        ? reference(repo ?? around.context.repo, Number(number), around, whole)
        : mention(login, around.context);
    if (node === null) continue;
    out.push(...withBreaks(text.value.slice(from, match.index)), node);
    from = match.index + whole.length;
  }
  return [...out, ...withBreaks(text.value.slice(from))];
}

/** In comments and issue bodies a line end is a line break. */
function withBreaks(value: string): ElementContent[] {
  if (value === '\n') return [{ type: 'text', value }];
  return value.split('\n').flatMap((line, index): ElementContent[] => {
    const text: ElementContent = { type: 'text', value: index === 0 ? line : `\n${line}` };
    if (index === 0) return line === '' ? [] : [text];
    return [{ type: 'element', tagName: 'br', properties: {}, children: [] }, text];
  });
}

function mention(login: string, context: RenderContext): Element | null {
  if (!context.userExists(login)) return null;
  return {
    type: 'element',
    tagName: 'a',
    properties: {
      className: ['user-mention', 'notranslate'],
      dataHovercardType: 'user',
      dataHovercardUrl: `/users/${login}/hovercard`,
      href: `https://github.com/${login}`,
    },
    children: [{ type: 'text', value: `@${login}` }],
  };
}

function reference(
  repo: string,
  number: number,
  around: Surroundings,
  text: string,
): Element | null {
  const subject = around.context.subject(repo, number);
  if (subject === null) return null;
  const shorthand =
    subject.repo === around.context.repo ? `#${number}` : `${subject.repo}#${number}`;
  if (!around.inList)
    return issueLink(subject, [
      { type: 'text', value: text.startsWith('http') ? shorthand : text },
    ]);
  const short: Element = {
    type: 'element',
    tagName: 'span',
    properties: { className: ['issue-shorthand'] },
    children: [{ type: 'text', value: shorthand }],
  };
  const link = issueLink(subject, [{ type: 'text', value: `${subject.title} ` }, short]);
  return {
    type: 'element',
    tagName: 'span',
    properties: { className: ['reference'] },
    children: [{ type: 'raw', value: stateIcon(subject) }, link],
  };
}

function issueLink(subject: LinkedSubject, children: ElementContent[]): Element {
  const path = `/${subject.repo}/${subject.isPull ? 'pull' : 'issues'}/${subject.number}`;
  return {
    type: 'element',
    tagName: 'a',
    properties: {
      className: ['issue-link', 'js-issue-link'],
      dataErrorText: 'Failed to load title',
      dataId: String(subject.id),
      dataPermissionText: 'Title is private',
      dataUrl: `https://github.com${path}`,
      dataHovercardType: subject.isPull ? 'pull_request' : 'issue',
      dataHovercardUrl: `${path}/hovercard`,
      href: `https://github.com${path}`,
    },
    children,
  };
}

/** GitHub's icon for a state, as inline SVG. */
export function stateIcon({ state, isPull }: Pick<LinkedSubject, 'state' | 'isPull'>): string {
  const name = isPull ? 'git-merge' : state === 'open' ? 'issue-opened' : 'issue-closed';
  return `<svg class="octicon octicon-${name} ${state}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${ICON_PATHS[name] ?? ''}</svg>`;
}

// Drawn here rather than copied: a ring with a dot, a ring with a tick, a fork.
const ICON_PATHS: Readonly<Record<string, string>> = {
  'issue-opened':
    '<circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="1.6"/><circle cx="8" cy="8" r="1.7" fill="currentColor"/>',
  'issue-closed':
    '<circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 8.2l2.1 2.1L11 6.3" fill="none" stroke="currentColor" stroke-width="1.6"/>',
  'git-merge':
    '<circle cx="4" cy="3" r="1.8" fill="none" stroke="currentColor" stroke-width="1.4"/><circle cx="4" cy="13" r="1.8" fill="none" stroke="currentColor" stroke-width="1.4"/><circle cx="12" cy="9" r="1.8" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M4 5v6M4 5c1 3 3 4 6 4" fill="none" stroke="currentColor" stroke-width="1.4"/>',
};

function safeHtml(html: string): string {
  return html.replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(/<[^>]*(?:>|$)/g, (tag) => {
    if (!HTML_TAG.test(tag)) return '';
    const name = /^<\/?([a-z\d]+)/i.exec(tag)?.[1] ?? '';
    if (tag.startsWith('</')) return `</${name}>`;
    const kept = [...tag.matchAll(/\s(href|src|alt|title|open)(?:="(?!javascript:)([^"<>]*)")?/gi)];
    return `<${name}${kept.map((match) => ` ${match[1]}="${match[2] ?? ''}"`).join('')}>`;
  });
}
