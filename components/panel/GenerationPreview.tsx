import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { Failure, Result } from '../../lib/core/failures.ts';
import { formatDuration } from '../../lib/core/format-duration.ts';
import type { AnswerPreview, GivenAnswers, NewAnswers } from '../../lib/core/identity/answers.ts';
import { listInWords } from '../../lib/core/list-in-words.ts';
import { BLOCKED_FATES, describeSummary, FATES } from '../../lib/core/plan/describe-reason.ts';
import { MOST_ROWS } from '../../lib/core/plan/most-rows.ts';
import { type FirstPart, firstPart, outlineOf } from '../../lib/core/plan/outline.ts';
import type {
  GenerationOptions,
  GenerationPlan,
  PlanSummary,
  RowChoice,
} from '../../lib/core/plan/plan-generation.ts';
import { roomFor } from '../../lib/core/plan/plan-size.ts';
import { summarizePlan } from '../../lib/core/plan/summarize-plan.ts';
import { formatRepo } from '../../lib/core/refs.ts';
import { BODY_LIMIT } from '../../lib/core/text/body-limit.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import { changedOptions, type PreviewFields } from '../ui/preview-fields.ts';
import { NumbersQuestionView } from './NumbersQuestion.tsx';
import { PreviewOptions } from './PreviewOptions.tsx';
import { PreviewOutline } from './PreviewOutline.tsx';
import {
  chooseRows,
  keepChoices,
  type RowChange,
  type RowChoices,
  tickRow,
  withChoices,
} from './row-choices.ts';

interface GenerationPreviewProps {
  readonly plan: GenerationPlan;
  readonly busy: boolean;
  /** What stood in the way of the last click. */
  readonly failure: Failure | undefined;
  /** Why the last answer to the question was not written. */
  readonly unanswered?: Failure | undefined;
  /** Least time between two creations, in milliseconds. */
  readonly gapMs: number;
  readonly onOptionsChange: (options: Partial<GenerationOptions>) => void;
  readonly onCreate: (choices: readonly RowChoice[], only: 'all' | 'first') => void;
  /** Plans anew, over the run in another browser that stands in the way. */
  readonly onTakeOver?: (() => void) | undefined;
  readonly onAnswer?: ((answers: GivenAnswers) => void) | undefined;
  readonly onPreview?: ((answers: NewAnswers) => Promise<Result<AnswerPreview>>) | undefined;
  readonly onCancel: () => void;
  readonly onOptions: () => void;
}

/** The plan before it is carried out: what will happen to which row, and what that costs. */
export function GenerationPreview(props: GenerationPreviewProps) {
  const { plan, busy } = props;
  const [choices, choose] = useChoices(plan);
  const [typed, type] = useTyped(plan);
  const dirty = Object.keys(typed).length > 0;
  const update = () => props.onOptionsChange(changedOptions(typed, plan));
  const chosen = withChoices(plan, choices);
  const summary = summarizePlan(chosen, props.gapMs);
  const blockers = openBlockers(plan, summary);
  const blocker = props.failure ?? blockers[0];
  const ready = !busy && !dirty && blockers.length === 0;
  const isBlocked = blockers.some(stopsAll);
  const fates = isBlocked ? BLOCKED_FATES : FATES;
  const create = (only: 'all' | 'first') => props.onCreate([...choices.values()], only);
  return (
    <section class="preview" aria-label="Preview">
      {/* The chips show its counts to the eye, and whether they are all of it. */}
      <h3 aria-live="polite" class={hasWork(summary) ? 'unseen' : undefined}>
        {describeSummary(summary, fates)}
      </h3>
      {blocker && (
        <FailureNote failure={blocker} onOptions={props.onOptions}>
          {blocker === props.failure && (
            <Button look="small" disabled={busy} onPress={update}>
              Refresh preview
            </Button>
          )}
          {blocker.code === 'claim-silent' && props.onTakeOver && (
            <Button look="small" disabled={busy} onPress={props.onTakeOver}>
              Take over
            </Button>
          )}
          {isTooMuch(blocker) && <FirstPartButton plan={chosen} busy={busy} onChoose={choose} />}
        </FailureNote>
      )}
      {plan.takesOver && (
        <p>
          This takes over the run that {plan.takesOver.by} started in another browser. It stops
          there as soon as it notices.
        </p>
      )}
      <NumbersQuestionView
        question={plan.question}
        from={plan.checklist.repo}
        busy={busy}
        failure={props.unanswered}
        onAnswer={plan.rows.length > 0 && !isBlocked ? props.onAnswer : undefined}
        onPreview={props.onPreview}
        onOptions={props.onOptions}
      />
      <PreviewOutline
        key={plan.run}
        plan={plan}
        choices={choices}
        summary={summary}
        fates={fates}
        onChoose={choose}
      />
      <PreviewOptions plan={plan} busy={busy} typed={typed} onType={type} onApply={update} />
      <PreviewFoot plan={plan} summary={summary} isBlocked={isBlocked} />
      {!isBlocked && <Watchers plan={plan} summary={summary} />}
      <div class="actions">
        <Button
          look="primary"
          writes
          disabled={!ready || summary.create + summary.link === 0}
          onPress={() => create('all')}
        >
          {startOf(summary, plan)}
        </Button>
        {summary.create > 1 && (
          <Button writes disabled={!ready} onPress={() => create('first')}>
            Create the first one only
          </Button>
        )}
        <Button disabled={busy} onPress={props.onCancel}>
          Cancel
        </Button>
        {dirty && <span class="muted">The options changed: update the preview first.</span>}
      </div>
    </section>
  );
}

