import type { GenerationOptions } from '../plan/plan-generation.ts';
import { DEFAULT_RULES, type SyncRules } from '../sync/sync-rules.ts';
import { DEFAULT_PLACEHOLDER } from '../text/placeholder.ts';

/** Waits and paces, in milliseconds. Stored settings, so that tests run the production build at their own pace; only the options page has floors. */
export interface Timing {
  /** Least time between two creations (issues and comments both count); the careful pace uses `carefulGapMs`. */
  readonly gapMs: number;
  readonly carefulGapMs: number;
  /** When an unknown outcome is looked up, counted from the request. */
  readonly lookUpAfterMs: readonly number[];
  /** How long after writing its claim a job looks whether another was first. */
  readonly claimSettleMs: number;
  /** How long after the last known write a job whose journal was lost may be recovered. */
  readonly recoverAfterMs: number;
  /** First wait on a limit without `retry-after`; doubled each time. */
  readonly limitWaitMs: number;
  /** A request is given up (outcome unknown) after this time; below the 30 s at which browsers kill workers. */
  readonly requestTimeoutMs: number;
  /** How long a background script works before it lets an alarm or a message carry on. */
  readonly sliceMs: number;
  /** Least time between two background writes to one master. */
  readonly writeGapMs: number;
  /** How long, and up to twice as long, a write that overwrote somebody lets the text rest before it is mended; at most three times in a row. */
  readonly mendSettleMs: number;
}

/** The rules that are not also options of a generation. */
export type OwnRules = Omit<SyncRules, 'linkStyle' | 'placeholder'>;

/** What the user set in the options. No secrets here: content scripts may read it. */
export interface Preferences {
  readonly generation: GenerationOptions;
  readonly careful: boolean;
  /** Lets a token act on a page where another user is signed in. */
  readonly allowOtherUser: boolean;
  readonly badges: boolean;
  /** This browser's rules, for repositories without a rules file. */
  readonly rules: OwnRules;
  /** Minutes between two checks of the tracked checklists: 1 to 60. */
  readonly pollMinutes: number;
  /** Whether tracked checklists are reconciled every night, and at which full hour of the local clock (0 to 23). */
  readonly nightly: { readonly on: boolean; readonly hour: number };
  /** Whether Sync now writes at once, without its preview. */
  readonly skipSyncPreview: boolean;
  readonly timing: Timing;
}

/** GitHub's documented limits with a margin (reliability notes, C7). */
export const DEFAULT_TIMING: Timing = {
  gapMs: 1_000,
  carefulGapMs: 3_000,
  lookUpAfterMs: [10_000, 30_000, 120_000, 600_000],
  claimSettleMs: 5_000,
  recoverAfterMs: 600_000,
  limitWaitMs: 60_000,
  requestTimeoutMs: 12_000,
  sliceMs: 15_000,
  writeGapMs: 120_000,
  mendSettleMs: 3_000,
};

/** Body of a generated issue unless the user wrote another. */
const DEFAULT_TEMPLATE = '{item}';

const { linkStyle: _style, placeholder: _placeholder, ...OWN_RULES } = DEFAULT_RULES;

/** Settings that need no thought. */
export const DEFAULT_PREFERENCES: Preferences = {
  generation: {
    levels: 'leaves',
    prefix: undefined,
    ids: false,
    labels: [],
    milestone: undefined,
    assignees: [],
    comment: undefined,
    linkStyle: 'closes',
    placeholder: DEFAULT_PLACEHOLDER,
    identity: 'links',
    target: undefined,
    includeTicked: false,
    template: DEFAULT_TEMPLATE,
    missing: 'create',
  },
  careful: false,
  allowOtherUser: false,
  badges: true,
  rules: OWN_RULES,
  pollMinutes: 2,
  nightly: { on: true, hour: 3 },
  skipSyncPreview: false,
  timing: DEFAULT_TIMING,
};

/** This browser's rules in one piece. */
export function rulesOf({ rules, generation }: Preferences): SyncRules {
  const { linkStyle, placeholder } = generation;
  return { ...rules, linkStyle, placeholder };
}
