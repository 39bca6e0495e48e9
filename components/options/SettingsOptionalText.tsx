import { useState } from 'preact/hooks';
import { SettingsSelect, SettingsText } from './SettingsField.tsx';

interface SettingsOptionalTextProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** Undefined leaves it to Masterlist; '' is none. */
  readonly value: string | undefined;
  /** What it is when it is left to Masterlist. */
  readonly automatic: string;
  /** The label of the field for an own text. */
  readonly own: string;
  readonly problemOf: (text: string) => string | undefined;
  readonly onChange: (value: string | undefined) => unknown;
}

/** A text that Masterlist chooses by itself unless the user gives her own, or none. */
export function SettingsOptionalText(props: SettingsOptionalTextProps) {
  const { id, label, hint, value, automatic, own, problemOf, onChange } = props;
  const [isWriting, setWriting] = useState(false);
  const written = value === undefined || value === '' ? '' : value;
  const chosen = value === undefined ? 'automatic' : 'none';
  const choose = (choice: 'automatic' | 'none' | 'own') => {
    setWriting(choice === 'own');
    // An own text is saved when there is one.
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
          ['own', 'This text'],
        ]}
        onChange={choose}
      />
      {isOwn && (
        <SettingsText
          id={`${id}-own`}
          label={own}
          hint="Saved when you leave the field."
          value={written}
          problemOf={(text) =>
            text.trim() === '' ? 'write a text, or choose None above.' : problemOf(text)
          }
          onChange={onChange}
        />
      )}
    </>
  );
}
