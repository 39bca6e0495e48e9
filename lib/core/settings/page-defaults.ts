/** Defaults of the settings that GitHub's pages need. They stand apart from the table, which takes them from here: a content script reads settings without loading all words. */
export const PAGE_DEFAULTS = {
  badges: true,
  careful: false,
  skipSyncPreview: false,
  gapMs: 1_000,
  carefulGapMs: 3_000,
};
