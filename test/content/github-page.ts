/** GitHub's issue page for the tests: the fixtures in happy-dom, driven by their harness. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '../fixtures/github-pages');

/** What the fixtures' harness offers (`test/fixtures/github-pages/harness.js`). */
export interface Harness {
  hydrate(how?: { readonly editable: boolean }): void;
  rerenderBody(html?: string): void;
  strictUnmount(): void;
  rerenderRow(index: number): void;
  rerenderHeader(): void;
  openEditor(markdown?: string): void;
  closeEditor(html?: string): void;
  nativeToggle(index: number): void;
  softNav(url: string, html?: string): void;
  turboNav(url: string, html?: string): void;
}

/** The address of the fixtures' issue. */
export const ISSUE_URL = 'https://github.com/octo-org/octo-repo/issues/1';

/** Loads a fixture as GitHub's page at an address. */
export function loadPage(
  fixture: 'ssr' | 'hydrated' | 'readonly',
  url: string = ISSUE_URL,
): Harness {
  const names = { ssr: '.ssr', hydrated: '', readonly: '.readonly' };
  goTo(url);
  document.documentElement.innerHTML = read(`github-modern-issue${names[fixture]}.html`);
  // The harness is a script of the page.
  new Function(read('harness.js'))();
  return (globalThis as unknown as { __gh: Harness }).__gh;
}

/** Changes the address without any event, as happens first in a soft navigation. */
export function goTo(url: string): void {
  (globalThis as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(url);
}

/** The fixture's issue as another one: number, and its items by text. */
export function otherIssue(number: number, items: readonly string[]): string {
  const rows = items.map(
    (text) => `<li class="task-list-item"><input type="checkbox" disabled> ${text}</li>`,
  );
  return `<div data-testid="issue-body"><a data-testid="issue-body-header-link" href="https://github.com/octo-org/octo-repo/issues/${number}#issue-9">x</a>
    <div data-testid="issue-body-viewer"><div data-testid="markdown-body" class="markdown-body"><div class="markdown-body"><ul class="contains-task-list">${rows.join('')}</ul></div></div></div></div>`;
}

/** Long enough for a frame and what Preact does after it. */
export async function frames(): Promise<void> {
  for (let count = 0; count < 4; count += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Roots that scripts of ours have attached, which are closed for everybody else. */
const roots = new WeakMap<Element, ShadowRoot>();

const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  const root = attach.call(this, init);
  roots.set(this, root);
  return root;
};

/** What is inside our panel. */
export function panelRoot(): ShadowRoot | undefined {
  const host = panelHost();
  return host && roots.get(host);
}

/** The host of our panel; undefined when there is none, an error when there are two. */
export function panelHost(): HTMLElement | undefined {
  const hosts = [...document.querySelectorAll<HTMLElement>('*')].filter(({ localName }) =>
    localName.startsWith('masterlist-checklist-panel'),
  );
  if (hosts.length > 1) throw new Error(`${hosts.length} panels`);
  return hosts[0];
}

/** Everything that our panel says. */
export function panelText(): string {
  return panelRoot()?.querySelector('.root')?.textContent ?? '';
}

/** A button of our panel by what it says. */
export function panelButton(name: string | RegExp): HTMLButtonElement {
  const buttons = [...(panelRoot()?.querySelectorAll('button') ?? [])];
  const found = buttons.find((button) => {
    const words = button.getAttribute('aria-label') ?? button.textContent ?? '';
    return typeof name === 'string' ? words === name : name.test(words);
  });
  if (!found) throw new Error(`no button ${name}: ${buttons.map((button) => button.textContent)}`);
  return found;
}

/** Badges on the page, with the text of the row that each stands in. */
export function badges(): readonly string[] {
  return [...document.querySelectorAll('masterlist-item-badge')].map(
    (badge) => badge.textContent ?? '',
  );
}

function read(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8');
}
