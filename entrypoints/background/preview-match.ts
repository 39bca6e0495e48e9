import type { Consequence } from '../../lib/core/differences/choice.ts';
import { readChosenMatch } from '../../lib/core/differences/chosen.ts';
import { matchConsequence } from '../../lib/core/differences/resolve.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** What a match by hand would write, on what the differences were found from. Asks nobody. */
export async function previewMatch(
  query: Parameters<Protocol['previewMatch']>[0],
  { previews }: Ports,
): Promise<Result<Consequence>> {
  const chosen = readChosenMatch(query.chosen);
  if (chosen === undefined) return fail(failure('stale-page'));
  const preview = await previews.loadReconcile(query.checklist, query.preview);
  if (preview === undefined) return fail(failure('stale-plan'));
  const { facts, plan } = preview;
  const { placeholder } = facts.rules;
  const items = parseChecklist(facts.master.text, { placeholder });
  const consequence = matchConsequence({ facts, plan, items }, chosen);
  return consequence === undefined ? fail(failure('cannot-match')) : succeed(consequence);
}
