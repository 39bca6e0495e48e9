import type { ReconcileFacts } from '../differences/reconcile-facts.ts';
import type { ChangeDraft } from '../engine/new-change.ts';
import { bracketEdits } from '../identity/answer-edits.ts';
import { type OwnIssue, ownIssues } from '../identity/identify.ts';
import { NO_BLOCK } from '../identity/identity-map.ts';
import { isOurs } from '../identity/marked-issues.ts';
import { isTrusted } from '../identity/trust.ts';
import { type IssueRef, issueKey, nameChecklist } from '../refs.ts';
import { namingOf, trustFor } from '../sync/plan-sync.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { locatorOf } from '../text/checklist.ts';
import { type Marker, parseMarker } from '../text/marker.ts';
import { parseChecklist } from '../text/parse-checklist.ts';

/** An issue that carries our marker. */
interface Traced {
  readonly ref: IssueRef;
  readonly title: string;
}

/**
 * Removes our markers and comments from every issue of the checklist that was found, and our hidden comments and the summary from its text.
 * Issues, links and words stay; with `bracket` numbers that only these traces prove to be an item's get brackets first. A marker in an issue that the checklist does not link counts only where its author has a
 * say: a copied one is not ours.
 */
export function traceRows(
  { facts }: { readonly facts: ReconcileFacts },
  bracket: boolean = false,
): readonly ChangeDraft[] {
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
  return [...(bracket ? bracketRows(facts) : []), ...rows, ...blockRow(facts)];
}

function bracketRows(facts: ReconcileFacts): readonly ChangeDraft[] {
  const { master, rules, checklist } = facts;
  const read = parseChecklist(master.text, { placeholder: rules.placeholder });
  const { answers: _, ...naming } = namingOf(facts, read);
  const now = ownIssues(read.items, namingOf(facts, read));
  const later = ownIssues(read.items, {
    ...naming,
    block: NO_BLOCK,
    named: (issue) => {
      const one = naming.named(issue);
      return typeof one === 'object' ? { ...one, marker: undefined } : one;
    },
  });
  return read.items.flatMap((item, index) => {
    const kept = new Set(linkedBy(later[index]).map(issueKey));
    const lost = linkedBy(now[index]).filter((issue) => !kept.has(issueKey(issue)));
    return bracketEdits([item], lost, checklist.repo).map((edit) => ({
      item: locatorOf(item),
      text: item.text,
      change: { choice: 'traces', changes: [], edits: [edit], map: [] },
    }));
  });
}

/** What an item links as its own, as its text writes it. */
function linkedBy(own: OwnIssue | undefined): readonly IssueRef[] {
  if (own?.kind === 'issue') return [own.link, ...own.pulls].map(({ asked }) => asked);
  if (own?.kind !== 'issues' && own?.kind !== 'pulls') return [];
  return own.links.map(({ asked }) => asked);
}

function listed(facts: ReconcileFacts): readonly Traced[] {
  return facts.listed.issues.filter(
    (issue) =>
      issue.kind === 'issue' &&
      isMarked(parseMarker(issue.body, issue.ref.repo.host), facts) &&
      isTrusted(issue, trustFor(facts)),
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
  const edits = effective.filter(
    (edit) => edit.kind === 'summary' || (edit.kind === 'comment' && edit.name === 'numbers'),
  );
  const change = { choice: 'traces', changes: [], edits, map: [], dropMap: true } as const;
  return [{ item: undefined, text: nameChecklist(checklist, repo), change }];
}
