import { type Job, type JobRow, NO_ITEM } from '../engine/job.ts';
import { newMend } from '../engine/job-mend.ts';
import type { JobAccount } from '../engine/job-new.ts';
import { readMap } from '../identity/identity-map.ts';
import type { IdentityStrategy, KnownIssue } from '../identity/issue.ts';
import {
  type ChecklistRef,
  type IssueRef,
  issueUrl,
  type RepoRef,
  repoKey,
  sameIssue,
  sameRepo,
} from '../refs.ts';
import { writtenLinks } from '../sync/followed-links.ts';
import { type Item, type ItemLocator, locatorOf } from '../text/checklist.ts';
import type { LinkStyle } from '../text/edit.ts';
import { parseMarker } from '../text/marker.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { issuesByRun } from './issues-by-run.ts';

/** A generation that this browser knows nothing of, as its issues tell. */
export interface FoundRun {
  /** The run in the markers. */
  readonly run: string;
  readonly checklist: ChecklistRef;
  /** Issues with a marker of the checklist, of whatever run. */
  readonly issues: readonly KnownIssue[];
  /** The master as it is now. */
  readonly text: string;
  readonly identity: IdentityStrategy;
  readonly linkStyle: LinkStyle;
  readonly placeholder: string;
}

/**
 * Makes the job that takes such a run back: its issues that are still open, made by people with a say. `id` is a new
 * ULID; `now` in milliseconds since 1970. Without any such issue it has no rows.
 */
export function undoFromMarkers(
  found: FoundRun,
  id: string,
  account: JobAccount,
  now: number,
): Job {
  const { run, checklist } = found;
  const made = issuesByRun(found.issues, { checklist, viewer: account.login }).get(run) ?? [];
  const target = mostCommonRepo(made) ?? checklist.repo;
  const issues = made
    .filter(({ ref, state }) => state === 'open' && sameRepo(ref.repo, target))
    .toSorted((a, b) => a.ref.number - b.ref.number);
  const times = made.map(({ createdAt }) => Date.parse(createdAt));
  const { mend: _, ...header } = newMend(
    { ...found, id, cause: 'undo', rows: [], creates: [] },
    account,
    now,
  ).header;
  const itemOf = itemFinderOf(found);
  const by = made[0]?.author;
  return {
    header: {
      ...header,
      kind: 'undo',
      run,
      target,
      undoes: {
        startedAt: Math.min(now, ...times),
        endedAt: Math.max(0, ...times),
        from: 'markers',
        ...(by !== undefined && { by }),
      },
    },
    rows: issues.map((issue, index) => rowOf(issue, index, itemOf(issue))),
  };
}

/** A run makes its issues in one repository; single ones may have been transferred. */
function mostCommonRepo(issues: readonly KnownIssue[]): RepoRef | undefined {
  const byKey = Map.groupBy(issues, ({ ref }) => repoKey(ref.repo));
  const [most] = [...byKey.values()].toSorted((a, b) => b.length - a.length);
  return most?.[0]?.ref.repo;
}

function rowOf(
  { ref, title, body }: KnownIssue,
  index: number,
  { item, text }: { readonly item: ItemLocator; readonly text: string | undefined },
): JobRow {
  return {
    index,
    item,
    text: text ?? title,
    title,
    body,
    phase: 'planned',
    own: true,
    issue: { number: ref.number, url: issueUrl(ref) },
    linkKnown: true,
    attempts: 0,
    relinks: 0,
  };
}

/** Finds the item that holds an issue's link: where the marker says, else where it stands now. */
function itemFinderOf({ text, checklist, identity, placeholder }: FoundRun) {
  const { items } = parseChecklist(text, { placeholder });
  const map = identity === 'block' ? readMap(text, checklist.repo) : new Map<string, IssueRef>();
  const holds = (item: Item, issue: IssueRef) => {
    const { links, behind, mapped } = writtenLinks(item, checklist, map.get(item.key));
    return [...links, ...behind, mapped].some((one) => one !== undefined && sameIssue(one, issue));
  };
  return ({ ref, body }: KnownIssue) => {
    const key = parseMarker(body, ref.repo.host)?.item;
    const named = items.find((item) => item.key === key);
    const item =
      named !== undefined && holds(named, ref)
        ? named
        : (items.find((one) => holds(one, ref)) ?? named);
    if (item !== undefined) return { item: locatorOf(item), text: item.text };
    // The block may name the issue although the item is gone.
    const [entry] = [...map].find(([, issue]) => sameIssue(issue, ref)) ?? [];
    return { item: entry === undefined ? NO_ITEM : { ...NO_ITEM, key: entry }, text: undefined };
  };
}
