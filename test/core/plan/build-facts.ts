import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import type { GenerationFacts, GenerationOptions } from '../../../lib/core/plan/plan-generation.ts';
import {
  type ChecklistRef,
  issueChecklist,
  issueKey,
  type RepoRef,
} from '../../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES } from '../../../lib/core/settings/settings.ts';
import type { ItemLocator } from '../../../lib/core/text/checklist.ts';
import { formatMarker, markerFor } from '../../../lib/core/text/marker.ts';

export const REPO: RepoRef = { host: 'github.com', owner: 'octo', name: 'plan' };
export const MASTER: ChecklistRef = issueChecklist({ repo: REPO, number: 7 });
export const RUN = '01JD0000000000000000000000';
export const OPTIONS: GenerationOptions = DEFAULT_PREFERENCES.generation;

/** An open issue of a collaborator, unless told otherwise. */
export function issue(number: number, changes: Partial<KnownIssue> = {}): KnownIssue {
  return {
    ref: { repo: REPO, number },
    kind: 'issue',
    title: `Issue ${number}`,
    body: '',
    state: 'open',
    author: 'ada',
    authorAssociation: 'OWNER',
    createdAt: '2026-11-01T00:00:00Z',
    ...changes,
  };
}

/** A body that ends with the marker of an item. */
export function markedBody(
  item: Pick<ItemLocator, 'key' | 'textHash' | 'typedHash' | 'alike'>,
  checklist: ChecklistRef = MASTER,
  state: 'v2' | 'undone' = 'v2',
): string {
  const marker = markerFor({ groupHash: '', ordinal: 0, ...item }, checklist, RUN);
  return `Part of #7\n\n${formatMarker(state === 'undone' ? { ...marker, state } : marker)}`;
}

/** Facts of a maintainer who may do everything. */
export function buildFacts(
  body: string,
  changes: {
    readonly master?: Partial<GenerationFacts['master']>;
    readonly target?: Partial<GenerationFacts['target']>;
    readonly referenced?: readonly KnownIssue[];
    readonly facts?: Partial<GenerationFacts>;
  } = {},
): GenerationFacts {
  return {
    checklist: MASTER,
    master: {
      title: 'Release 2.0',
      body,
      state: 'open',
      locked: false,
      isPullRequest: false,
      viewerCanUpdate: true,
      ...changes.master,
    },
    target: {
      repo: REPO,
      archived: false,
      issuesEnabled: true,
      canCreate: true,
      canLabel: true,
      labels: ['bug'],
      milestones: ['2.0'],
      ...changes.target,
    },
    viewer: 'grace',
    pageUser: 'grace',
    allowOtherUser: false,
    referenced: Object.fromEntries(
      (changes.referenced ?? []).map((known) => [issueKey(known.ref), known]),
    ),
    candidates: [],
    looked: { issues: 0, back: undefined, complete: true },
    ...changes.facts,
  };
}
