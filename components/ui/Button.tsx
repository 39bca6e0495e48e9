import type { ComponentChildren, Ref } from 'preact';

interface ButtonProps {
  /** How it looks; plain by default. */
  readonly look?: 'primary' | 'danger' | 'small' | 'icon' | 'chip';
  readonly disabled?: boolean | undefined;
  /** For a button that stays down. */
  readonly pressed?: boolean;
  /** For a button that unfolds the panel. */
  readonly expanded?: boolean;
  /** It starts writes: on GitHub's pages a press is only taken that was meant for it. */
  readonly writes?: boolean | undefined;
  /** What it started is under way. */
  readonly busy?: boolean;
  /** Its name where the text alone does not say enough. */
  readonly label?: string;
  /** -1 where Tab passes it by. */
  readonly tabIndex?: number | undefined;
  readonly buttonRef?: Ref<HTMLButtonElement> | undefined;
  /** Without it the button submits its form. */
  readonly onPress?: (() => void) | undefined;
  readonly children: ComponentChildren;
}

/** A button that looks like GitHub's. */
export function Button(props: ButtonProps) {
  return (
    <button
      type={props.onPress ? 'button' : 'submit'}
      class={`btn ${props.look ?? ''}`}
      disabled={props.disabled}
      data-writes={props.writes || undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-busy={props.busy}
      aria-label={props.label}
      tabIndex={props.tabIndex}
      ref={props.buttonRef ?? null}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}
