import type { Finding } from '../../lib/core/differences/difference.ts';
import type { IssueRef } from '../../lib/core/refs.ts';

/** Issues and pull requests that the words of a finding name. */
export function findingLinks(finding: Finding): readonly IssueRef[] {
  switch (finding.kind) {
    case 'pull-missing':
      return [finding.issue, ...finding.pulls];
    case 'pull-wrong':
      return [finding.pull, ...reasonLinks(finding.why)];
    case 'issue-moved':
      return [finding.issue, finding.to];
    case 'orphan':
      return [finding.issue.ref];
    case 'block-disagrees':
      return [finding.block, finding.text];
    case 'several-issues':
      return finding.candidates;
    case 'links-pull-request':
      return [finding.pull];
    case 'tick-missing':
      return finding.because && 'pull' in finding.because ? [finding.because.pull] : [];
    case 'unlinked':
      return finding.candidates.map(({ ref }) => ref);
    case 'doubled':
      return [finding.issue, ...finding.doubles.map(({ ref }) => ref)];
    case 'master-closed':
    case 'master-locked':
      return [];
    default:
      return [finding.issue];
  }
}

type WrongPull = Extract<Finding, { readonly kind: 'pull-wrong' }>;

function reasonLinks(why: WrongPull['why']): readonly IssueRef[] {
  if (why.kind === 'of-another-issue') return why.closes;
  return why.kind === 'reverted' ? [why.by] : [];
}
