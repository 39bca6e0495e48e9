/** Where the script for issues (`entrypoints/issue-page`) leaves word that it runs, in the world that it shares with the content script. */
interface StartedHolder {
  masterlistStarted?: true;
}

/** Whether the script for issues runs in this page. */
export function isStarted(): boolean {
  // An element of the page may have this name too.
  return (globalThis as StartedHolder).masterlistStarted === true;
}

/** Starts it unless it runs: two of them would take each other's nodes away, also when one is of an earlier version. */
export function startOnce(start: () => void): void {
  if (isStarted()) return;
  (globalThis as StartedHolder).masterlistStarted = true;
  start();
}
