import { listInWords } from '../list-in-words.ts';
import { cleanLine, cutTitle } from '../plan/title.ts';
import { type ChecklistRef, nameChecklist } from '../refs.ts';
import { type Alert, countOf, failureOf } from './alert.ts';
import { type AlertAction, actionOf, headlineOf, sentencesOf } from './alert-causes.ts';

/** An alert in words. */
export interface AlertWords {
  /** At most `ALERT_TITLE_LIMIT` characters: what is the matter, and where. */
  readonly title: string;
  /** One sentence that says more. */
  readonly sentence: string;
  /** What to do, as a sentence: for those who read it where no button is. */
  readonly advice: string;
  /** The one button: its words, and where it leads. */
  readonly action: AlertAction;
}

/** Titles of notifications are cut behind about so many characters. */
export const ALERT_TITLE_LIMIT = 60;

/** So many checklists are named before the rest is counted. */
const NAMED_CHECKLISTS = 3;
/** Titles of checklists are other people's text: no more than this of it. */
const QUOTE_LIMIT = 80;

/** One alert in words. */
export function describeAlert(alert: Alert): AlertWords {
  const { cause, checklist } = alert;
  const title = checklist === undefined ? 'The checklist' : quoteTitle(checklist.title);
  const { message, action } = sentencesOf(cause, title);
  return {
    title: titleOf(headlineOf(cause, countOf(cause)), whereOf(alert)),
    // Failures quote GitHub and people.
    sentence: cleanLine(message),
    advice: cleanLine(action),
    action: actionOf(cause, checklist?.ref),
  };
}

/** Alerts of one cause as one: how much it is altogether, and in which checklists. */
export function describeAlerts(alerts: readonly [Alert, ...Alert[]]): AlertWords {
  const [first, ...others] = alerts;
  if (others.length === 0) return describeAlert(first);
  const total = alerts.reduce((sum, { cause }) => sum + countOf(cause), 0);
  const refs = distinctRefs(alerts);
  const places = refs.length > 1 ? `in ${refs.length} checklists` : '';
  return {
    title: titleOf(headlineOf(first.cause, total), places || whereOf(first)),
    sentence: cleanLine(`${groupFact(alerts)}: ${listRefs(refs)}.`),
    advice: cleanLine(sentencesOf(first.cause, 'The checklist').action),
    action: actionOf(first.cause, refs.length === 1 ? refs[0] : undefined, total),
  };
}

/** `acme/app#1, acme/app#2 and 4 more`. */
function listRefs(refs: readonly ChecklistRef[]): string {
  const names = refs.slice(0, NAMED_CHECKLISTS).map((ref) => nameChecklist(ref));
  const rest = refs.length - names.length;
  return listInWords(rest > 0 ? [...names, `${rest} more`] : names);
}

/** A checklist's title in quotation marks, as one clean line. */
export function quoteTitle(title: string): string {
  return `"${cutTitle(cleanLine(title), QUOTE_LIMIT).title}"`;
}

/** The part of a group's sentence in front of the names. */
function groupFact(alerts: readonly [Alert, ...Alert[]]): string {
  const messages = alerts.map(({ cause }) => failureOf(cause)?.message);
  const [message] = messages;
  const isSame = message !== undefined && messages.every((each) => each === message);
  return isSame ? message.replace(/[.:]$/, '') : 'Affected checklists';
}

function whereOf({ cause, checklist }: Alert): string {
  if (checklist !== undefined) return nameChecklist(checklist.ref);
  return 'account' in cause ? cause.account.login : '';
}

function titleOf(head: string, where: string): string {
  if (where === '') return head;
  const gap = where.startsWith('in ') ? ' ' : ': ';
  const room = ALERT_TITLE_LIMIT - head.length - gap.length;
  return `${head}${gap}${cutFront(where, room)}`;
}

// The number of an issue, and the end of its repository's name, say more than the owner.
function cutFront(where: string, room: number): string {
  return where.length <= room ? where : `…${where.slice(where.length - room + 1)}`;
}

function distinctRefs(alerts: readonly Alert[]): readonly ChecklistRef[] {
  const named = alerts.flatMap(({ checklist }) => checklist?.ref ?? []);
  return [...new Map(named.map((ref) => [nameChecklist(ref).toLowerCase(), ref])).values()];
}
