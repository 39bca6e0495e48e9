import type { LeftDifference } from '../../lib/core/differences/reconcile-record.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { unleaveDifference } from '../../lib/engine/left-differences.ts';
import { lookAgain } from '../../lib/engine/remember-differences.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** A difference that was left as it is counts again. */
export async function showAgain(
  { checklist, id }: Parameters<Protocol['showAgain']>[0],
  ports: Ports,
): Promise<Result<readonly LeftDifference[]>> {
  if (typeof id !== 'string') return fail(failure('stale-page'));
  const left = await unleaveDifference(ports, checklist, id);
  // Whether it is still there, GitHub must tell: nobody waits for that.
  void lookAgain(ports, checklist).catch(console.error);
  return succeed(left);
}
