import {
  array,
  check,
  email,
  flatten,
  type InferOutput,
  integer,
  literal,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  object,
  optional,
  picklist,
  pipe,
  regex,
  safeParse,
  strictObject,
  string,
} from 'valibot';

const PORT = pipe(number(), integer(), minValue(0), maxValue(65_535));
/** Plain addresses only, each for itself: no names, groups or comments, in which address parsers have erred. */
const ADDRESS = pipe(string(), maxLength(254), email());

const SMTP = pipe(
  strictObject({
    host: pipe(string(), regex(/^[A-Za-z\d.:-]{1,253}$/, 'a host name or an address')),
    port: PORT,
    /** `implicit`: TLS from the first byte (465); `starttls`: refused without; `none`: on this computer only. */
    tls: optional(picklist(['implicit', 'starttls', 'none']), 'starttls'),
    login: optional(object({ user: string(), password: string() })),
  }),
  check(
    ({ host, tls }) => tls !== 'none' || isLoopback(host),
    'tls may be "none" only for a mail server on this computer',
  ),
);

/** What an operator must write who lets others reach the relay without a TLS proxy on the same computer. */
const KNOWN_RISK = 'others on the network can read the token and the mails';

const LISTEN = pipe(
  strictObject({
    host: optional(string(), '127.0.0.1'),
    port: optional(PORT, 8025),
    withoutTls: optional(literal(KNOWN_RISK)),
  }),
  check(
    ({ host, withoutTls }) => isLoopback(host) || withoutTls === KNOWN_RISK,
    `the relay knows no TLS: listen on 127.0.0.1 behind a TLS proxy, or add "withoutTls": "${KNOWN_RISK}"`,
  ),
);

const CONFIG = strictObject({
  /** Whoever has it may send mails to the recipients. */
  token: pipe(
    string(),
    minLength(32),
    regex(/^[\x21-\x7e]+$/, 'visible ASCII without blanks'),
    check(isRandom, 'too easy to guess: make one with "openssl rand -base64 33"'),
  ),
  from: ADDRESS,
  to: pipe(array(ADDRESS), minLength(1), maxLength(20)),
  smtp: SMTP,
  listen: optional(LISTEN, {}),
  mailsPerHour: optional(pipe(number(), integer(), minValue(1), maxValue(10_000)), 60),
  /** File that remembers what was sent; without it a restart forgets. */
  keysFile: optional(string()),
});

/** How a relay is set up. Sender and recipients stand here and nowhere else. */
export type RelayConfig = InferOutput<typeof CONFIG>;

/** Checks a configuration; what is wrong with it as sentences for its operator. */
export function parseConfig(
  value: unknown,
): { readonly config: RelayConfig } | { readonly mistakes: readonly string[] } {
  const parsed = safeParse(CONFIG, value);
  if (parsed.success) return { config: parsed.output };
  const { root = [], nested = {} } = flatten<typeof CONFIG>(parsed.issues);
  const mistakes = Object.entries(nested).map(([path, words]) => `${path}: ${words?.join('; ')}`);
  return { mistakes: [...root, ...mistakes] };
}

/** Not one character, a short piece or a row of the alphabet again and again. */
function isRandom(token: string): boolean {
  const codes = [...token].map((character) => character.charCodeAt(0));
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  const isRepeated = /^(.{1,8})\1+.{0,7}$/.test(token);
  return new Set(codes).size >= 8 && new Set(steps).size >= 8 && !isRepeated;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
