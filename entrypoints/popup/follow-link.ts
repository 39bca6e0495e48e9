/** What following a link needs of the browser. */
export interface LinkFollowing {
  readonly openTab: (url: string) => Promise<unknown>;
  /** Closes the popup. */
  readonly close: () => void;
}

/**
 * Opens the link that was clicked in a tab, then closes the popup: Firefox leaves it open over the new tab. Closed
 * before, a link without a referrer opens in a window of its own, and an email nowhere (tried in Firefox 153). Clicks
 * with a key held go the browser's own way.
 */
export function followLink(event: MouseEvent, { openTab, close }: LinkFollowing): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void openTab(link.href).then(close);
}
