import { fail, failure, type Result, succeed } from '../core/failures.ts';
import { answerEdits, answersIn } from '../core/identity/answer-edits.ts';
import type { AnswerPreview, NewAnswers } from '../core/identity/answers.ts';
import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import { withoutAnswered } from '../core/sync/ask-numbers.ts';
import type { SyncView } from '../core/sync/tracked.ts';
import { applyEdits } from '../core/text/apply-edits.ts';
import { hashText } from '../core/text/hash-text.ts';
import { lineDifference } from '../core/text/line-difference.ts';
import type { Ports } from '../ports.ts';
import { accountPortsForPage } from './account-ports.ts';
import { withText } from './checklist-text.ts';
import { startPolling } from './poll-tracked.ts';
import { readMasterAndRules } from './read-sync.ts';
import { syncViewOf } from './sync-view.ts';
import { confirmWrite } from './verify-writes.ts';
import { writeChecklist } from './write-checklist.ts';

interface Query extends NewAnswers {
  readonly checklist: ChecklistRef;
  readonly pageUser: string | undefined;
}

/** Shows what an answer would change in the text as it is now; writes nothing. */
export async function previewAnswers(
  { checklist, pageUser, ...answers }: Query,
  ports: Ports,
): Promise<Result<AnswerPreview>> {
  const { host } = checklist.repo;
  const acting = await accountPortsForPage(ports, host, pageUser);
  if (!acting.ok) return acting;
  const read = await readMasterAndRules(acting.value, checklist, 'links');
  if (!read.ok) return read;
  const { master, rules } = read.value;
  const { text } = master;
  const { placeholder } = rules;
  const edits = answerEdits(text, placeholder, checklist, answers);
  const { markdown } = applyEdits(text, edits, { repo: checklist.repo, placeholder });
  return succeed({ now: hashText(text), lines: lineDifference(markdown, text) });
}

/**
 * Writes whose the numbers of a checklist are into the hidden comment at the end of its text, so that every browser has
 * the answer; answers that are of no item any more are left out. A tracked checklist is refreshed soon after; until then
 * what was answered is asked no more. Nothing is written where the text is not the one that the answer was shown against,
 * or where no item that was answered for is there as it was: then it fails with `text-changed`.
 */
export async function answerNumbers(
  {
    checklist,
    pageUser,
    now,
    ...answers
  }: Query & {
    /** Hash of the text that its change was shown against; missing where none was. */
    readonly now?: string;
  },
  ports: Ports,
): Promise<Result<SyncView>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  const open = await ports.store.loadOpenJob(checklistKey(checklist));
  if (open !== undefined) return fail(failure('job-open'));
  const acting = await accountPortsForPage(ports, checklist.repo.host, pageUser);
  if (!acting.ok) return acting;
  const { newId, login } = acting.value;
  const read = await readMasterAndRules(acting.value, checklist, 'links');
  if (!read.ok) return read;
  const { placeholder } = read.value.rules;
  const run = newId();
  let changed = false;
  let taken: NewAnswers = answers;
  const request = {
    checklist,
    placeholder,
    job: run,
    run,
    login,
    cause: { by: 'click', what: 'answer' } as const,
    decide: ({ text }: { readonly text: string }) => {
      changed = now !== undefined && hashText(text) !== now;
      taken = answersIn(text, placeholder, checklist, answers);
      return changed ? [] : answerEdits(text, placeholder, checklist, taken);
    },
  };
  const written = await writeChecklist(withText(acting.value), request);
  if (!written.ok) return written;
  if (changed || (isEmpty(taken) && !isEmpty(answers))) return fail(failure('text-changed'));
  // What fell between the read and the write is found and restored. Where GitHub does not answer, the next write looks.
  await confirmWrite(withText(acting.value), request, written.value);
  await forgetAsked(ports, checklistKey(checklist), taken);
  ports.onChange(checklist);
  await ports.toolbar.refresh();
  if ((await ports.tracked.find(checklist)) !== undefined) startPolling(ports, { hurry: true });
  return succeed(await syncViewOf(ports, checklist));
}

function isEmpty({ own, about, bracket = [] }: NewAnswers): boolean {
  return own.length + about.length + bracket.length === 0;
}

/** Under the lock of a sync: what that has to remember must not get lost. */
function forgetAsked(
  { locks, syncs }: Ports,
  key: string,
  { own, about, bracket = [] }: NewAnswers,
) {
  return locks.withLock(`sync:${key}`, async () => {
    const record = await syncs.loadRecord(key);
    if (record?.question === undefined) return;
    const question = withoutAnswered(record.question, [...own, ...about, ...bracket]);
    await syncs.saveRecord({ ...record, question });
  });
}
