// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs';
import { options, render } from 'preact';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { asItIs, poison } from './alter.ts';
import { STRINGS } from './strings.ts';
import { VIEWS, type View } from './views.tsx';

// happy-dom has no canvas.
vi.mock('uplot', () => ({
  default: class {
    static paths = { bars: () => undefined };
    destroy() {}
    setSize() {}
  },
}));

const IS_WHOLE = process.env.HOSTILE === 'whole';
/** Where a spreadsheet of rows takes seconds, the torture shows it. */
const IS_LONG = /preview-(blocked|missing|500|2000)|-(500|130)$|question-(old|both|preview)/;
const NAMES = Object.keys(VIEWS).filter((name) => IS_WHOLE || !IS_LONG.test(name));

/** Components that no screen shows, with the reason. */
const UNSHOWN: Readonly<Record<string, string>> = {
  ChecklistLimit: 'our words and a time',
  HeldNote: 'our words',
  KeepingChange: 'our words',
  LimitLine: 'our words and a time',
  TimeLeft: 'a time',
};

describe('a view whose every text is hostile', () => {
  /** Elements and their attributes as all views have them when nobody means harm. */
  const made = new Set<string>();
  const shown = new Set<string>();
  const before = options.diffed;

  beforeAll(async () => {
    options.diffed = (vnode) => {
      if (typeof vnode.type === 'function') shown.add(vnode.type.name);
      before?.(vnode);
    };
    for (const name of NAMES) {
      const root = await view(name)(asItIs);
      for (const mark of marksOf(root)) made.add(mark);
      render(null, root);
    }
  });
  afterAll(() => {
    options.diffed = before as never;
  });

  it('is one of all that there are: every component is in one', () => {
    const missing = components().filter((name) => !shown.has(name) && !(name in UNSHOWN));
    expect(missing).toEqual([]);
  });

  it('leads nowhere but to GitHub and our own pages when nobody means harm', () => {
    const addresses = [...made].filter((mark) => mark.includes('://'));
    expect(addresses.map((mark) => mark.slice(mark.indexOf('https:')))).toEqual(
      addresses.map(() => expect.stringMatching(SERVED)),
    );
  });

  it.each(NAMES)('has no element, attribute or address that we did not make: %s', async (name) => {
    const problems: string[] = [];
    await throughStrings(name, (root) => {
      problems.push(...[...marksOf(root)].filter((mark) => !made.has(mark) && !isText(mark)));
    });
    expect(problems).toEqual([]);
  });

  it('shows each string as the text that it is', async () => {
    const left = new Set(STRINGS.filter(isPlain));
    onTestFinished(({ task }) => {
      Object.assign(task.meta, { attacks: { strings: STRINGS.length } });
    });
    // Not every title of a plan is shown.
    for (let from = 0; from < 2 * STRINGS.length && left.size > 0; from++) {
      const { alter, count } = poison(STRINGS, from, 'title');
      const root = await view('panel preview-57')(alter);
      const fields = [...root.querySelectorAll('input')].map(({ value }) => value);
      const text = [root.textContent, ...fields].join('\n');
      for (const one of left) if (text.includes(one)) left.delete(one);
      render(null, root);
      from += count();
    }
    expect([...left]).toEqual([]);
    expect(STRINGS.length).toBeGreaterThanOrEqual(300);
  });
});

/** Shows a view with the strings in all its texts: once, or as often as it takes for each of them to have been in it. */
async function throughStrings(name: string, look: (root: HTMLElement) => void): Promise<void> {
  let from = 0;
  do {
    const { alter, count } = poison(STRINGS, from);
    const root = await view(name)(alter);
    look(root);
    render(null, root);
    if (count() === 0) return;
    from += count();
  } while (IS_WHOLE && from < STRINGS.length);
}

function view(name: string): View {
  const found = VIEWS[name];
  if (found === undefined) throw new Error(`no view ${name}`);
  return found;
}

/** GitHub and our own pages. */
const SERVED = /^https:\/\/(github\.com|docs\.github\.com|own\.test)$/;
const OWN = 'https://own.test/dashboard.html';
const ADDRESSES = /^(href|src|srcset|action|formaction|xlink:href|data|poster|background)$/;

/** Every element with each of its attributes; of addresses also where they lead, of styles also what they set. */
function marksOf(root: ParentNode): Set<string> {
  const marks = new Set<string>();
  for (const element of root.querySelectorAll('*')) {
    const tag = element.tagName.toLowerCase();
    marks.add(tag);
    for (const { name, value } of element.attributes) {
      marks.add(`${tag}@${name}`);
      if (ADDRESSES.test(name)) marks.add(`${tag}@${name} ${leadsTo(value)}`);
      if (name === 'style') marks.add(`${tag}@style ${value.replace(/[\d.]+/g, '0')}`);
    }
  }
  return marks;
}

/** The scheme and host of an address; of an email what it has. */
function leadsTo(address: string): string {
  const url = URL.canParse(address, OWN) ? new URL(address, OWN) : undefined;
  if (url === undefined) return 'nowhere';
  if (url.protocol !== 'mailto:') return `${url.protocol}//${url.host}`;
  return `mailto:${url.pathname}?${[...url.searchParams.keys()].join()}`;
}

/** What text may add: a tooltip, and code in backticks. */
function isText(mark: string): boolean {
  return mark === 'code';
}

/** Shown as it is: neither cleaned, cut nor taken for code. */
function isPlain(text: string): boolean {
  return text.length <= 80 && /^[!-_a-~]([ -_a-~]*[!-_a-~])?$/.test(text) && !/ {2}/.test(text);
}

/** Names of all components that others may use. */
function components(): readonly string[] {
  const files = readdirSync('components', { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => readFileSync(`components/${file}`, 'utf8'));
  return texts.flatMap((text) =>
    [...text.matchAll(/^export function ([A-Z]\w+)/gm)].map(([, name = '']) => name),
  );
}
