import type { AlertMessage } from '../core/alerts/alert-message.ts';
import { cleanLine } from '../core/plan/title.ts';

/**
 * The longest address that mail programs take whole: Gmail in a tab takes about 1,620 characters, Windows hands 2,046 to
 * Outlook (superruub.wordpress.com/2013/05/30/mailto-protocol-character-limit; stackoverflow.com/questions/4473959).
 */
export const MAIL_LINK_LIMIT = 1_600;

const MARK_OF_CUT = '\n…';

/**
 * The `mailto:` address that opens a prepared message (RFC 6068); it sends nothing by itself. Everything is percent-encoded,
 * so that no text can add a recipient or a header. What does not fit is cut at the end of a line.
 */
export function mailLink(to: string, { subject, text }: AlertMessage): string {
  const head = `mailto:${recipients(to)}?subject=${encode(cleanLine(subject))}&body=`;
  const lines = text.toWellFormed().split(/\r\n|\r|\n/);
  const whole = head + encodeLines(lines.join('\n'));
  if (whole.length <= MAIL_LINK_LIMIT) return whole;
  const room = MAIL_LINK_LIMIT - head.length - encodeLines(MARK_OF_CUT).length;
  return head + encodeLines(fitLines(lines, room) + MARK_OF_CUT);
}

/** The addresses that a user wrote, parted by commas: only plain ones, at most five. */
function recipients(to: string): string {
  const addresses = to.split(',').map((address) => address.trim());
  return addresses
    .filter((address) => PLAIN_ADDRESS.test(address))
    .slice(0, MOST_RECIPIENTS)
    .map((address) => encode(address).replace('%40', '@'))
    .join(',');
}

const MOST_RECIPIENTS = 5;
const PLAIN_ADDRESS = /^[\w.!#$'*+/=^`{|}~-]{1,64}@[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63}){0,8}$/;

/** Whole lines that fit; of one that is longer than all room as much as fits. */
function fitLines(lines: readonly string[], room: number): string {
  const kept: string[] = [];
  let left = room;
  for (const line of lines) {
    left -= encodeLines(`${line}\n`).length;
    if (left < 0) break;
    kept.push(line);
  }
  return kept.length > 0 ? kept.join('\n') : fitCharacters(lines[0] ?? '', room);
}

function fitCharacters(line: string, room: number): string {
  let kept = '';
  let left = room;
  for (const character of line) {
    left -= encode(character).length;
    if (left < 0) break;
    kept += character;
  }
  return kept;
}

/** Line breaks in `mailto:` are %0D%0A (RFC 6068, section 5). */
function encodeLines(text: string): string {
  return encode(text.replace(/\n/g, '\r\n'));
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
