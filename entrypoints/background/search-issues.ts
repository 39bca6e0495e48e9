import type { FoundIssue } from '../../lib/core/differences/reconcile-preview.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { holdsChecklist, nameChecklist } from '../../lib/core/refs.ts';
import { accountPorts } from '../../lib/engine/account-ports.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** Issues by number, address or words of their title. A checklist is no issue of its own items. */
export async function searchIssues(
  { checklist, text }: Parameters<Protocol['searchIssues']>[0],
  ports: Ports,
): Promise<Result<readonly FoundIssue[]>> {
  if (typeof text !== 'string' || text.trim() === '') return succeed([]);
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
