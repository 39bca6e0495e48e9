import type { Consequence } from '../../lib/core/differences/choice.ts';
import type { FoundIssue } from '../../lib/core/differences/reconcile-preview.ts';
import type { LeftDifference } from '../../lib/core/differences/reconcile-record.ts';
import { matchConsequence } from '../../lib/core/differences/resolve.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { holdsChecklist, nameChecklist } from '../../lib/core/refs.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { accountPorts } from '../../lib/engine/account-ports.ts';
import { unleaveDifference } from '../../lib/engine/left-differences.ts';
import { refreshDifferences } from '../../lib/engine/remember-differences.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** What a match by hand would write, on what the differences were found from. Asks nobody. */
export async function previewMatch(
  query: Parameters<Protocol['previewMatch']>[0],
  { previews }: Ports,
): Promise<Result<Consequence>> {
  const preview = await previews.loadReconcile(query.checklist, query.preview);
  if (preview === undefined) return fail(failure('stale-plan'));
  const { facts, plan } = preview;
  const { placeholder } = facts.rules;
  const items = parseChecklist(facts.master.text, { placeholder });
  const consequence = matchConsequence({ facts, plan, items }, query.chosen);
  return consequence === undefined ? fail(failure('cannot-match')) : succeed(consequence);
}

/** Issues by number, address or words of their title. A checklist is no issue of its own items. */
export async function searchIssues(
  { checklist, text }: Parameters<Protocol['searchIssues']>[0],
  ports: Ports,
): Promise<Result<readonly FoundIssue[]>> {
  if (text.trim() === '') return succeed([]);
  const acting = await accountPorts(ports, checklist.repo.host);
  if (!acting.ok) return acting;
  const found = await acting.value.github.searchIssues(checklist.repo, text);
  if (!found.ok) return found;
  const others = found.value.filter(({ ref }) => !holdsChecklist(ref, checklist));
  if (others.length === 0 && found.value.length > 0)
    return fail(failure('names-checklist', { issue: nameChecklist(checklist, checklist.repo) }));
  return succeed(
    others.map(({ ref, title, state, author, createdAt }) => ({
      ref,
      title,
      state,
      author,
      createdAt,
    })),
  );
}

/** A difference that was left as it is counts again. */
export async function showAgain(
  { checklist, id }: Parameters<Protocol['showAgain']>[0],
  ports: Ports,
): Promise<Result<readonly LeftDifference[]>> {
  const left = await unleaveDifference(ports, checklist, id);
  // Whether it is still there, GitHub must tell: nobody waits for that.
  void refreshDifferences(ports, checklist).catch(console.error);
  return succeed(left);
}
