/** Lets so many mails through in any hour. */
export interface MailLimit {
  /** Takes a place, or says when the next one is free; milliseconds since 1970. */
  take(now: number): { readonly ok: true } | { readonly ok: false; readonly freeAt: number };
}

const HOUR_MS = 3_600_000;

/** Counts in memory: a restart begins anew. */
export function createMailLimit(mailsPerHour: number): MailLimit {
  let taken: readonly number[] = [];
  return {
    take(now) {
      taken = taken.filter((at) => at <= now && now - at < HOUR_MS);
      const [oldest] = taken;
      if (oldest !== undefined && taken.length >= mailsPerHour) {
        return { ok: false, freeAt: oldest + HOUR_MS };
      }
      taken = [...taken, now];
      return { ok: true };
    },
  };
}
