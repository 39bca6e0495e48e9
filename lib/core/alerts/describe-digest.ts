import { plural } from '../plural.ts';
import { formatIssueRef, issueUrl } from '../refs.ts';
import type { AlertMessage } from './alert-message.ts';
import { describeAlert, quoteTitle } from './describe-alert.ts';
import type { ChecklistDigest, Digest } from './digest.ts';

/** A digest as a message: per checklist how far it is, what happened, and what needs somebody. */
export function describeDigest(digest: Digest): AlertMessage {
  const { checklists } = digest;
  const [only] = checklists;
  const where =
    checklists.length === 1 && only !== undefined
      ? formatIssueRef(only.checklist.ref)
      : plural(checklists.length, 'checklist');
  return {
    kind: 'digest',
    subject: `${nameOf(digest)} summary: ${where}`,
    text: checklists.map(section).join('\n\n'),
  };
}

/** A digest that was late covers more than a day, and is no weekly one for that. */
const WEEKLY_FROM_MS = 5 * 86_400_000;

function nameOf({ from, to }: Digest): string {
  return to - from < WEEKLY_FROM_MS ? 'Daily' : 'Weekly';
}

function section(digest: ChecklistDigest): string {
  const { checklist, done, items, needsYou } = digest;
  const happened = changesOf(digest);
  return [
    `${quoteTitle(checklist.title)}: ${done} of ${plural(items, 'item')} done`,
    ...(happened === '' ? [] : [`Since the last summary: ${happened}.`]),
    ...needsYou.map((alert) => {
      const { sentence, advice } = describeAlert(alert);
      return `- ${sentence} ${advice}`;
    }),
    issueUrl(checklist.ref),
  ].join('\n');
}

function changesOf({ created, ticked, unticked, changed }: ChecklistDigest): string {
  const parts = [
    [created, plural(created, 'issue created', 'issues created')],
    [ticked, plural(ticked, 'item ticked', 'items ticked')],
    [unticked, plural(unticked, 'item unticked', 'items unticked')],
    [changed, plural(changed, 'item changed otherwise', 'items changed otherwise')],
  ] as const;
  return parts.flatMap(([count, words]) => (count > 0 ? [words] : [])).join(', ');
}
