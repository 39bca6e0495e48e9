import { listInWords } from '../list-in-words.ts';
import { plural } from '../plural.ts';
import { formatIssueRef, type IssueRef, type RepoRef } from '../refs.ts';
import type { Finding, ReconcilePlan } from './difference.ts';

/** One short sentence for a difference: what is found and what proves it. `from` is the checklist's repository: its issues are named without it. */
export function describeFinding(finding: Finding, from?: RepoRef): string {
  const name = (issue: IssueRef) => formatIssueRef(issue, from);
  switch (finding.kind) {
    case 'ticked-open':
      return finding.reopenedAt === undefined
        ? `Ticked, but ${name(finding.issue)} is open`
        : `Ticked, but ${name(finding.issue)} was reopened since`;
    case 'unticked-closed': {
      const how = {
        completed: 'completed',
        'not-planned': 'not planned',
        duplicate: 'a duplicate',
      };
      const back = finding.takenBack ? '; somebody took the tick back' : '';
      return `Not ticked, but ${name(finding.issue)} was closed as ${how[finding.reason]}${back}`;
    }
    case 'tick-missing':
      return describeMissingTick(finding, name);
    case 'pull-missing': {
      const pulls = listed(finding.pulls, from);
      const [is, was] = finding.pulls.length === 1 ? ['is', 'was'] : ['are', 'were'];
      return finding.takenBack
        ? `${pulls} ${was} merged for ${name(finding.issue)}, but somebody took the number out`
        : `${pulls} ${was} merged for ${name(finding.issue)} and ${is} missing here`;
    }
    case 'pull-wrong':
      return describeWrongPull(finding, name);
    case 'issue-gone': {
      const guess = {
        deleted: 'it was probably deleted or turned into a discussion',
        'no-access': 'the token probably may not read that repository',
        unknown: 'it was deleted, or the token may not read it',
      };
      return `GitHub does not show ${name(finding.issue)}: ${guess[finding.guess]}`;
    }
    case 'issue-moved':
      return `${name(finding.issue)} was transferred to ${name(finding.to)}${finding.takenBack ? '; somebody put the old link back' : ''}`;
    case 'issue-shared':
      return `${name(finding.issue)} is linked by another item too: ${quoted(finding.others)}`;
    case 'orphan':
      return `${name(finding.issue.ref)} is open, but its item is not in the checklist any more`;
    case 'unlinked':
      return describeUnlinked(finding, from);
    case 'item-renamed':
      return `The item was renamed since ${name(finding.issue)} was created as "${finding.title}"`;
    case 'issue-retitled':
      return `${name(finding.issue)} was retitled to "${finding.title}"`;
    case 'doubled': {
      const doubles = finding.doubles.map(({ ref }) => ref);
      return `${listed(doubles, from)} ${doubles.length === 1 ? 'was' : 'were'} created for this item too, beside ${name(finding.issue)}`;
    }
    case 'block-disagrees':
      return `The hidden block names ${name(finding.block)}, the text ${name(finding.text)}`;
    case 'several-issues':
      return `Links ${listed(finding.candidates, from)}: which one it follows cannot be told`;
    case 'master-closed':
      return `The checklist's issue is closed, with ${openItems(finding.open)}`;
    case 'master-locked':
      return `The checklist's issue is locked, with ${openItems(finding.open)}`;
    case 'group-moved':
      return finding.from === ''
        ? `Moved to another group since ${name(finding.issue)} was created`
        : `Moved here from "${finding.from}" since ${name(finding.issue)} was created`;
    case 'half-understood':
      return `The link to ${name(finding.issue)} can only be changed by hand: ${finding.written}`;
    case 'links-pull-request':
      return `Links the pull request ${name(finding.pull)} instead of an issue`;
  }
}

/** The words of a plan's head: `7 differences, 3 can be mended safely`. Information is no difference to mend. */
export function describePlan({ differences }: Pick<ReconcilePlan, 'differences'>): string {
  const actions = differences.filter(({ level }) => level === 'action');
  if (differences.length === 0) return 'No differences: the checklist agrees with its issues';
  if (actions.length === 0) return `No differences to mend, ${differences.length} for information`;
  const safe = actions.filter((one) => one.safe !== undefined).length;
  const count = plural(actions.length, 'difference');
  return safe === 0 ? count : `${count}, ${safe} can be mended safely`;
}

type FindingOf<Kind extends Finding['kind']> = Extract<Finding, { readonly kind: Kind }>;
type Name = (issue: IssueRef) => string;

function describeMissingTick({ because }: FindingOf<'tick-missing'>, name: Name): string {
  switch (because?.kind) {
    case undefined:
      return 'Not ticked: somebody took the tick back';
    case 'merged':
      return `Not ticked, but ${name(because.pull)} was merged`;
    case 'merged-into':
      return `Not ticked, but ${name(because.pull)} was merged into ${because.base}`;
    case 'children':
      return 'Not ticked, but all items in it are';
  }
}

function describeWrongPull({ pull, why }: FindingOf<'pull-wrong'>, name: Name): string {
  switch (why.kind) {
    case 'unmerged':
      return why.state === 'open'
        ? `${name(pull)} is not merged yet`
        : `${name(pull)} was closed without being merged`;
    case 'of-another-issue':
      return `${name(pull)} closes ${listInWords(why.closes.map(name))}, not this item's issue`;
    case 'reverted':
      return `${name(pull)} was reverted by ${name(why.by)}`;
  }
}

function describeUnlinked({ by, candidates }: FindingOf<'unlinked'>, from?: RepoRef): string {
  const refs = candidates.map(({ ref }) => ref);
  const one = refs.length === 1;
  if (by === 'marker')
    return `Links no issue, but ${listed(refs, from)} ${one ? 'was' : 'were'} created for it`;
  return `Links no issue, but ${listed(refs, from)} ${one ? 'has' : 'have'} its title`;
}

function listed(issues: readonly IssueRef[], from: RepoRef | undefined): string {
  return listInWords(issues.map((issue) => formatIssueRef(issue, from)));
}

function quoted(texts: readonly string[]): string {
  return listInWords(texts.map((text) => `"${text}"`));
}

function openItems(open: number): string {
  return plural(open, 'open item');
}
