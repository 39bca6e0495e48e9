import { fail, failure, type Result, succeed } from '../core/failures.ts';
import { formatAnswers, type NewAnswers, readAnswers } from '../core/identity/answers.ts';
import { type ChecklistRef, checklistKey, type IssueRef, issueKey } from '../core/refs.ts';
import { withoutAnswered } from '../core/sync/ask-numbers.ts';
import type { SyncView } from '../core/sync/tracked.ts';
import type { Edit } from '../core/text/edit.ts';
import { parseChecklist } from '../core/text/parse-checklist.ts';
import { referencedIssue } from '../core/text/referenced-issue.ts';
import type { Ports } from '../ports.ts';
import { accountPortsForPage } from './account-ports.ts';
import { withText } from './checklist-text.ts';
import { startPolling } from './poll-tracked.ts';
import { syncViewOf } from './sync-view.ts';
import { confirmWrite } from './verify-writes.ts';
import { writeChecklist } from './write-checklist.ts';

/**
 * Writes whose the numbers of a checklist are into the hidden comment at the end of its text, so that every browser has
 * the answer; numbers that no item names any more are left out. A tracked checklist is refreshed soon after; until then
 * what was answered is asked no more.
 */
export async function answerNumbers(
  {
    checklist,
    pageUser,
    ...answers
  }: NewAnswers & { readonly checklist: ChecklistRef; readonly pageUser: string | undefined },
  ports: Ports,
): Promise<Result<SyncView>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  const open = await ports.store.loadOpenJob(checklistKey(checklist));
  if (open !== undefined) return fail(failure('job-open'));
  const acting = await accountPortsForPage(ports, checklist.repo.host, pageUser);
  if (!acting.ok) return acting;
  const { newId, rules, login } = acting.value;
  const run = newId();
  const { placeholder } = rules;
  const request = {
    checklist,
    placeholder,
    job: run,
    run,
    login,
    cause: { by: 'click', what: 'answer' } as const,
    decide: ({ text }: { readonly text: string }) =>
      answerEdits(text, placeholder, checklist, answers),
  };
  const written = await writeChecklist(withText(acting.value), request);
  if (!written.ok) return written;
  // What fell between the read and the write is found and restored. Where GitHub does not answer, the next write looks.
  await confirmWrite(withText(acting.value), request, written.value);
  await forgetAsked(ports, checklistKey(checklist), answers);
  ports.onChange(checklist);
  await ports.toolbar.refresh();
  if ((await ports.tracked.find(checklist)) !== undefined) startPolling(ports, { hurry: true });
  return succeed(await syncViewOf(ports, checklist));
}

/** Under the lock of a sync: what that has to remember must not get lost. */
function forgetAsked({ locks, syncs }: Ports, key: string, { own, about }: NewAnswers) {
  return locks.withLock(`sync:${key}`, async () => {
    const record = await syncs.loadRecord(key);
    if (record?.question === undefined) return;
    const question = withoutAnswered(record.question, [...own, ...about]);
    await syncs.saveRecord({ ...record, question });
  });
}

function answerEdits(
  text: string,
  placeholder: string,
  { repo }: ChecklistRef,
  { own, about }: NewAnswers,
): readonly Edit[] {
  const { items } = parseChecklist(text, { placeholder });
  const named = new Set(
    items.flatMap(({ references }) =>
      references.map((one) => issueKey(referencedIssue(one, repo))),
    ),
  );
  const isNamed = (issue: IssueRef) => named.has(issueKey(issue));
  const answers = { own: own.filter(isNamed), about: about.filter(isNamed) };
  const content = formatAnswers(readAnswers(text, repo), answers, repo);
  return content === '' ? [] : [{ kind: 'comment', name: 'numbers', content }];
}
