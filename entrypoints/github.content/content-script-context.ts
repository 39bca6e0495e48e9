/**
 * Stands in for WXT's class of the same name, of which we use the signal alone (`wxt.config.ts` swaps it in): the rest
 * is 0.8 kB in every page, and a listener for messages that the page can forge. What an earlier script of ours left
 * behind is removed when we mount.
 */
export class ContentScriptContext {
  /** Never aborts: the script lives as long as its page. */
  readonly signal = new AbortController().signal;
}
