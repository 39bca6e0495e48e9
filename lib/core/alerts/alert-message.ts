import { checklistUrl } from '../refs.ts';
import type { Alert } from './alert.ts';
import { describeAlert, describeAlerts, quoteTitle } from './describe-alert.ts';
import type { Notice } from './notices.ts';

/** A message for people without the extension: plain text. */
export interface AlertMessage {
  readonly kind: 'alert' | 'digest' | 'test';
  /** One line. */
  readonly subject: string;
  /** Lines end with `\n`. */
  readonly text: string;
}

/** One message with all notices: each with what is the matter, where, and what to do. */
export function messageOf(notices: readonly [Notice, ...Notice[]]): AlertMessage {
  const [first, ...others] = notices;
  const { title } = describeAlerts(first.alerts);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return { kind: 'alert', subject: `${title}${more}`, text: notices.map(section).join('\n\n') };
}

/** What the test button sends. */
export const TEST_MESSAGE: AlertMessage = {
  kind: 'test',
  subject: 'Masterlist can send messages here',
  text: 'This is the test that you asked for in the options. Nothing to do.',
};

/** A text of at most `limit` characters: cut behind a whole line where there is one, and marked with `…`. */
export function cutLines(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const start = text.slice(0, limit - 2);
  const end = start.lastIndexOf('\n');
  const kept = end > 0 ? start.slice(0, end) : start.replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}\n…`;
}

function section({ alerts }: Notice): string {
  const { title, advice } = describeAlerts(alerts);
  return [title, ...alerts.flatMap(linesOf), advice].join('\n');
}

function linesOf(alert: Alert): readonly string[] {
  const { sentence } = describeAlert(alert);
  if (alert.checklist === undefined) return [sentence];
  const { ref, title } = alert.checklist;
  const quoted = quoteTitle(title);
  // Sentences about one checklist mostly name it.
  const name = sentence.includes(quoted) ? '' : `${quoted}: `;
  return [`${name}${sentence}`, checklistUrl(ref)];
}
