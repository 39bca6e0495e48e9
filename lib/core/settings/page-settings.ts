/** The settings that GitHub's pages need. */
export interface PageSettings {
  readonly badges: boolean;
  /** Least time between two creations, in milliseconds. */
  readonly gapMs: number;
  /** Whether Sync now writes at once, without its preview. */
  readonly skipSyncPreview: boolean;
}

/** Defaults of these settings, and of what they follow from. They stand apart from the table, which takes them from here: a content script has them without loading all words. */
export const PAGE_DEFAULTS = {
  badges: true,
  careful: false,
  skipSyncPreview: false,
  gapMs: 1_000,
  carefulGapMs: 3_000,
};

/** The preferences that they follow from. */
interface PagePreferences {
  readonly badges: boolean;
  readonly careful: boolean;
  readonly skipSyncPreview: boolean;
  readonly timing: { readonly gapMs: number; readonly carefulGapMs: number };
}

/** What pages are told of the preferences: nothing else of what is stored reaches them. */
export function pageSettings({
  badges,
  careful,
  skipSyncPreview,
  timing,
}: PagePreferences): PageSettings {
  return { badges, skipSyncPreview, gapMs: careful ? timing.carefulGapMs : timing.gapMs };
}
