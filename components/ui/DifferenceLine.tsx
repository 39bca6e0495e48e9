import type { ComponentChildren } from 'preact';
import type { ComparedLine } from '../../lib/core/text/line-difference.ts';

interface DifferenceLineProps {
  readonly kind: ComparedLine['kind'];
  /** What the sign says to the eye, for the ear. */
  readonly said: string;
  readonly children: ComponentChildren;
}

const SIGNS = { same: ' ', 'comes-back': '+', goes: '−', gap: '⋯' } as const;

/** One line of a difference; by a sign for the eye and by words for the ear. */
export function DifferenceLine({ kind, said, children }: DifferenceLineProps) {
  return (
    <li class={kind}>
      <span aria-hidden="true">{SIGNS[kind]}</span>
      <span>
        {said && <span class="unseen">{said}</span>}
        {children}
      </span>
    </li>
  );
}
