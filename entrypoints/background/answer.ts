import { fail, failure, type Result, unforeseen } from '../../lib/core/failures.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import { isLimitCode } from '../../lib/github/limits.ts';
import type { Background } from './ports.ts';
import { isOwnPage, permit, type Sender } from './sender.ts';

/** A message as it arrives. */
interface Arrived<Query> {
  readonly data: Query;
  readonly sender: Sender;
}

/** What answers a message. */
export type Answering<Query, Answer> = (message: Arrived<Query>) => Promise<Answer>;

type Handler<Query, Value> = (
  query: Query,
  background: Background,
  sender: Sender,
) => Promise<Result<Value>>;

/** Answers a message about a checklist, after a look at who asks. The handler gets the checklist that the sender may ask about. */
export function answer<Query extends { readonly checklist: ChecklistRef }, Value>(
  handler: Handler<Query, Value>,
  background: Background,
): Answering<Query, Result<Value>> {
  return async ({ data, sender }) => {
    const allowed = permit(sender, data?.checklist, background.own);
    if (!allowed.ok) return allowed;
    return settle(
      () => handler({ ...data, checklist: allowed.value }, background, sender),
      background,
    );
  };
}

/** Answers a message about a checklist that only our own pages may send. */
export function answerOwnPageAbout<Query extends { readonly checklist: ChecklistRef }, Value>(
  handler: Handler<Query, Value>,
  background: Background,
): Answering<Query, Result<Value>> {
  return answer(async (query, _, sender) => {
    if (!isOwnPage(sender, background.own)) return fail(failure('stale-page'));
    return handler(query, background, sender);
  }, background);
}

/** Answers a message that only our own pages may send. */
export function answerOwnPage<Query, Value>(
  handler: Handler<Query, Value>,
  background: Background,
): Answering<Query, Result<Value>> {
  return async ({ data, sender }) => {
    if (!isOwnPage(sender, background.own)) return fail(failure('stale-page'));
    return settle(() => handler(data, background, sender), background);
  };
}

/**
 * What only reads is asked again by the view that asked, once GitHub's limit is over. A write never is: somebody else may
 * have changed meanwhile what it was to change.
 */
export function repeated<Query, Value>(
  answering: Answering<Query, Result<Value>>,
): Answering<Query, Result<Value>> {
  return async (message) => {
    const answered = await answering(message);
    if (answered.ok || !isLimitCode(answered.failure.code)) return answered;
    const { retryAt } = answered.failure;
    return retryAt === undefined ? answered : fail({ ...answered.failure, repeatAt: retryAt });
  };
}

/** Error classes do not survive the wire: what nobody foresaw is a failure too. */
async function settle<Value>(
  handle: () => Promise<Result<Value>>,
  { usage }: Background,
): Promise<Result<Value>> {
  try {
    return await handle();
  } catch (error) {
    console.error(error);
    return fail(unforeseen(error));
  } finally {
    void usage.flush();
  }
}
