import type { FoundIssue } from '../../lib/core/differences/reconcile-preview.ts';
import { describeAgo } from './describe-ago.ts';

/** `Fix the build · open · by hubot · 3 weeks ago`: what tells an issue from another, beside its number. `now` in milliseconds since 1970. */
export function describeIssue(
  { title, state, author, createdAt }: Omit<FoundIssue, 'ref'>,
  now: number,
): string {
  const made = Date.parse(createdAt);
  const age = Number.isNaN(made) ? '' : describeAgo(made, now);
  return [title, state, author && `by ${author}`, age].filter(Boolean).join(' · ');
}
