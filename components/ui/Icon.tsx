const RING = 'M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0ZM1.5 8a6.5 6.5 0 1 0 13 0 6.5 6.5 0 0 0-13 0Z';

/** Outlines after the Primer octicons, 16 px (https://github.com/primer/octicons, MIT), some drawn with fewer points. */
const PATHS = {
  tasklist:
    'M1 2h6v6H1zm1.5 1.5v3h3v-3zM9 2.5h6V4H9zm0 5h6V9H9zm0 5h6V14H9zM1.4 11.4l1-1 1.5 1.5 2.9-2.9 1 1-3.9 4z',
  open: `${RING}M8 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z`,
  closed: `${RING}m9.78-1.22a.75.75 0 0 0-1.06-1.06L7.25 8.69 5.78 7.22a.75.75 0 0 0-1.06 1.06l2 2a.75.75 0 0 0 1.06 0Z`,
  skip: `${RING}m9.78-2.22-5.5 5.5a.75.75 0 0 1-1.06-1.06l5.5-5.5a.75.75 0 0 1 1.06 1.06Z`,
  merged:
    'M4 1a2 2 0 0 0-.8 3.8v6.4a2 2 0 1 0 1.6 0V7.5A6 6 0 0 0 10 9.3a2 2 0 1 0 0-1.6A4.5 4.5 0 0 1 5 4.7 2 2 0 0 0 4 1Z',
  alert: 'M8 .5 16 15H0zM8 3.6 2.5 13.5h11zM7.2 6.5h1.6V10H7.2zm0 4.5h1.6v1.6H7.2z',
} as const;

/** Names of the icons. */
export type IconName = keyof typeof PATHS;

interface IconProps {
  readonly name: IconName;
  /** Width and height in CSS pixels; 16 by default. */
  readonly size?: number;
  /** A CSS color; that of the text by default. */
  readonly color?: string | undefined;
}

/** An icon; decoration only, so the words stand beside it. */
export function Icon({ name, size = 16, color = 'currentColor' }: IconProps) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} fill={color} aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
