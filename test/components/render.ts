import { render, type VNode } from 'preact';
import { afterEach } from 'vitest';

const roots = new Set<HTMLElement>();

afterEach(() => {
  for (const root of roots) {
    render(null, root);
    root.remove();
  }
  roots.clear();
});

/** A rendered view and what tests do with it. */
export interface Rendered {
  readonly root: HTMLElement;
  readonly text: () => string;
  /** A button by what it says, or its label. */
  readonly button: (name: string | RegExp) => HTMLButtonElement;
  /** A field by its label. */
  readonly field: (name: string | RegExp) => HTMLInputElement;
  readonly type: (field: HTMLInputElement | HTMLSelectElement, value: string) => Promise<void>;
  readonly click: (node: HTMLElement) => Promise<void>;
  readonly again: (view: VNode) => Promise<void>;
}

/** Renders a view into the document. */
export function show(view: VNode): Rendered {
  const root = document.createElement('div');
  document.body.append(root);
  roots.add(root);
  render(view, root);
  return {
    root,
    text: () => root.textContent ?? '',
    button: (name) => pick(root.querySelectorAll('button'), name),
    field: (name) => pick(root.querySelectorAll<HTMLInputElement>('input, select'), name),
    type: async (field, value) => {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
      await settle();
    },
    click: async (node) => {
      node.click();
      await settle();
    },
    again: async (next) => {
      render(next, root);
      await settle();
    },
  };
}

/** Lets Preact render and run its effects. */
export async function settle(): Promise<void> {
  for (let count = 0; count < 3; count += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

function pick<Kind extends HTMLElement>(nodes: Iterable<Kind>, name: string | RegExp): Kind {
  const found = [...nodes].find((node) => {
    const words = nameOf(node).trim();
    return typeof name === 'string' ? words === name : name.test(words);
  });
  if (!found) throw new Error(`nothing named ${name}: ${[...nodes].map(nameOf).join(' | ')}`);
  return found;
}

function nameOf(node: HTMLElement): string {
  const label = node.closest('label')?.querySelector('span')?.textContent;
  return node.getAttribute('aria-label') ?? label ?? node.textContent ?? '';
}
