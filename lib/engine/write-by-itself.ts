import type { ReconcilePlan } from '../core/differences/difference.ts';
import { chosenEdits } from '../core/differences/item-edits.ts';
import {
  type AutomaticChoice,
  automaticChoices,
  planReconcile,
} from '../core/differences/plan-reconcile.ts';
import type { ReconcileFacts } from '../core/differences/reconcile-facts.ts';
import type { BodyVersion, MasterSnapshot } from '../core/engine/job-facts.ts';
import { type Result, succeed } from '../core/failures.ts';
import type { LoggedRow } from '../core/log/event.ts';
import { issueKey } from '../core/refs.ts';
import type { FollowedByKey } from '../core/sync/sync-facts.ts';
import type { EditOutcome } from '../core/text/apply-edits.ts';
import type { ReconcilePorts } from '../ports.ts';
import { withText } from './checklist-text.ts';
import { type ReconcileQuery, type ReconcileReading, reconcileOptions } from './read-reconcile.ts';
import { joinVersions } from './read-sync.ts';
import { confirmWrite } from './verify-writes.ts';
import { type ChecklistRequest, writeChecklist } from './write-checklist.ts';

/**
 * Writes, at once, what may be resolved automatically beside what sync writes: of what was read only that which still stands
 * on the text as it is when it is written. Answers what is left, and how many items were changed.
 */
export async function writeByItself(
  ports: ReconcilePorts,
  query: ReconcileQuery,
  reading: ReconcileReading,
): Promise<Result<{ readonly plan: ReconcilePlan; readonly updated: number }>> {
  const options = reconcileOptions(query, reading.master);
  const meant = new Set(automaticChoices(reading.plan).map(({ difference }) => difference.id));
  if (meant.size === 0) return succeed({ plan: reading.plan, updated: 0 });
  let choices: readonly AutomaticChoice[] = [];
  const request: ChecklistRequest = {
    checklist: query.checklist,
    placeholder: reading.facts.rules.placeholder,
    job: '',
    run: ports.newId(),
    login: ports.login,
    cause: { by: 'night', what: 'resolve' },
    decide: (master) => {
      const facts = factsOn(reading.facts, master);
      const plan = facts && planReconcile(facts, undefined, options);
      choices = plan
        ? automaticChoices(plan).filter(({ difference }) => meant.has(difference.id))
        : [];
      return facts === undefined ? [] : chosenEdits(facts, choices.map(consequenceOf));
    },
    rows: (outcome) => doneOf(choices, outcome).flatMap(loggedRow),
  };
  const written = await writeChecklist(withText(ports), request);
  if (!written.ok) return written;
  const { master, text } = await confirmWrite(withText(ports), request, written.value);
  const now = factsOn(reading.facts, { text, history: master.history });
  const followed = underPresentNames(reading.facts.followed);
  const plan = now && planReconcile({ ...now, followed }, undefined, options);
  const updated = doneOf(choices, written.value.outcome).length;
  return succeed({ plan: plan ?? reading.plan, updated });
}

function consequenceOf({ consequence }: AutomaticChoice) {
  return consequence;
}

/** The facts on the text as it is now; nothing where too much happened since to know what was taken back. */
function factsOn(
  facts: ReconcileFacts,
  { text, history: newer }: Pick<MasterSnapshot, 'text'> & { history: readonly BodyVersion[] },
): ReconcileFacts | undefined {
  const history = joinVersions(newer, facts.master.history);
  return history && { ...facts, master: { ...facts.master, text, history } };
}

/** Those that changed the text: their item, or the hidden block. */
function doneOf(choices: readonly AutomaticChoice[], { applied }: EditOutcome) {
  const changed = applied.filter((one) => one.changed).map(({ edit }) => edit);
  const items = new Set(changed.flatMap((edit) => ('item' in edit ? [edit.item.key] : [])));
  const isBlockChanged = changed.some(({ kind }) => kind === 'comment');
  return choices.filter(({ consequence }) =>
    consequence.edits.some((edit) => ('item' in edit ? items.has(edit.item.key) : isBlockChanged)),
  );
}

function loggedRow({ difference, consequence }: AutomaticChoice): readonly LoggedRow[] {
  const { item, text } = difference;
  const { choice } = consequence;
  if (item === undefined) return [];
  const issue = choice.kind === 'relink' ? { issue: choice.to } : {};
  return [{ item: item.key, text, what: choice.kind, ...issue }];
}

/** The new links name issues that were asked for by their old names. */
function underPresentNames(followed: FollowedByKey): FollowedByKey {
  const known = Object.values(followed).filter((one) => typeof one === 'object');
  return { ...Object.fromEntries(known.map((one) => [issueKey(one.ref), one])), ...followed };
}
