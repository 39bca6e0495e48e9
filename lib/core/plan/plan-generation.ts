import type { Claim } from '../engine/claim.ts';
import type { Failure } from '../failures.ts';
import type { KnownIssue } from '../identity/issue.ts';
import type { Rights } from '../identity/trust.ts';
import type { ChecklistRef, IssueRef, RepoRef } from '../refs.ts';
import type { Allowance, Preferences } from '../settings/settings.ts';
import type { NumbersQuestion } from '../sync/ask-numbers.ts';
import type { ItemLocator, Lookalikes } from '../text/checklist.ts';
import type { LinkStyle } from '../text/edit.ts';

/** What the user may choose for one generation; folded options of the preview. */
export type GenerationOptions = Preferences['generation'];

/** Which items become issues. */
export type Levels = GenerationOptions['levels'];

/** Everything that planning looks at: read fresh, passed as a value. */
export interface GenerationFacts {
  readonly checklist: ChecklistRef;
  readonly master: {
    readonly title: string;
    readonly body: string;
    readonly state: 'open' | 'closed';
    readonly locked: boolean;
    readonly isPullRequest: boolean;
    readonly milestone?: string | undefined;
    readonly viewerCanUpdate: boolean;
    /** Who opened it. */
    readonly author?: string;
    readonly authorAssociation?: string;
  };
  readonly target: {
    readonly repo: RepoRef;
    readonly archived: boolean;
    readonly issuesEnabled: boolean;
    readonly canCreate: boolean;
    readonly canLabel: boolean;
    /** Missing: nobody asked. */
    readonly canWrite?: boolean | undefined;
    readonly labels: readonly string[];
    readonly milestones: readonly string[];
    readonly watchers?: number | undefined;
  };
  /** What the rules of the checklist's repository allow; missing: what they allow where they say nothing. */
  readonly allowance?: Allowance | undefined;
  /** Login of the token's user; undefined when not signed in (a public issue can still be previewed). */
  readonly viewer: string | undefined;
  /** Rights of people whose markers decide something, as far as GitHub was asked and tells. */
  readonly rights?: Rights | undefined;
  /** Apps that the rules trust. */
  readonly trustedAuthors?: readonly string[] | undefined;
  /** Login that the page shows (`meta[name=user-login]`); '' when signed out there; undefined when not known. */
  readonly pageUser: string | undefined;
  readonly allowOtherUser: boolean;
  /** Hosts of GitHub beside the checklist's: those of the signed-in accounts. */
  readonly hosts?: readonly string[] | undefined;
  /** Issues and pull requests named by the items' references, asked from GitHub; `undefined` per key: GitHub does not show it. Keys: `issueKey(ref)`. */
  readonly referenced: Readonly<Record<string, KnownIssue | undefined>>;
  /** Candidates: the master's cross-references and recent issues of the target. */
  readonly candidates: readonly KnownIssue[];
  /** Issues that runs of this browser created for what stood where these items are, by their key: their words were changed since. */
  readonly renamed?: Readonly<Record<string, IssueRef>> | undefined;
  /** How far the candidates reach, for the preview: oldest creation date looked at (ISO) and how many. */
  readonly looked: {
    readonly issues: number;
    readonly back: string | undefined;
    readonly complete: boolean;
  };
}

/** What will be written for a row. Labels, milestone and assignees are the plan's. */
export interface Draft {
  readonly title: string;
  readonly body: string;
  /** The title was cut; the full text stands in the body. */
  readonly shortened: boolean;
}

/** `create` an issue; `link` one that exists; `skip`; `ask`: needs the user, nothing happens unless she chooses. */
export type Decision = 'create' | 'link' | 'skip' | 'ask';

