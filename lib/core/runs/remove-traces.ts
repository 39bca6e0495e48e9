import type { ReconcileFacts } from '../differences/reconcile-facts.ts';
import type { ChangeDraft } from '../engine/new-change.ts';
import { isOurs, isTrusted } from '../identity/marked-issues.ts';
import { type IssueRef, issueKey, nameChecklist } from '../refs.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { type Marker, parseMarker } from '../text/marker.ts';

/** An issue that carries our marker. */
interface Traced {
  readonly ref: IssueRef;
  readonly title: string;
}

/**
 * Removes our markers and comments from every issue of the checklist that was found, and the hidden block and the summary from its text.
 * Issues, links and words stay. A marker in an issue that the checklist does not link counts only where its author has a
 * say: a copied one is not ours.
 */
export function traceRows({ facts }: { readonly facts: ReconcileFacts }): readonly ChangeDraft[] {
  const issues = new Map(
    [...listed(facts), ...followed(facts)].map((one) => [issueKey(one.ref), one]),
  );
  const rows = [...issues.values()].map(
    ({ ref, title }): ChangeDraft => ({
      item: undefined,
      text: title,
      change: {
        choice: 'traces',
        changes: [{ issue: ref, marker: 'none', comments: 'delete' }],
        edits: [],
        map: [],
      },
    }),
  );
  return [...rows, ...blockRow(facts)];
}

function listed(facts: ReconcileFacts): readonly Traced[] {
  return facts.listed.issues.filter(
    (issue) =>
      issue.kind === 'issue' &&
      isMarked(parseMarker(issue.body, issue.ref.repo.host), facts) &&
      isTrusted(issue, facts),
  );
}

function followed(facts: ReconcileFacts): readonly Traced[] {
  return Object.values(facts.followed).flatMap((now) => {
    if (typeof now !== 'object' || now.kind !== 'issue') return [];
    return isMarked(now.marker, facts) ? [now] : [];
  });
}

function isMarked(marker: Marker | undefined, facts: ReconcileFacts): boolean {
  return marker !== undefined && isOurs(marker, facts);
}

function blockRow({ checklist, master, rules }: ReconcileFacts): readonly ChangeDraft[] {
  const { repo } = checklist;
  const { applied } = applyEdits(
    master.text,
    [
      { kind: 'comment', name: 'map', content: '' },
      { kind: 'comment', name: 'numbers', content: '' },
      { kind: 'comment', name: 'claim', content: '' },
      { kind: 'summary', content: '' },
    ],
    { repo, placeholder: rules.placeholder },
  );
  const effective = applied.filter(({ changed }) => changed).map(({ edit }) => edit);
  if (effective.length === 0) return [];
  const edits = effective.filter(({ kind }) => kind === 'summary');
  const change = { choice: 'traces', changes: [], edits, map: [], dropMap: true } as const;
  return [{ item: undefined, text: nameChecklist(checklist, repo), change }];
}
