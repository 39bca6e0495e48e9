import type { JobHeader } from './job.ts';

/** Whether a mending has ended, but the generation of the issues that were chosen with it has not begun yet. */
export function hasPendingCreates({ endedAt, mend }: JobHeader): boolean {
  return endedAt !== undefined && mend !== undefined && mend.creates.length > 0;
}

/** How ULIDs write 5 bits (github.com/ulid/spec). */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The run id of the generation that follows a mending: the next ULID after the mending's own. Worked out, not kept, so that it
 * is the same however often a killed worker begins again: a job that exists under it has begun already.
 */
export function runOfCreates(mendId: string): string {
  const kept = mendId.replace(/Z*$/, '');
  const digit = DIGITS.indexOf(kept.at(-1) ?? '') + 1;
  return kept.slice(0, -1) + (DIGITS[digit] ?? '') + '0'.repeat(mendId.length - kept.length);
}
