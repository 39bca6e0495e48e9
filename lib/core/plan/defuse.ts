import { GITHUB_HOST } from '../refs.ts';
import { codeRanges } from './code-ranges.ts';

/**
 * Makes copied Markdown notify nobody, link nothing and close nothing, and look as before: a zero-width space
 * behind `@`, `#` and `GH-` (as Renovate does), and links to issues and pull requests through GitHub's own
 * redirect.github.com, which leaves no trace in their timelines (as Renovate and Dependabot do).
 * Closing keywords act only in front of a live reference, so they stay as they are. Code is left byte for byte alone.
 */
export function defuse(markdown: string, host: string): string {
  if (!MAY_BE_LIVE.test(markdown)) return markdown;
  let defused = '';
  let at = 0;
  for (const [start, end] of codeRanges(markdown)) {
    defused += defuseText(markdown.slice(at, start), host) + markdown.slice(start, end);
    at = end;
  }
  return defused + defuseText(markdown.slice(at), host);
}

/** An entity, because a bare zero-width space would be invisible to whoever edits the text. */
const BREAK = '&#8203;';
/** Bounded as host names are, so that hostile text is not searched over and over. */
const HOST = '[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8}(?::\\d{1,5})?';
/** Addresses of issues, pull requests and discussions, wherever they stand. */
const TRACKED = `(?:https?://|www\\.)${HOST}/[\\w.-]{1,100}/[\\w.-]{1,100}/(?:issues|pulls?|discussions)/\\d+`;
/** Other addresses, where GitHub makes links of them: an `@` in there mentions nobody. */
const ADDRESS = `(?<=^|[\\s*~(<"'])(?:https?://|www\\.)${HOST}(?:[/?#](?:(?![*_~]+@)[^\\s<>()[\\]"'\`])*)?`;
/** Entities count: GitHub looks for mentions in the rendered text, where `&#64;` is an `@`. */
const LIVE_AFTER = `&(?!${BREAK.slice(1)})`;
/** In front of an `&` that is not escaped. */
const UNESCAPED = '(?<=(?<!\\\\)(?:\\\\\\\\)*)';
const AT_SIGN = `(?:@|${UNESCAPED}&(?:#0*64|#x0*40|commat);)`;
const HASH_SIGN = `(?:(?!(?<=${UNESCAPED}&)#\\d{1,7};)#|${UNESCAPED}&(?:#0*35|#x0*23|num);)`;
/** Not in a mail address; but what follows one is text again. */
const AT_PLACE = '(?:(?<![A-Za-z0-9])|(?<=@[\\w.+-]+))';
const AT = `${AT_PLACE}${AT_SIGN}(?=[A-Za-z0-9]|${LIVE_AFTER})`;
const HASH = `${HASH_SIGN}(?=\\d|${LIVE_AFTER})`;
const GH = `(?<![A-Za-z0-9])GH-(?=\\d|${LIVE_AFTER})`;

const MAY_BE_LIVE = new RegExp(`${TRACKED}|${AT}|${HASH}|${GH}`, 'i');
const LIVE = new RegExp(`(${TRACKED})|(${ADDRESS})|${AT}|${HASH}|${GH}`, 'gi');
const TRACKED_PARTS = /^(https?:\/\/)?(?:www\.)?([^/]+)(.*)$/i;

function defuseText(text: string, host: string): string {
  return text.replace(LIVE, (found: string, tracked?: string, address?: string) => {
    if (address !== undefined) return found;
    return tracked === undefined ? found + BREAK : defuseTracked(tracked, host);
  });
}

function defuseTracked(url: string, host: string): string {
  const [, scheme = '', urlHost = '', path = ''] = TRACKED_PARTS.exec(url) ?? [];
  if (urlHost.toLowerCase() === GITHUB_HOST) return `https://redirect.${GITHUB_HOST}${path}`;
  // An Enterprise Server has no redirecting host: the address stays readable, but is no link any more.
  if (urlHost.toLowerCase() === host.toLowerCase()) return `${scheme}${BREAK}${urlHost}${path}`;
  return url;
}
