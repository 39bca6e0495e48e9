import type { ReadonlySignal } from '@preact/signals';
import { GITHUB_HOST, isRepoName, parseRepo } from '../../lib/core/refs.ts';
import { choicesOf, type Form, mustBe, showValue } from '../../lib/core/settings/form.ts';
import {
  type Place,
  PREFERENCES,
  type Preferences,
  RULES_FILE,
} from '../../lib/core/settings/settings.ts';
import { settingProblem } from '../../lib/core/settings/settings-file.ts';
import {
  entryAt,
  isSetting,
  type PartialSettings,
  type Setting,
  valueAt,
} from '../../lib/core/settings/table.ts';
import { Button } from '../ui/Button.tsx';
import { listOf } from '../ui/preview-fields.ts';
import {
  type FieldProps,
  SettingsCheckbox,
  SettingsNumber,
  SettingsOptionalText,
  SettingsRadios,
  SettingsSeconds,
  SettingsSelect,
  SettingsText,
} from './SettingsField.tsx';
import { SettingsTemplate } from './SettingsTemplate.tsx';

/** A change of some settings: the rest stays. */
export type SettingsChange = PartialSettings<Preferences>;

/** The settings and how they are changed. */
export interface SettingsProps {
  readonly preferences: ReadonlySignal<Preferences>;
  readonly onChange: (change: SettingsChange) => unknown;
}

/** The settings that people look for; those of generating apply to the next preview. */
export function SettingsForm(props: SettingsProps) {
  return (
    <>
      <section aria-labelledby="generating">
        <h2 id="generating">Generating issues</h2>
        <p class="muted">Defaults for each preview. You can change most of them there.</p>
        <Fields
          {...props}
          of={['generation.labels', 'generation.linkStyle', 'generation.comment', 'badges']}
        />
      </section>
      <section aria-labelledby="polling">
        <h2 id="polling">Tracking checklists</h2>
        <Fields {...props} of={['pollMinutes', 'nightly.on']} />
      </section>
      <section aria-labelledby="identity-head">
        <h2 id="identity-head">{PREFERENCES.generation.identity.label}</h2>
        <Fields {...props} of={['generation.identity']} />
      </section>
    </>
  );
}

interface SettingsAdvancedProps extends SettingsProps {
  readonly onDownloadRules: () => unknown;
}

/** Settings that need a thought, folded away. */
export function SettingsAdvanced({ onDownloadRules, ...props }: SettingsAdvancedProps) {
  return (
    <details class="section">
      <summary>
        <h2>Advanced</h2>
      </summary>
      <fieldset>
        <legend>New issues</legend>
        <Fields {...props} of={NEW_ISSUES} />
      </fieldset>
      <fieldset>
        <legend>Reading and writing</legend>
        <Fields
          {...props}
          of={[
            'generation.placeholder',
            'skipSyncPreview',
            'button',
            'nightly.hour',
            'allowOtherUser',
          ]}
        />
      </fieldset>
      <fieldset>
        <legend>Rules for tracked checklists</legend>
        <p class="muted">
          If a repository has <code>{RULES_FILE}</code> on its default branch, that file is used
          instead of these rules, in every browser. What its section <code>generate</code> says is
          also used instead of your settings for new issues.
        </p>
        <Fields {...props} of={RULES} />
        <Button onPress={() => onDownloadRules()}>Download these rules as masterlist.yml</Button>
      </fieldset>
      <fieldset>
        <legend>Pace and waits, in seconds</legend>
        <Fields {...props} of={WAITS} />
      </fieldset>
    </details>
  );
}

const NEW_ISSUES: readonly Place[] = [
  'generation.template',
  'generation.levels',
  'generation.includeTicked',
  'generation.prefix',
  'generation.ids',
  'generation.milestone',
  'generation.assignees',
  'generation.missing',
  'generation.target',
];

const RULES: readonly Place[] = [
  'rules.notPlanned',
  'rules.duplicate',
  'rules.parents',
  'rules.remarks',
  'rules.pullRequests',
  'rules.pullRequestsFrom',
  'rules.baseBranches',
  'rules.tickOnBaseBranches',
  'rules.trustedAuthors',
];

const WAITS: readonly Place[] = [
  'careful',
  'timing.gapMs',
  'timing.carefulGapMs',
  'timing.claimSettleMs',
  'timing.recoverAfterMs',
  'timing.writeGapMs',
  'timing.requestTimeoutMs',
];

/** The fields of some settings, in this order. */
function Fields({ of, preferences, onChange }: SettingsProps & { readonly of: readonly Place[] }) {
  return (
    <>
      {of.map((place) => {
        const path = place.split('.');
        const setting = entryAt(PREFERENCES, path);
        if (setting === undefined || !isSetting(setting)) return null;
        return (
          <SettingField
            key={place}
            id={idOf(path)}
            setting={setting}
            value={valueAt(preferences.value, path)}
            onChange={(value) => onChange(changeOf(path, value))}
          />
        );
      })}
    </>
  );
}

