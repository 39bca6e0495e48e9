import type { HiddenTag } from './inline.ts';

/**
 * The tags that a person typed as words: `<T>`, `<old name>`. GitHub hides them as unknown HTML. Tags of HTML elements
 * are none, but for one with a capital, glued to a word and never closed: the `<U>` of `Vec<U>`.
 */
export function typedTags(tags: readonly HiddenTag[]): readonly HiddenTag[] {
  if (tags.length === 0) return tags;
  const closed = new Set(tags.map(({ source }) => CLOSING.exec(source)?.[1]?.toLowerCase()));
  return tags.filter(({ source, glued }) => {
    const [, name = '', rest = ''] = OPENING.exec(source) ?? [];
    const isElement = ELEMENTS.has((CLOSING.exec(source)?.[1] ?? name).toLowerCase());
    const isType = glued && /^[A-Z]/.test(name) && rest === '>' && !VOID.has(name.toLowerCase());
    return !isElement || (isType && !closed.has(name.toLowerCase()));
  });
}

const OPENING = /^<([a-z][a-z\d-]*)(.*)$/is;
const CLOSING = /^<\/([a-z][a-z\d-]*)\s*>$/i;

/** Elements that are never closed, as far as people write them in text. */
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input', 'wbr']);

/** Names of HTML's elements (html.spec.whatwg.org, "Index of elements", and those that it calls obsolete). */
const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption ' +
    'center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption ' +
    'figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd ' +
    'label legend li link main map mark marquee menu meta meter nav nobr noframes noscript object ol optgroup option ' +
    'output p param picture pre progress q rp rt ruby s samp script search section select slot small source span ' +
    'strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt ' +
    'u ul var video wbr'
  ).split(' '),
);
