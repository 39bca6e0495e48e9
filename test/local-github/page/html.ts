/** HTML that is safe to put into a page. */
export interface Html {
  readonly html: string;
}

type Piece = Html | readonly Html[] | string | number | null | false;

/** HTML from a template; strings that are put in are escaped, lists are joined, null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  const text = strings.reduce((out, part, index) => {
    const value = values[index - 1];
    return out + rendered(value ?? null) + part;
  });
  return { html: text };
}

/** Marks a string as HTML already. */
export function raw(text: string): Html {
  return { html: text };
}

/** Text with the characters that mean something in HTML escaped. */
export function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => names[character] ?? character);
}

function rendered(value: Piece): string {
  if (value === null || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  if ('html' in value) return value.html;
  return value.map((entry) => entry.html).join('');
}
