import { type Failure, fail, failure, type Result, succeed } from '../core/failures.ts';
import type { IssueRef } from '../core/refs.ts';
import type { Client } from './client.ts';
import { askBatch, inBatches, placeInBatch } from './graphql.ts';

/** An issue or pull request as asked, and what GitHub shows of it. */
export interface Sight<T> {
  readonly asked: IssueRef;
  readonly node: T | 'hidden' | 'hidden-repo';
}

/** Asks for issues and pull requests of any repositories, in requests of `size` (at most 100). One that fails fails all. */
export async function askEach<T extends object>(
  client: Client,
  issues: readonly IssueRef[],
  ask: { readonly size: number; readonly fields: string; readonly fragments: string },
): Promise<Result<readonly Sight<T>[]>> {
  const sights: Sight<T>[] = [];
  for (const batch of inBatches(issues, ask.size)) {
    const answer = await askBatch<T>(client, batch, ask);
    if (!answer.ok) return answer;
    for (const asked of batch) {
      const place = placeInBatch(answer.value, batch, asked);
      // An answer that says nothing of what was asked is not GitHub's, or not whole.
      if (place === 'absent') return fail(unreadable());
      sights.push({ asked, node: typeof place === 'object' ? place.node : place });
    }
  }
  return succeed(sights);
}

/** The failure of an answer that is not GitHub's, or not whole. */
export function unreadable(): Failure {
  return failure('server-error', { status: 'an answer that cannot be read' });
}
