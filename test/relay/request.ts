import {
  type InferOutput,
  literal,
  maxLength,
  minLength,
  picklist,
  pipe,
  regex,
  safeParse,
  strictObject,
  string,
  transform,
} from 'valibot';

/** No line break and no other control character: nothing can become a header. */
const LINE = regex(/^\P{Cc}*$/u, 'holds control characters');
/** As above, but line breaks and tabs may stand in the text. */
const LINES = regex(/^(?:[\n\t]|\P{Cc})*$/u, 'holds control characters');

const MESSAGE = strictObject({
  version: literal(1),
  kind: picklist(['alert', 'digest', 'test']),
  subject: pipe(string(), minLength(1), maxLength(200), LINE, transform(withoutTricks)),
  text: pipe(string(), minLength(1), maxLength(20_000), LINES),
});

/** Marks that turn the direction of text, and line separators, make a subject look like another. */
function withoutTricks(subject: string): string {
  return subject.replace(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '');
}

/** What a client asks to be sent. Whom it goes to is not its business: such fields are refused. */
export type RelayMessage = InferOutput<typeof MESSAGE>;

/** The form of an idempotency key; ULIDs and UUIDs have it. */
const KEY = /^[A-Za-z\d-]{16,64}$/;

/** Reads the key; undefined when it is missing or not of that form. */
export function parseKey(header: string | undefined): string | undefined {
  return header !== undefined && KEY.test(header) ? header : undefined;
}

/** Reads a message, or says what is wrong with it. */
export function parseMessage(
  text: string,
): { readonly message: RelayMessage } | { readonly mistake: string } {
  const parsed = safeParse(MESSAGE, parseJson(text));
  if (parsed.success) return { message: parsed.output };
  const [issue] = parsed.issues;
  const path = issue.path?.map(({ key }) => String(key)).join('.') ?? 'body';
  return { mistake: `${path}: ${issue.message}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
