import { useState } from 'preact/hooks';
/** A field of one setting. */
export interface FieldProps<Value> {
  readonly id: string;
  readonly label: string;
  /** One sentence on what it does. */
  readonly hint: string;
  readonly value: Value;
  readonly onChange: (value: Value) => unknown;
}

/** A setting that is on or off. */
export function SettingsCheckbox({ id, label, hint, value, onChange }: FieldProps<boolean>) {
  return (
    <div class="field check">
      <input
        id={id}
        type="checkbox"
        checked={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      <Hint id={id} hint={hint} />
    </div>
  );
}

interface SelectProps<Value extends string> extends FieldProps<Value> {
  readonly choices: readonly (readonly [value: Value, words: string])[];
}

/** A setting with a few choices. */
export function SettingsSelect<Value extends string>(props: SelectProps<Value>) {
  const { id, label, hint, value, choices, onChange } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const chosen = choices.find(([each]) => each === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {choices.map(([each, words]) => (
          <option key={each} value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
      <Hint id={id} hint={hint} />
    </div>
  );
}

interface RadiosProps<Value extends string> extends SelectProps<Value> {
  /** What each choice means, in a sentence. */
  readonly meanings: Readonly<Record<string, string>>;
}

/** A setting with a few choices that need to be explained, all in sight. */
export function SettingsRadios<Value extends string>(props: RadiosProps<Value>) {
  const { id, label, hint, value, choices, meanings, onChange } = props;
  return (
    <fieldset>
      <legend class="unseen">{label}</legend>
      <p class="muted">{hint}</p>
      {choices.map(([each, words]) => (
        <div class="field check" key={each}>
          <input
            id={`${id}-${each}`}
            type="radio"
            name={id}
            value={each}
            checked={each === value}
            aria-describedby={`${id}-${each}-hint`}
            onChange={() => onChange(each)}
          />
          <label for={`${id}-${each}`}>{words}</label>
          <Hint id={`${id}-${each}`} hint={meanings[each] ?? ''} />
        </div>
      ))}
    </fieldset>
  );
}

interface TextProps extends FieldProps<string> {
  /** What is wrong with a text, as a sentence; undefined when it is sound. */
  readonly problemOf?: (text: string) => string | undefined;
}

/** A setting that is a text of one line. It is saved when the field is left, and only when it is sound. */
export function SettingsText(props: TextProps) {
  const { id, label, hint, value, problemOf, onChange } = props;
  const [refused, setRefused] = useState<Refused | undefined>();
  const change = (text: string) => {
    const problem = problemOf?.(text);
    setRefused(problem === undefined ? undefined : { text, problem });
    if (problem === undefined) onChange(text);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={refused?.text ?? value}
        spellcheck={false}
        aria-describedby={`${id}-hint`}
        aria-invalid={refused !== undefined}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <Hint id={id} hint={hint} problem={refused?.problem} />
    </div>
  );
}

/** A text that is not saved, and why. */
interface Refused {
  readonly text: string;
  readonly problem: string;
}

interface OptionalTextProps extends Omit<FieldProps<string | undefined>, 'value'> {
  /** Undefined leaves it to Masterlist; '' is none. */
  readonly value: string | undefined;
  /** What it is when it is left to Masterlist. */
  readonly automatic: string;
  readonly problemOf: (text: string) => string | undefined;
}

/** A text that Masterlist chooses automatically unless the user sets one, or none. */
export function SettingsOptionalText(props: OptionalTextProps) {
  const { id, label, hint, value, automatic, problemOf, onChange } = props;
  const [isWriting, setWriting] = useState(false);
  const written = value ?? '';
  const chosen = value === undefined ? 'automatic' : 'none';
  const choose = (choice: 'automatic' | 'none' | 'own') => {
    setWriting(choice === 'own');
    // A text is saved when there is one.
    if (choice !== 'own') onChange(choice === 'none' ? '' : undefined);
  };
  const isOwn = written !== '' || isWriting;
  return (
    <>
      <SettingsSelect
        id={id}
        label={label}
        hint={hint}
        value={isOwn ? 'own' : chosen}
        choices={[
          ['automatic', automatic],
          ['none', 'None'],
          ['own', 'Custom'],
        ]}
        onChange={choose}
      />
      {isOwn && (
        <SettingsText
          id={`${id}-own`}
          label={`Custom ${label.toLowerCase()}`}
          hint="Saved when you leave the field."
          value={written}
          problemOf={(text) =>
            text.trim() === '' ? 'enter a text, or choose None above.' : problemOf(text)
          }
          onChange={onChange}
        />
      )}
    </>
  );
}

/** Least and most of a number, both allowed. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

interface NumberProps extends FieldProps<number> {
  readonly bounds: Bounds;
}

/** A setting that is a whole number, kept within its bounds. */
export function SettingsNumber(props: NumberProps) {
  // What is no number changes nothing.
  const read = (typed: number) => (Number.isFinite(typed) ? Math.round(typed) : props.value);
  return <NumberInput {...props} step={1} read={read} />;
}

/** A time in seconds, kept within its bounds; those and `value` are in milliseconds. */
export function SettingsSeconds({ value, hint, bounds, onChange, ...props }: NumberProps) {
  const least = bounds.least / 1_000;
  return (
    <NumberInput
      {...props}
      bounds={{ least, most: bounds.most / 1_000 }}
      value={value / 1_000}
      hint={`${hint} At least ${least} s.`}
      step="any"
      read={(typed) => (Number.isFinite(typed) ? typed : least)}
      onChange={(seconds) => onChange(seconds * 1_000)}
    />
  );
}

interface NumberInputProps extends NumberProps {
  readonly step: number | 'any';
  /** The number that what was typed stands for (`NaN` where it is none). */
  readonly read: (typed: number) => number;
}

function NumberInput({ id, label, hint, value, bounds, step, read, onChange }: NumberInputProps) {
  const { least, most } = bounds;
  const change = (field: HTMLInputElement) => {
    const kept = Math.min(Math.max(read(field.valueAsNumber), least), most);
    field.value = String(kept);
    onChange(kept);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.currentTarget)}
      />
      <Hint id={id} hint={hint} />
    </div>
  );
}

interface HintProps {
  readonly id: string;
  readonly hint: string;
  /** Shown instead, and said, while the field holds what cannot be saved. */
  readonly problem?: string | undefined;
}

/** The sentence below a field. */
export function Hint({ id, hint, problem }: HintProps) {
  return (
    <p id={`${id}-hint`} class={problem === undefined ? 'muted' : 'problem'} aria-live="polite">
      {problem === undefined ? hint : `Not saved: ${problem}`}
    </p>
  );
}
