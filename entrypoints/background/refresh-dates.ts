import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';
import { linkedIssues, readNamed } from './linked-issues.ts';

/** Dates that were read within this time, in milliseconds, are not read again. */
const FRESH_MS = 10 * 60_000;

/**
 * Reads GitHub's dates of all issues that a checklist links: one request for the text, and one per 100 issues. Where
 * nobody has asked for it, nothing is read that was read a moment ago, or while everything is paused.
 */
export function refreshDates(
  { checklist, isAsked }: Parameters<Protocol['refreshDates']>[0],
  ports: Ports,
): Promise<Result<void>> {
  const key = checklistKey(checklist);
  return ports.locks.withLock(`dates:${key}`, async () => {
    if (await ports.isPaused()) return isAsked ? fail(failure('paused')) : succeed(undefined);
    if (isAsked) return refresh(ports, checklist);
    const readAt = await ports.dates.readAt(key);
    // A clock that was set back must not stop it.
    const isFresh = readAt !== undefined && Math.abs(ports.clock.now() - readAt) < FRESH_MS;
    return isFresh ? succeed(undefined) : refresh(ports, checklist);
  });
}

async function refresh(ports: Ports, checklist: ChecklistRef): Promise<Result<void>> {
  const { host } = checklist.repo;
  const { github, account } = await ports.openGitHub(host);
  if (account === undefined) return fail(failure('signed-out', { host }));
  const text = await github.readText(checklist);
  if (!text.ok) return text;
  const issues = linkedIssues(await readNamed(ports, checklist, text.value));
  const dates = await github.readIssueDates(issues);
  if (!dates.ok) return dates;
  const key = checklistKey(checklist);
  const found = dates.value.map((one) => ({ ...one, checklistKey: key }));
  await ports.dates.save(key, found, ports.clock.now());
  return succeed(undefined);
}
