import { actingUser } from '../account.ts';
import { type Failure, type FailureCode, failure } from '../failures.ts';
import { formatMap, readMap } from '../identity/identity-map.ts';
import { formatIssueRef, formatRepo, type IssueRef, issueOfChecklist, sameRepo } from '../refs.ts';
import { DEFAULT_ALLOWANCE } from '../settings/settings.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { BODY_LIMIT } from '../text/body-limit.ts';
import type { Checklist } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import type {
  GenerationFacts,
  GenerationOptions,
  GenerationPlan,
  GenerationRow,
} from './plan-generation.ts';
import { sizeBlockers } from './plan-size.ts';

type Space = NonNullable<GenerationPlan['space']>;

/**
 * Everything that stands in the way of writing, in the order in which a person should hear it: what is wrong with
 * the text, then with the place, then with who she is and may do, then with how much it is.
 */
export function findBlockers(
  facts: GenerationFacts,
  checklist: Checklist,
  rows: readonly GenerationRow[],
  options: GenerationOptions,
  size: Parameters<typeof sizeBlockers>[1],
): readonly Failure[] {
  return [
    ...textBlockers(facts, checklist),
    ...placeBlockers(facts),
    ...personBlockers(facts, options),
    ...sizeBlockers(rows, size),
  ];
}

function textBlockers(facts: GenerationFacts, checklist: Checklist): readonly Failure[] {
  const { body, isPullRequest } = facts.master;
  if (isPullRequest) return [failure('is-pull-request')];
  if (NOT_TEXT.test(body)) return [failure('not-text')];
  if (checklist.refused !== undefined) return [checklist.refused];
  if (checklist.unclosedFence !== undefined)
    return [failure('unclosed-fence', { line: checklist.unclosedFence })];
  return checklist.items.length === 0 ? [failure('no-items')] : [];
}

/** Control characters other than tab and line ends, and halves of characters. */
const NOT_TEXT = /(?![\t\n\r\u007F-\u009F])[\p{Cc}\p{Cs}]/u;

function placeBlockers(facts: GenerationFacts): readonly Failure[] {
  const { target, master } = facts;
  return failuresOf({ repo: formatRepo(target.repo) }, [
    [target.archived, 'archived'],
    [!target.issuesEnabled, 'issues-disabled'],
    [master.locked, 'locked'],
  ]);
}

function personBlockers(facts: GenerationFacts, options: GenerationOptions): readonly Failure[] {
  const { viewer, pageUser, target, master } = facts;
  const { host } = facts.checklist.repo;
  const acting = { kind: 'page', pageUser, allowOtherUser: facts.allowOtherUser } as const;
  const user = actingUser(host, viewer, acting);
  const refusals = user.ok ? [] : [user.failure];
  // Without a user there are no rights to speak of: signing in is all there is to do.
  if (viewer === undefined) return refusals;
  return [
    ...refusals,
    ...failuresOf({ repo: formatRepo(facts.checklist.repo) }, [
      [!master.viewerCanUpdate, 'cannot-edit-master'],
    ]),
    ...allowanceBlockers(facts),
    ...failuresOf({ repo: formatRepo(target.repo) }, [
      [!target.canCreate, 'cannot-create-issues'],
      [!target.canLabel && setsFields(facts, options), 'cannot-set-labels'],
    ]),
  ];
}

/** What the maintainers do not allow. `everyone` is said of their own repository: in another one only write access counts. */
function allowanceBlockers(facts: GenerationFacts): readonly Failure[] {
  const { checklist, target, allowance: { allowed } = DEFAULT_ALLOWANCE } = facts;
  const isOpen = allowed === 'everyone' && sameRepo(target.repo, checklist.repo);
  const isWriter = target.canWrite !== false;
  return [
    ...failuresOf({ repo: formatRepo(checklist.repo) }, [[allowed === 'off', 'generate-off']]),
    ...failuresOf({ repo: formatRepo(target.repo) }, [
      [allowed !== 'off' && !isOpen && !isWriter, 'generate-needs-write'],
    ]),
  ];
}