function hasWork({ create, link, ask }: PlanSummary): boolean {
  return create + link + ask > 0;
}

/** Another selection resolves the rest, and an answer needs no selected row. */
function stopsAll(blocker: Failure): boolean {
  return blocker.code !== 'nothing-selected' && !isTooMuch(blocker);
}

function isTooMuch({ code }: Failure): boolean {
  return code === 'too-many-rows' || code === 'links-too-long';
}

interface FirstPartButtonProps {
  /** With the user's choices. */
  readonly plan: GenerationPlan;
  readonly busy: boolean;
  readonly onChoose: Choose;
}

/** Selects the first sections that one run can create; nothing where not even one item has room. */
function FirstPartButton({ plan: { rows, space, most }, busy, onChoose }: FirstPartButtonProps) {
  const selected = rows.map((row) => row.selected);
  const part = firstPart(outlineOf(rows), selected, roomFor({ space, most }));
  if (part === undefined) return null;
  const isIn = (at: number) => at >= part.from && at < part.to;
  const others = rows.filter((row, at) => row.selected && !isIn(at));
  const links = rows.some(({ decision }, at) => selected[at] && isIn(at) && decision === 'link');
  return (
    <Button
      look="small"
      disabled={busy}
      onPress={() => onChoose(...others.map((row) => tickRow(row, false)))}
    >
      Start with {describePart(part)}: {countNoun(part.count, links ? 'item' : 'issue')}
    </Button>
  );
}

/** `“Windows” and “macOS”`, `“Windows” to “Linux”`, or `the first items`. */
function describePart({ names, items }: FirstPart): string {
  const quoted = names.map(
    (name) => `“${name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name}”`,
  );
  const parts = [...(items ? ['the first items'] : []), ...quoted];
  return parts.length > 3 ? `${parts[0]} to ${parts.at(-1)}` : listInWords(parts);
}

/** Characters of a section's name in a button. */
const LONGEST = 40;

function startOf({ create, link }: PlanSummary, plan: GenerationPlan): string {
  const repo = formatRepo(plan.target);
  if (create === 0 && link > 0) return `Link ${countNoun(link, 'item')} to issues in ${repo}`;
  return `Create ${countNoun(create, 'issue')} in ${repo}`;
}

interface PreviewFootProps {
  readonly plan: GenerationPlan;
  readonly summary: PlanSummary;
  readonly isBlocked: boolean;
}

/** What the plan costs, and how far it looked. */
function PreviewFoot({ plan, summary, isBlocked }: PreviewFootProps) {
  const { writes, seconds, mails } = summary;
  const { lookalikes, watchers } = plan;
  return (
    <ul class="foot muted">
      {writes > 0 && !isBlocked && (
        <li>
          {countNoun(writes, 'write')} to {formatRepo(plan.target)}, {formatDuration(seconds)} under
          GitHub's limits. Emails: up to {mails} ×{' '}
          {watchers === undefined ? 'watchers' : countNoun(watchers, 'watcher')}.
        </li>
      )}
      {lookalikes.inCode > 0 && <li>{describeLookalikes(lookalikes.inCode, 'code')}</li>}
      {lookalikes.inComments > 0 && (
        <li>{describeLookalikes(lookalikes.inComments, 'in comments')}</li>
      )}
      {lookalikes.nearMisses.length > 0 && <li>{describeNearMisses(lookalikes.nearMisses)}</li>}
      <li>{describeLooked(plan.looked)}</li>
    </ul>
  );
}

