import type { MadeIssue } from '../engine/change.ts';
import { type GenerateRow, type Job, type JobHeader, NO_ITEM } from '../engine/job.ts';
import { isMade } from '../engine/kinds/generate.ts';
import type { ChangeDraft, NewChange } from '../engine/new-change.ts';
import { blockOf } from '../identity/asked-issues.ts';
import type { IdentityStrategy, KnownIssue } from '../identity/issue.ts';
import type { TrustFacts } from '../identity/trust.ts';
import {
  type ChecklistRef,
  type IssueRef,
  type RepoRef,
  repoKey,
  sameIssue,
  sameRepo,
} from '../refs.ts';
import { type Item, type ItemLocator, locatorOf } from '../text/checklist.ts';
import type { LinkStyle } from '../text/edit.ts';
import { parseMarker } from '../text/marker.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { allLinks, writtenLinks } from '../text/referenced-issue.ts';
import { issuesByRun } from './issues-by-run.ts';

/** What a generation's undo consists of; its id and the log come from who starts it. */
export type GenerationUndo = Omit<NewChange, 'id' | 'log'>;

/** Takes back a generation whose journal is here: the issues that it made and linked, as far as nobody touched them. */
export function undoGeneration({ header, rows }: Job<'generate'>): GenerationUndo {
  const { checklist, target, id, options } = header;
  const ran = timeOf(header);
  const { linkStyle, placeholder, identity, labels, milestone, assignees } = options;
  const settings = { labels, milestone, assignees };
  const writing = { linkStyle, placeholder, identity };
  const made = rows.filter(isMade);
  return {
    ...writing,
    checklist,
    target,
    cause: 'undo-generation',
    undoes: id,
    creates: [],
    rows: made.flatMap((row) => {
      const issue = issueOf(row, target);
      const { item, text, title, body } = row;
      return issue === undefined
        ? []
        : [closing({ issue, item, text, made: { title, body, settings, ran } }, writing)];
    }),
  };
}

// By GitHub's clock where it is known: the events of its issues are told by that.
function timeOf({ startedAt, endedAt = startedAt, serverStartedAt }: JobHeader<'generate'>) {
  const from = serverStartedAt ?? startedAt;
  return { from, until: from + endedAt - startedAt };
}

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
 * Takes back a run that only its issues tell of: those that are still open, made by people with a say. Without any such
 * issue it has no rows. `trust` says whose markers count.
 */
export function undoFromMarkers(
  found: FoundRun,
  trust: Omit<TrustFacts, 'checklist'>,
): GenerationUndo {
  const { run, checklist, linkStyle, placeholder, identity } = found;
  const made = issuesByRun(found.issues, { ...trust, checklist }).get(run) ?? [];
  const target = mostCommonRepo(made) ?? checklist.repo;
  const issues = made
    .filter(({ ref, state }) => state === 'open' && sameRepo(ref.repo, target))
    .toSorted((a, b) => a.ref.number - b.ref.number);
  const itemOf = itemFinderOf(found);
  return {
    checklist,
    target,
    cause: 'undo-generation',
    undoes: run,
    creates: [],
    linkStyle,
    placeholder,
    identity,
    rows: issues.map((known) => {
      const { item, text = known.title } = itemOf(known);
      const { title, body, author: by } = known;
      return closing(
        { issue: known.ref, item, text, made: { title, body, settings: undefined, by } },
        found,
      );
    }),
  };
}

interface Made {
  readonly issue: IssueRef;
  readonly item: ItemLocator;
  readonly text: string;
  readonly made: MadeIssue;
}

/** Closes an issue as not planned, says so in its marker, and takes its link out of the text. */
function closing(
  { issue, item, text, made }: Made,
  { identity, linkStyle: style }: Pick<NewChange, 'identity' | 'linkStyle'>,
): ChangeDraft {
  const isMapped = identity === 'block';
  return {
    item,
    text,
    change: {
      choice: 'undo',
      changes: [
        {
          issue,
          state: { to: 'closed', reason: 'not_planned' },
          marker: 'undone',
          guard: made,
        },
      ],
      edits: isMapped ? [] : [{ kind: 'unlink', item, issue, style }],
      // Where its text took no link, the block has it whatever the setting.
      map: [[item.key, undefined]],
    },
  };
}

function issueOf({ issue }: GenerateRow, repo: RepoRef): IssueRef | undefined {
  return issue && { repo, number: issue.number };
}

/** A run makes its issues in one repository; single ones may have been transferred. */
function mostCommonRepo(issues: readonly KnownIssue[]): RepoRef | undefined {
  const byKey = Map.groupBy(issues, ({ ref }) => repoKey(ref.repo));
  const [most] = [...byKey.values()].toSorted((a, b) => b.length - a.length);
  return most?.[0]?.ref.repo;
}

/** Finds the item that holds an issue's link: where the marker says, else where it stands now. */
function itemFinderOf({ text, checklist, placeholder }: FoundRun) {
  const { items } = parseChecklist(text, { placeholder });
  const { entries: block } = blockOf(text, { items }, checklist);
  const holds = (item: Item, issue: IssueRef) => {
    const links = allLinks(writtenLinks(item, checklist, block.get(item.key)));
    return links.some((one) => sameIssue(one, issue));
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
    const [entry] = [...block].find(([, issue]) => sameIssue(issue, ref)) ?? [];
    return {
      item: entry === undefined ? NO_ITEM : { ...NO_ITEM, key: entry.replace(/\..*$/, '') },
      text: undefined,
    };
  };
}
