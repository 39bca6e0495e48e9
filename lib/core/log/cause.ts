/** Why something was written or logged. */
export interface Cause {
  /** What set it off: a person, a regular check, or the nightly check. */
  readonly by: 'click' | 'background' | 'night';
  readonly what:
    | 'generate'
    /** A generation is reverted: its issues are closed, their links removed. */
    | 'undo-generation'
    | 'sync'
    | 'resolve'
    /** A sync, or an earlier change of issues and text, is reverted. */
    | 'undo'
    | 'unlink'
    | 'traces'
    | 'restore'
    /** Lines that GitHub did not see as tasks became tasks. */
    | 'correct'
    /** A person said whose the numbers in the items are. */
    | 'answer'
    | 'summary'
    | 'release'
    | 'verify';
}

/** A cause in words: `Sync (in the background)`. Each cause has words of its own. */
export function describeCause({ by, what }: Cause): string {
  return what === 'sync' || what === 'resolve' ? `${WHAT[what]} (${BY[by]})` : WHAT[what];
}

/** Whether nobody asked for it: an alarm did. */
export function isAutomatic({ by }: Cause): boolean {
  return by === 'background' || by === 'night';
}

const WHAT: Readonly<Record<Cause['what'], string>> = {
  generate: 'Generate',
  'undo-generation': 'Undo of Generate',
  sync: 'Sync',
  resolve: 'Reconcile',
  undo: 'Undo',
  unlink: 'Unlinked and closed issues',
  traces: "Removed Masterlist's traces",
  restore: 'Restored an earlier text',
  correct: 'Corrected lines',
  answer: 'Answered whose numbers they are',
  summary: 'Posted a summary',
  release: 'Stopped tracking',
  verify: 'Restored an overwritten edit',
};

const BY: Readonly<Record<Cause['by'], string>> = {
  click: 'on click',
  background: 'in the background',
  night: 'nightly',
};
