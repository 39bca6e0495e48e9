import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button } from './Button.tsx';

interface ConfirmButtonProps {
  readonly label: string;
  /** What it is done to, for the ear, where several buttons have the same label. */
  readonly about?: string;
  /** What happens, in one sentence; shown before it happens. */
  readonly consequence: string;
  readonly confirm: string;
  readonly keep: string;
  readonly disabled: boolean;
  /** Whether it starts writes; what only stops something is never held back. */
  readonly writes?: boolean;
  readonly onConfirm: () => void;
  /** What can be chosen about it. */
  readonly children?: ComponentChildren;
}

/** A button that says what it will do and asks once more. Escape keeps things as they are, and the focus comes back. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  const isBack = useRef(false);
  const name = props.about === undefined ? props.label : `${props.label}: ${props.about}`;
  if (!asking)
    return (
      <Button
        disabled={props.disabled}
        label={name}
        buttonRef={(button) => {
          if (isBack.current) button?.focus();
          isBack.current = false;
        }}
        onPress={() => setAsking(true)}
      >
        {props.label}
      </Button>
    );
  const close = () => {
    isBack.current = true;
    setAsking(false);
  };
  const confirm = () => {
    close();
    props.onConfirm();
  };
  return (
    <fieldset
      class="confirm"
      aria-label={name}
      onKeyDown={({ key }) => key === 'Escape' && close()}
    >
      <p>{props.consequence}</p>
      {props.children}
      <Button
        look="danger"
        writes={props.writes ?? true}
        disabled={props.disabled}
        onPress={confirm}
      >
        {props.confirm}
      </Button>
      <Button onPress={close} buttonRef={focusOnce}>
        {props.keep}
      </Button>
    </fieldset>
  );
}

/** The button that was pressed is gone: focus goes to the harmless answer. */
function focusOnce(button: HTMLButtonElement | null) {
  button?.focus();
}