/** GitHub drops labels, milestone and assignees alike when the right to set them is missing. */
function setsFields({ master }: GenerationFacts, options: GenerationOptions): boolean {
  const milestone = options.milestone ?? master.milestone ?? '';
  return options.labels.length > 0 || options.assignees.length > 0 || milestone !== '';
}

function failuresOf(
  details: Readonly<Record<string, string>>,
  checks: readonly (readonly [applies: boolean, code: FailureCode])[],
): readonly Failure[] {
  return checks.filter(([applies]) => applies).map(([, code]) => failure(code, details));
}

/** Room for the comment by which a running job keeps others out. */
const CLAIM_ROOM = 300;

/**
 * Measures the master's text with all planned links, with the longest number to expect. Where a generous estimate
 * passes the limit they are written into a copy; else it will do, because writing takes longer than all the rest.
 */
export function measureSpace(
  facts: GenerationFacts,
  rows: readonly GenerationRow[],
  options: GenerationOptions,
): Space {
  const { body } = facts.master;
  const used = body.length + CLAIM_ROOM;
  const planned = rows.filter(({ selected }) => selected);
  const measured = planned.length > 0 ? planned : rows.filter(({ selectable }) => selectable);
  const perLink = longestLink(
    facts,
    rows.length,
    options,
    measured.some(({ hiddenLink }) => hiddenLink),
  );
  const isSafe = used + measured.length * perLink <= BODY_LIMIT;
  if (isSafe || used > BODY_LIMIT || measured.length === 0) return { used, perLink };
  const edits = linkEdits(facts, measured, options);
  const context = { repo: facts.checklist.repo, placeholder: options.placeholder };
  const { markdown } = applyEdits(body, edits, context);
  return { used, perLink: Math.max(0, markdown.length - body.length) / measured.length };
}

/** Never less than what a link takes: ` (closes owner/repo#123)`, or `key=owner/repo#123 ` in the hidden block. */
function longestLink(
  facts: GenerationFacts,
  rows: number,
  options: GenerationOptions,
  hidden: boolean,
): number {
  const issue = { repo: facts.target.repo, number: longestNumber(facts, rows) };
  const isInBlock = options.identity === 'block' || hidden;
  const key = isInBlock ? KEY_ROOM : 0;
  return ' (closes ) '.length + formatIssueRef(issue, facts.checklist.repo).length + key;
}

const KEY_ROOM = 48;

function linkEdits(
  facts: GenerationFacts,
  rows: readonly GenerationRow[],
  options: GenerationOptions,
): readonly Edit[] {
  const issue = { repo: facts.target.repo, number: longestNumber(facts, rows.length) };
  const inBlock = rows.filter(({ hiddenLink }) => options.identity === 'block' || hiddenLink);
  const links = rows
    .filter((row) => !inBlock.includes(row))
    .map(({ item }): Edit => ({ kind: 'link', item, issue, style: options.linkStyle }));
  if (inBlock.length === 0) return links;
  const { repo } = facts.checklist;
  const items = rows.map(({ item }) => item);
  const map = new Map<string, IssueRef>(readMap(facts.master.body, items, repo).entries);
  for (const { item } of inBlock) map.set(item.key, issue);
  return [...links, { kind: 'comment', name: 'map', content: formatMap(map, items, repo) }];
}

/** The largest number with as many digits as the next ones may have, as far as numbers are known. */
function longestNumber(facts: GenerationFacts, rows: number): number {
  const issues = [issueOfChecklist(facts.checklist), ...facts.candidates.map(({ ref }) => ref)];
  const known = issues.map(({ number }) => number);
  const next = known.reduce((a, b) => Math.max(a, b), 0) + rows;
  return 10 ** String(next).length - 1;
}
