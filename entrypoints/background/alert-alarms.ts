import { browser } from 'wxt/browser';

/** Name of the alarm that sends what waits in the outbox. */
export const DELIVER_ALARM = 'deliver';

/** Name of the alarm of the next digest. */
export const DIGEST_ALARM = 'digest';

/** Sees to it that an alarm rings at a time (milliseconds since 1970), or never. */
export async function ringAt(
  name: typeof DELIVER_ALARM | typeof DIGEST_ALARM,
  when: number | undefined,
): Promise<void> {
  const ready = await browser.alarms.get(name);
  if (when === undefined) {
    if (ready !== undefined) await browser.alarms.clear(name);
  } else if (ready?.scheduledTime !== when) {
    await browser.alarms.create(name, { when });
  }
}