/** So many issues for so many people are worth a second look. */
const MANY_ISSUES = 25;
const MANY_WATCHERS = 50;

/** How many people a large generation reaches, right before it is confirmed. */
function Watchers({
  plan: { target, watchers = 0 },
  summary: { create, mails },
}: Pick<PreviewFootProps, 'plan' | 'summary'>) {
  if (create <= MANY_ISSUES || watchers <= MANY_WATCHERS) return null;
  return (
    <p class="note">
      <Icon name="alert" />
      <span>
        <strong>
          {watchers.toLocaleString('en-US')} people watch {formatRepo(target)}.
        </strong>{' '}
        Each of them gets up to {mails} emails.
      </span>
    </p>
  );
}

function describeLookalikes(lines: number, what: string): string {
  const words = lines === 1 ? 'looks like a task but is' : 'look like tasks but are';
  return `${countNoun(lines, 'line')} ${words} ${what}.`;
}

function describeNearMisses(misses: GenerationPlan['lookalikes']['nearMisses']): string {
  const isOne = misses.length === 1;
  const words = isOne ? 'looks like a task but is none' : 'look like tasks but are none';
  const numbers = listInWords(misses.slice(0, MOST_NUMBERS).map(({ line }) => String(line)));
  const more = misses.length > MOST_NUMBERS ? ' and more' : '';
  return `${countNoun(misses.length, 'line')} ${words} for GitHub: ${isOne ? 'line' : 'lines'} ${numbers}${more}.`;
}

/** Line numbers that are named. */
const MOST_NUMBERS = 10;

function describeLooked({ issues, back, complete }: GenerationPlan['looked']): string {
  const since =
    back === undefined
      ? ''
      : `, back to ${new Date(back).toLocaleDateString([], { dateStyle: 'medium' })}`;
  const rest = complete ? '' : '; older ones were not compared';
  return `Compared with ${countNoun(issues, 'issue')}${since}${rest}.`;
}

/** The plan's blockers without those that unticking rows has resolved since. The background checks all of them again. */
function openBlockers(
  { blockers, space, most = MOST_ROWS }: GenerationPlan,
  { create, link }: PlanSummary,
): readonly Failure[] {
  const rows = create + link;
  return blockers.filter(({ code }) => {
    if (code === 'nothing-selected') return rows === 0;
    if (code === 'too-many-rows') return rows > most;
    return code !== 'links-too-long' || !space || space.used + rows * space.perLink > BODY_LIMIT;
  });
}

/** What was typed into the options of this plan; a new plan shows what became of it, one that could not be had takes nothing away. */
function useTyped({ run }: GenerationPlan) {
  const [made, setMade] = useState<{ run: string; fields: Partial<PreviewFields> }>();
  const fields = made?.run === run ? made.fields : NOTHING_TYPED;
  const type = (change: Partial<PreviewFields>) =>
    setMade({ run, fields: { ...fields, ...change } });
  return [fields, type] as const;
}

const NOTHING_TYPED: Partial<PreviewFields> = {};

type Choose = (...changes: readonly RowChange[]) => void;

/** The user's choices for the rows of a plan, and how to change some; a new plan keeps those that still mean the same rows. */
function useChoices(plan: GenerationPlan): readonly [RowChoices, Choose] {
  const [made, setMade] = useState<{ readonly plan: GenerationPlan; readonly choices: RowChoices }>(
    { plan, choices: new Map() },
  );
  const choices = made.plan === plan ? made.choices : keepChoices(made.choices, made.plan, plan);
  if (made.plan !== plan) setMade({ plan, choices });
  // The same function from render to render, so that rows need not render again.
  const [choose] = useState<Choose>(() => (...changes: readonly RowChange[]) => {
    setMade((now) => ({ ...now, choices: chooseRows(now.choices, changes) }));
  });
  return [choices, choose];
}
