/** The only file that knows GitHub's selectors: newest first, each with the date it was last seen to hold. */
import { type IssueRef, parseIssueUrl, sameIssue } from '../../lib/core/refs.ts';

const SELECTORS = {
  /** The issue's own text with its header; never a comment. */
  body: ['[data-testid="issue-body"]' /* 2026-09-24 */, '.react-issue-body' /* 2025-07-20 */],
  /** Link to the issue itself, `…/issues/12#issue-3000000001`. */
  identity: [
    '[data-testid="issue-body-header-link"]' /* 2026-09-24 */,
    '[class*="IssueBodyHeader-module"] a[href*="#issue-"]' /* 2025-07-20 */,
  ],
  viewer: [
    '[data-testid="issue-body-viewer"]' /* 2026-09-24 */,
    '#issue-body-viewer' /* 2025-07-20 */,
  ],
  /** Rendered Markdown; two are nested, the innermost holds the text. */
  text: ['.markdown-body' /* 2026-09-24 */],
  /** Stands where the viewer stood while the text is edited. */
  editor: ['[class*="MarkdownEditor-module__container"]' /* 2026-08-19 */],
  /** The rendered text of a row, once React has rebuilt the list. */
  rowText: ['[class*="TaskListItem-module__task-list-html"]' /* 2026-09-14 */],
  /** Holds the server's HTML until React takes over; then it has the class `loaded`. */
  app: ['react-app' /* 2025-07-20 */],
} as const;

const BOX = 'input[type="checkbox"]'; // 2026-09-24

/** An issue as it stands on the page. */
export interface ShownIssue {
  readonly issue: IssueRef;
  readonly body: Element;
  /** The rendered text; undefined while it is edited. */
  readonly text: Element | undefined;
  /** One per task item, in order. */
  readonly boxes: readonly Element[];
  readonly editing: boolean;
}

/** Where a node of ours stands: in `parent`, before GitHub's node `before` (at the end without one). */
export interface Place {
  readonly parent: Element;
  readonly before: Element | null;
  /** It stands within the rendered text, which has its own padding. */
  readonly inside?: boolean;
}

/** The issue whose text stands on the page, named by its own header link; the address may be ahead of it. */
export function findShownIssue(page: ParentNode = document): ShownIssue | undefined {
  const body = first(page, SELECTORS.body);
  const link = body && first(body, SELECTORS.identity);
  const issue = link && parseIssueUrl((link as HTMLAnchorElement).href);
  if (!body || !issue) return undefined;
  const viewer = first(body, SELECTORS.viewer);
  const text = viewer && innermost(viewer);
  return {
    issue: { repo: issue.repo, number: issue.number },
    body,
    text,
    boxes: text ? [...text.querySelectorAll(BOX)] : [],
    editing: !viewer && first(body, SELECTORS.editor) !== undefined,
  };
}

/** The issue that the address names; pull requests are none. */
export function issueOfAddress(address: string = location.href): IssueRef | undefined {
  const named = parseIssueUrl(address);
  return named?.kind === 'issues' ? { repo: named.repo, number: named.number } : undefined;
}

/** After a soft navigation the address is new while the old issue still stands: it must not be taken for the new one. */
export function isAddressed(issue: IssueRef): boolean {
  const addressed = issueOfAddress();
  return !!addressed && sameIssue(addressed, issue);
}

/** Login that the page is signed in as: '' when signed out, undefined when the page does not say. */
export function pageUser(page: ParentNode = document): string | undefined {
  return page.querySelector('meta[name="user-login"]')?.getAttribute('content') ?? undefined; // 2026-08-19
}

/**
 * Where the panel stands: above the text. Before hydration that is inside the rendered Markdown, the one part
 * of the page that React does not compare with its own idea of it; afterwards it is beside the viewer, where
 * re-rendering the text does not wipe it.
 */
export function panelPlace({ body, text }: ShownIssue): Place | undefined {
  if (text && !isHydrated(body, text))
    return { parent: text, before: firstOfGitHub(text), inside: true };
  const stands = first(body, SELECTORS.viewer) ?? first(body, SELECTORS.editor);
  return stands?.parentElement ? { parent: stands.parentElement, before: stands } : undefined;
}

/** Where the badge of a row stands: behind the row's own text, before items nested in it. */
export function badgePlace(box: Element): Place | undefined {
  const row = box.parentElement;
  if (!row) return undefined;
  const parent = first(row, SELECTORS.rowText) ?? row;
  return { parent, before: parent.querySelector(':scope > ul, :scope > ol, :scope > p ~ *') };
}

/** The rows' texts in one string, which differs when the list was edited or reordered; '' before hydration, when boxes are not named after their rows. */
export function rowsText(boxes: readonly Element[]): string {
  const names = boxes.map((box) => box.getAttribute('aria-label') ?? '');
  return new Set(names).size > 2 ? names.join() : ''; // 2026-09-14
}

function first(root: ParentNode, selectors: readonly string[]): Element | undefined {
  for (const selector of selectors) {
    const found = root.querySelector(selector);
    if (found) return found;
  }
  return undefined;
}

function innermost(viewer: Element): Element | undefined {
  let text = first(viewer, SELECTORS.text);
  for (let inner = text; inner; inner = first(inner, SELECTORS.text)) text = inner;
  return text;
}

function isHydrated(body: Element, text: Element): boolean {
  const app = body.closest(SELECTORS.app[0]);
  return !app || app.classList.contains('loaded') || first(text, SELECTORS.rowText) !== undefined;
}

/** Prefix of the tags of everything that we insert. */
export const OUR_TAG = 'masterlist-';

function firstOfGitHub(parent: Element): Element | null {
  return [...parent.children].find((child) => !isOurs(child)) ?? null;
}

/** Whether a node was inserted by this extension (also a lifeless copy that GitHub's cache brought back). */
export function isOurs(node: Element): boolean {
  return node.localName.startsWith(OUR_TAG);
}
