/** Why something was written, for people: `Sync, in the background`. Causes that nobody has words for yet are told as they are. */
export function describeCause(cause: string): string {
  return CAUSES[cause] ?? CAUSES[cause.split(':', 1)[0] ?? ''] ?? cause;
}

const CAUSES: Readonly<Record<string, string>> = {
  generate: 'Generate',
  'click: sync': 'Sync, on click',
  'poll: sync': 'Sync, in the background',
  'job: sync': 'Sync, after a run',
  'nightly: sync': 'Sync, by night',
  'nightly: reconcile': 'Reconcile, by night',
  'mend: reconcile': 'Reconcile',
  'mend: undo': 'Undo',
  'mend: undo-generation': 'Undo of Generate',
  'mend: plain': 'Turn back into plain items',
  'mend: traces': "Remove Masterlist's traces",
  'poll: release': 'Let go',
  'poll: verify': "Keep somebody's edit",
  verify: "Keep somebody's edit",
  restore: 'Put an earlier text back',
  summary: 'Post a summary',
};