/** Why a row is decided as it is. The words for people are in `describeReason`. */
export type RowReason =
  | { readonly kind: 'new' }
  | { readonly kind: 'linked'; readonly issue: IssueRef; readonly pullRequest: boolean }
  | { readonly kind: 'marked'; readonly issue: IssueRef }
  | { readonly kind: 'ticked' }
  | { readonly kind: 'struck' }
  | { readonly kind: 'sign-off' }
  /** Nothing but names as `@org/name`, which may be a package of the repository's owner or a team. */
  | { readonly kind: 'package-or-team' }
  | { readonly kind: 'parent' }
  | { readonly kind: 'nested' }
  | { readonly kind: 'empty' }
  /** An issue was made for an item with this text, which is no longer where it was. */
  | { readonly kind: 'moved'; readonly issue: IssueRef }
  /** An issue was made for an item that stood where this one is, and had other words. */
  | { readonly kind: 'renamed'; readonly issue: IssueRef }
  | { readonly kind: 'same-title'; readonly issue: IssueRef }
  /** The user chose this issue in the preview. */
  | { readonly kind: 'chosen'; readonly issue: IssueRef }
  | { readonly kind: 'reference'; readonly issue: IssueRef }
  | { readonly kind: 'commit'; readonly commit: string }
  /** It ends in a number that may be its issue, or what it is about. */
  | { readonly kind: 'whose'; readonly issue: IssueRef }
  | { readonly kind: 'two-candidates' }
  | { readonly kind: 'linked-twice'; readonly issue: IssueRef }
  | { readonly kind: 'other-checklist'; readonly issue: IssueRef }
  | { readonly kind: 'untrusted-marker'; readonly issue: IssueRef; readonly author: string }
  | { readonly kind: 'link-unreadable'; readonly issue: IssueRef };

/** One item in a plan. */
export interface GenerationRow {
  readonly item: ItemLocator;
  /** Position in the checklist at plan time. */
  readonly index: number;
  readonly depth: number;
  /** Index of the nearest item that contains it. */
  readonly parent?: number;
  /** Headings and labels that group it below its parent, or in the whole text where it has none; outermost first. */
  readonly path?: readonly string[];
  readonly label: string;
  readonly text: string;
  readonly checked: boolean;
  readonly decision: Decision;
  readonly reason: RowReason;
  /** Whether it takes part unless the user changes it. Only `create` and `link` rows can be selected by default. */
  readonly selected: boolean;
  /** Whether the user may select it for creation. */
  readonly selectable: boolean;
  readonly draft: Draft | undefined;
  /** Issues that it could be linked to instead. */
  readonly candidates: readonly KnownIssue[];
  /** Its text takes no link that would be read: the link stands in the hidden block. */
  readonly hiddenLink?: true;
}

/** What the user previews; what is executed is the same plan. */
export interface GenerationPlan {
  /** Run id (ULID), given by the caller: it stands in the markers. */
  readonly run: string;
  readonly checklist: ChecklistRef;
  readonly target: RepoRef;
  readonly masterTitle: string;
  readonly rows: readonly GenerationRow[];
  /** Anything here: nothing can be written. First one is shown first. */
  readonly blockers: readonly Failure[];
  readonly labels: readonly string[];
  readonly missingLabels: readonly string[];
  readonly milestone: string | undefined;
  readonly milestoneMissing: boolean;
  readonly assignees: readonly string[];
  readonly comment: boolean;
  readonly linkStyle: LinkStyle;
  readonly placeholder: string;
  readonly lookalikes: Lookalikes;
  readonly looked: GenerationFacts['looked'];
  readonly options: GenerationOptions;
  /** People who watch the target: each gets a mail per issue and comment. */
  readonly watchers?: number | undefined;
  /** Characters of the master's text (with room for the claim), and what each link adds: choices change how many there are. */
  readonly space?: { readonly used: number; readonly perLink: number };
  /** How many issues one run may create or link by the rules; missing: as many as any run. */
  readonly most?: number;
  /** Numbers of which a person has to say whose they are. */
  readonly question?: NumbersQuestion;
  /** The claim of a run in another browser that stands in the way, and may be taken over. */
  readonly silentClaim?: Claim;
  /** Who opened the checklist's issue, where her claims do not count. */
  readonly doubted?: string;
  /** The claim that this plan takes over, once it is confirmed. */
  readonly takesOver?: Claim;
  /** Names of the options that the repository's rules decided. */
  readonly fromRules?: readonly string[];
}

/** What the user chose for a row in the preview; index is `GenerationRow.index`. */
export interface RowChoice {
  readonly index: number;
  readonly selected?: boolean;
  readonly title?: string;
  /** Link this issue instead of creating one. */
  readonly link?: number;
  /** Create an issue although one seems to exist: without it, selecting a `link` row links. */
  readonly create?: boolean;
}

/** Numbers for the head and the foot of the preview. */
export interface PlanSummary {
  readonly create: number;
  readonly link: number;
  readonly skip: number;
  readonly ask: number;
  readonly writes: number;
  /** Seconds under GitHub's limits at the given gap. */
  readonly seconds: number;
  /** Issues plus comments: each mails every watcher. */
  readonly mails: number;
}
