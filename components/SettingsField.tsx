interface FieldProps<Value> {
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

/** A setting that is a text; of several lines with `rows`. Saved when the field is left. */
export function SettingsText(props: FieldProps<string> & { readonly rows?: number }) {
  const { id, label, hint, value, rows, onChange } = props;
  const described = { id, value, spellcheck: false, 'aria-describedby': `${id}-hint` } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows === undefined ? (
        <input
          {...described}
          type="text"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <textarea
          {...described}
          rows={rows}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      <Hint id={id} hint={hint} />
    </div>
  );
}

interface NumberProps extends FieldProps<number> {
  readonly least: number;
  readonly most: number;
}

/** A setting that is a whole number, kept within its bounds. */
export function SettingsNumber({ id, label, hint, value, least, most, onChange }: NumberProps) {
  const change = (field: HTMLInputElement) => {
    // What is no number changes nothing.
    const wished = Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : value;
    const kept = Math.min(Math.max(Math.round(wished), least), most);
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
        step={1}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.currentTarget)}
      />
      <Hint id={id} hint={hint} />
    </div>
  );
}

/** Least and most are in seconds. */
type SecondsProps = NumberProps;

/** A time in seconds, kept within its bounds; `value` is in milliseconds. */
export function SettingsSeconds(props: SecondsProps) {
  const { id, label, hint, value, least, most, onChange } = props;
  const change = (field: HTMLInputElement) => {
    const seconds = Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : least;
    const kept = Math.min(Math.max(seconds, least), most);
    field.value = String(kept);
    onChange(kept * 1_000);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={least}
        max={most}
        step="any"
        value={value / 1_000}
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.currentTarget)}
      />
      <Hint id={id} hint={`${hint} At least ${least} s.`} />
    </div>
  );
}

function Hint({ id, hint }: { readonly id: string; readonly hint: string }) {
  return (
    <p id={`${id}-hint`} class="muted">
      {hint}
    </p>
  );
}
