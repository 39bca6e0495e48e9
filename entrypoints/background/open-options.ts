import { browser } from 'wxt/browser';
import { type Result, succeed } from '../../lib/core/failures.ts';

/** Opens our options in a tab of their own. */
export async function openOptions(): Promise<Result<void>> {
  await browser.runtime.openOptionsPage();
  return succeed(undefined);
}
