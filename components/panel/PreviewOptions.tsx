import type { ComponentChildren } from 'preact';
import type { GenerationPlan } from '../../lib/core/plan/plan-generation.ts';
import { formatRepo, isRepoName } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { fieldsOf, listOf, type PreviewFields } from '../ui/preview-fields.ts';

interface PreviewOptionsProps {
  readonly plan: GenerationPlan;
  readonly busy: boolean;
  /** What was changed and the preview does not show yet. */
  readonly typed: Partial<PreviewFields>;
  readonly onType: (change: Partial<PreviewFields>) => void;
  readonly onApply: () => void;
}

/** The folded options of one generation. They take effect together, because each new preview reads GitHub afresh. */
export function PreviewOptions(props: PreviewOptionsProps) {
  const { plan, busy, typed, onType: set, onApply } = props;
  const fields = { ...fieldsOf(plan), ...typed };
  const ready = !busy && Object.keys(typed).length > 0 && isRepoName(fields.target);
  const text = (name: TextName, label: string, more?: ComponentChildren) => (
    <Field label={label} more={more}>
      <input
        type="text"
        value={fields[name]}
        onInput={({ currentTarget }) => set({ [name]: currentTarget.value })}
      />
    </Field>
  );
  const pick = (
    name: ChoiceName,
    label: string,
    choices: readonly (readonly [value: string, words: string])[],
    more?: ComponentChildren,
  ) => (
    <Field label={label} more={more}>
      <select
        value={fields[name]}
        onChange={({ currentTarget }) => set({ [name]: currentTarget.value })}
      >
        {choices.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  );
  const missing = [...plan.missingLabels, ...(plan.milestoneMissing ? [plan.milestone] : [])];
  const repo = formatRepo(plan.target);
  return (
    <details class="group">
      <summary>Options</summary>
      {plan.fromRules !== undefined && plan.fromRules.length > 0 && (
        <p class="muted">From .github/masterlist.yml: {plan.fromRules.join(', ')}</p>
      )}
      <p class="muted">Separate labels and assignees with commas.</p>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onApply();
        }}
      >
        {pick(
          'levels',
          'Items that become issues',
          [
            ['leaves', 'Items without sub-items'],
            ['all', 'All items'],
            ['top', 'Top-level items only'],
          ],
          fields.levels === 'top' && (
            <small class="muted">Their sub-items become the checklist of the issue.</small>
          ),
        )}
        {text('prefix', 'Title prefix')}
        {text(
          'labels',
          'Labels',
          !listOf(fields.labels).includes(SUGGESTED_LABEL) && (
            <Button
              look="small"
              onPress={() =>
                set({ labels: [...listOf(fields.labels), SUGGESTED_LABEL].join(', ') })
              }
            >
              Add {SUGGESTED_LABEL}
            </Button>
          ),
        )}
        {text('milestone', 'Milestone')}
        {missing.length > 0 &&
          pick('missing', `Not in ${repo} yet: ${missing.join(', ')}`, [
            ['create', `Create in ${repo}`],
            ['drop', 'Leave out'],
          ])}
        {text(
          'assignees',
          'Assignees',
          <small class="muted">GitHub emails everyone who is assigned.</small>,
        )}
        {pick('linkBack', 'Comment on each issue', [
          ['line', 'No, only a line in the issue text (half the writes and emails)'],
          ['comment', 'Yes'],
        ])}
        {text(
          'target',
          'Repository for new issues',
          !isRepoName(fields.target) && <small role="alert">Write it as owner/repository.</small>,
        )}
        <Button disabled={!ready}>Update the preview</Button>
      </form>
    </details>
  );
}

const SUGGESTED_LABEL = 'test-plan';

type ChoiceName = 'levels' | 'missing' | 'linkBack';
type TextName = 'prefix' | 'labels' | 'milestone' | 'assignees' | 'target';

interface FieldProps {
  readonly label: string;
  readonly children: ComponentChildren;
  readonly more?: ComponentChildren;
}

function Field({ label, children, more }: FieldProps) {
  return (
    <div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label class="field">
        <span>{label}</span>
        {children}
      </label>
      {more}
    </div>
  );
}
