import { countNoun } from '../count-noun.ts';
import type { ReconcilePlan } from './difference.ts';
import type { Finding } from './kinds.ts';
import type { ReconcileRecord } from './reconcile-record.ts';

/** So many kinds are named: the most frequent ones. */
const MOST_KINDS = 3;

/** One line for a notice: `7 differences: 3 ticked but open, 2 issues gone, …`. */
export function describeKinds({ left, kinds }: Pick<ReconcileRecord, 'left' | 'kinds'>): string {
  if (left === 0) return 'No differences';
  const head = countNoun(left, 'difference');
  const counted = KINDS.flatMap((kind) => {
    const count = kinds[kind] ?? 0;
    return count === 0 ? [] : [{ kind, count }];
  }).sort((a, b) => b.count - a.count);
  const [only, ...more] = counted;
  if (only === undefined) return head;
  if (more.length === 0) return `${head}: ${wordsOf(only)}`;
  const named = counted.slice(0, MOST_KINDS).map((one) => `${one.count} ${wordsOf(one)}`);
  const rest = counted.length > MOST_KINDS ? ', …' : '';
  return `${head}: ${named.join(', ')}${rest}`;
}

/** The words behind a number of differences of one kind: `issues gone`. */
export function wordsOf({
  kind,
  count,
}: {
  readonly kind: Finding['kind'];
  readonly count: number;
}): string {
  const [one, many] = WORDS[kind];
  return count === 1 ? one : many;
}

/** The words of a plan's head: `7 differences, 3 can be resolved safely`. Information needs no resolving. */
export function describePlan({ differences }: Pick<ReconcilePlan, 'differences'>): string {
  const actions = differences.filter(({ level }) => level === 'action');
  if (differences.length === 0) return 'No differences: the checklist agrees with its issues';
  if (actions.length === 0)
    return `No differences to resolve, ${differences.length} for information`;
  const safe = actions.filter((one) => one.safe !== undefined).length;
  const count = countNoun(actions.length, 'difference');
  return safe === 0 ? count : `${count}, ${safe} can be resolved safely`;
}

const WORDS: Readonly<Record<Finding['kind'], readonly [one: string, many: string]>> = {
  'ticked-open': ['ticked but open', 'ticked but open'],
  'unticked-closed': ['closed but not ticked', 'closed but not ticked'],
  'work-reverted': ['ticked but reverted', 'ticked but reverted'],
  'tick-missing': ['done but not ticked', 'done but not ticked'],
  'copy-ticked': ['ticked in its issue only', 'ticked in their issue only'],
  'pull-missing': ['number missing', 'numbers missing'],
  'pull-wrong': ['wrong number', 'wrong numbers'],
  'issue-gone': ['issue gone', 'issues gone'],
  'issue-moved': ['issue transferred', 'issues transferred'],
  'issue-shared': ['issue linked twice', 'issues linked twice'],
  orphan: ['issue without an item', 'issues without an item'],
  unlinked: ['item without its link', 'items without their link'],
  'item-renamed': ['item renamed', 'items renamed'],
  'issue-retitled': ['issue retitled', 'issues retitled'],
  doubled: ['issue doubled', 'issues doubled'],
  'block-disagrees': ['hidden entry wrong', 'hidden entries wrong'],
  'several-issues': ['item with several issues', 'items with several issues'],
  'master-closed': ['checklist closed', 'checklists closed'],
  'master-locked': ['checklist locked', 'checklists locked'],
  'open-boxes': ['issue closed with open boxes', 'issues closed with open boxes'],
  'group-moved': ['item moved', 'items moved'],
  'half-understood': ['link to change by hand', 'links to change by hand'],
  'links-pull-request': ['link to a pull request', 'links to pull requests'],
};

const KINDS = Object.keys(WORDS) as readonly Finding['kind'][];