function changeOf([key = '', below]: readonly string[], value: unknown): SettingsChange {
  return { [key]: below === undefined ? value : { [below]: value } };
}

/** `link-style` for `generation.linkStyle`. */
function idOf(path: readonly string[]): string {
  const words = path[0] === 'nightly' ? path.join('-') : (path.at(-1) ?? '');
  return words.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

interface SettingFieldProps {
  readonly id: string;
  readonly setting: Setting;
  readonly value: unknown;
  readonly onChange: (value: unknown) => unknown;
}

/** The field that a setting's form asks for. */
function SettingField({ id, setting, value, onChange }: SettingFieldProps) {
  const { form, label, help } = setting;
  const props = { id, label, hint: help, onChange };
  const text = String(value ?? '');
  switch (form.kind) {
    case 'switch':
      return form.automatic === undefined ? (
        <SettingsCheckbox {...props} value={value === true} />
      ) : (
        <SwitchOrAutomatic {...props} automatic={form.automatic} value={value} />
      );
    case 'choice':
      return form.meanings === undefined ? (
        <SettingsSelect {...props} value={text} choices={choicesOf(form)} />
      ) : (
        <SettingsRadios
          {...props}
          value={text}
          choices={choicesOf(form)}
          meanings={form.meanings}
        />
      );
    case 'text':
      return <TextField {...props} setting={setting} form={form} value={value} />;
    case 'list':
      return <ListField {...props} setting={setting} form={form} value={value} />;
    case 'hour':
      return (
        <SettingsSelect
          {...props}
          value={text}
          choices={HOURS}
          onChange={(hour) => onChange(Number(hour))}
        />
      );
    case 'minutes':
      return <SettingsNumber {...props} bounds={form} value={Number(value)} />;
    case 'wait':
      return <SettingsSeconds {...props} bounds={form} value={Number(value)} />;
    case 'repository':
      return (
        <RepositoryField
          {...props}
          value={value === undefined ? '' : showValue(form, value)}
          must={mustBe(form, 'field')}
        />
      );
    // Only alerts, tests and files have these.
    case 'subset':
    case 'waits':
    case 'count':
    case 'constant':
      return null;
  }
}

const HOURS = Array.from(
  { length: 24 },
  (_, hour) => [String(hour), `${String(hour).padStart(2, '0')}:00`] as const,
);

type AnyFieldProps = FieldProps<unknown>;

function SwitchOrAutomatic({
  automatic,
  value,
  onChange,
  ...props
}: AnyFieldProps & { readonly automatic: string }) {
  const chosen = value === undefined ? 'automatic' : String(value);
  return (
    <SettingsSelect
      {...props}
      value={chosen}
      choices={[
        ['automatic', automatic],
        ['true', 'Always'],
        ['false', 'Never'],
      ]}
      onChange={(choice) => onChange(choice === 'automatic' ? undefined : choice === 'true')}
    />
  );
}

interface FormFieldProps<Kind> extends AnyFieldProps {
  readonly setting: Setting;
  readonly form: Extract<Form, { readonly kind: Kind }>;
}

function TextField({ setting, form, value, ...props }: FormFieldProps<'text'>) {
  const problemOf = (text: string) => settingProblem(setting, text);
  if (setting === PREFERENCES.generation.template) {
    return <SettingsTemplate {...props} value={String(value)} problemOf={problemOf} />;
  }
  if (form.automatic === undefined) {
    return <SettingsText {...props} value={String(value)} problemOf={problemOf} />;
  }
  return (
    <SettingsOptionalText
      {...props}
      value={value === undefined ? undefined : String(value)}
      automatic={form.automatic}
      problemOf={problemOf}
    />
  );
}

/** A list between commas, each entry once. */
function ListField({ setting, form, value, onChange, ...props }: FormFieldProps<'list'>) {
  const read = (text: string) => [...new Set(listOf(text.replaceAll(form.ignored ?? '', '')))];
  return (
    <SettingsText
      {...props}
      value={Array.isArray(value) ? value.join(', ') : ''}
      problemOf={(text) => settingProblem(setting, read(text))}
      onChange={(text) => onChange(read(text))}
    />
  );
}

function RepositoryField({
  value,
  must,
  onChange,
  ...props
}: AnyFieldProps & { readonly must: string }) {
  return (
    <SettingsText
      {...props}
      value={String(value)}
      problemOf={(text) =>
        text.trim() === '' || isRepoName(text) ? undefined : `it must be ${must}.`
      }
      onChange={(text) => onChange(parseRepo(text, GITHUB_HOST))}
    />
  );
}
