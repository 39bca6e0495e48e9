import type { KnownIssue } from '../lib/core/plan/plan-generation.ts';
import { describeAgo } from './describe-ago.ts';

/** An issue among others of which one is to be chosen. */
export type ListedIssue = Pick<KnownIssue, 'ref' | 'title' | 'state' | 'author' | 'createdAt'>;

/** `Fix the build · open · by hubot · 3 weeks ago`: what tells an issue from another, beside its number. `now` in milliseconds since 1970. */
export function describeIssue(
  { title, state, author, createdAt }: Omit<ListedIssue, 'ref'>,
  now: number,
): string {
  const made = Date.parse(createdAt);
  const age = Number.isNaN(made) ? '' : describeAgo(made, now);
  return [title, state, author && `by ${author}`, age].filter(Boolean).join(' · ');
}
