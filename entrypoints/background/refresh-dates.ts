import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { blockOf } from '../../lib/core/identity/asked-issues.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import type { Protocol } from '../../lib/messages.ts';
import { issueDatesReadAt, saveIssueDates } from '../../lib/store/issue-dates.ts';
import { linkedIssues } from './linked-issues.ts';
import { type Background, openGitHub } from './ports.ts';

/** Dates that were read within this time, in milliseconds, are not read again. */
const FRESH_MS = 10 * 60_000;

/**
 * Reads GitHub's dates of all issues that a checklist links: one request for the text, and one per 100 issues. Asks
 * nobody where that was done a moment ago, or everything is paused.
 */
export function refreshDates(
  { checklist }: Parameters<Protocol['refreshDates']>[0],
  background: Background,
): Promise<Result<void>> {
  const key = checklistKey(checklist);
  return background.locks.withLock(`dates:${key}`, async () => {
    const readAt = await issueDatesReadAt(background.db, key);
    // A clock that was set back must not stop it.
    const isFresh = readAt !== undefined && Math.abs(background.clock.now() - readAt) < FRESH_MS;
    if (isFresh || (await background.isPaused())) return succeed(undefined);
    return refresh(background, checklist);
  });
}

async function refresh(background: Background, checklist: ChecklistRef): Promise<Result<void>> {
  const { timing, generation } = await background.preferences();
  const { host } = checklist.repo;
  const { github, account } = await openGitHub(background, host, timing);
  if (account === undefined) return fail(failure('signed-out', { host }));
  const text = await github.readText(checklist);
  if (!text.ok) return text;
  const { items } = parseChecklist(text.value, { placeholder: generation.placeholder });
  const block = blockOf(text.value, checklist, generation.identity);
  const issues = linkedIssues({ checklist, items, block });
  const dates = await github.readIssueDates(issues);
  if (!dates.ok) return dates;
  const key = checklistKey(checklist);
  const found = dates.value.map((one) => ({ ...one, checklistKey: key }));
  await saveIssueDates(background.db, key, found, background.clock.now());
  return succeed(undefined);
}
