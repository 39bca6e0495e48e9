import type { BadgeIssue } from '../../lib/core/checklist-view.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';

const DONE = 'var(--fgColor-done, #8250df)';
const ICONS: Readonly<Record<BadgeIssue['state'], readonly [icon: IconName, color?: string]>> = {
  open: ['open', 'var(--fgColor-success, #1a7f37)'],
  completed: ['closed', DONE],
  'not-planned': ['skip'],
  duplicate: ['skip'],
  merged: ['merged', DONE],
  closed: ['closed', DONE],
  unknown: ['alert'],
};

/** Inline, because a badge stands among GitHub's nodes, where no style sheet of ours reaches. */
const STYLE =
  'display:inline-flex;align-items:center;gap:4px;margin-inline-start:6px;padding:0 6px;border:1px solid var(--borderColor-default, #d1d9e0);border-radius:2em;color:var(--fgColor-muted, #59636e);font-size:12px;font-weight:500;line-height:18px;text-decoration:none;vertical-align:middle;white-space:nowrap';

/** The issue of one item: its state as GitHub's icon and color, and its number. */
export function ItemBadge({ issue }: { readonly issue: BadgeIssue }) {
  const [icon, color] = ICONS[issue.state];
  const words = issue.state === 'unknown' ? 'not visible to you' : issue.state.replace('-', ' ');
  return (
    <a
      style={STYLE}
      href={issue.url}
      title={`${issue.title} (${words})`.trim()}
      aria-label={`Issue ${issue.text}, ${words}`}
    >
      <Icon name={icon} size={12} color={color} />
      {issue.text}
    </a>
  );
}
