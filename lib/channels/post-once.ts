import { canStream, STREAM_REFUSALS, streamed } from '../core/stream-body.ts';
import { type Posted, postJson } from './post.ts';

/** A host that does not answer a question in this time is not given the message. */
const ASK_TIMEOUT_MS = 5_000;

type Fetch = typeof globalThis.fetch;

/**
 * Sends JSON so that the browser does not repeat it by itself, for receivers that know no idempotency key. Its host is
 * asked an empty question first: whether it takes streamed bodies, which browsers never repeat, and whether it can be
 * reached at all; if not, nothing of the message was sent. Over HTTP/1.1, and in browsers without streams (Firefox), the
 * browser may still repeat it when a connection dies at the wrong moment. Never rejects.
 */
export async function postOnce(
  fetch: Fetch,
  url: string,
  body: unknown,
  now: () => number,
): Promise<Posted> {
  const whole = () => postJson(fetch, url, {}, body, now);
  if (!canStream() || globalThis.navigator?.onLine === false) return whole();
  const way = await findWay(fetch, new URL('/', url).href);
  if (way === undefined) return { kind: 'unreachable' };
  if (way === 'whole') return whole();
  const posted = await postJson(streaming(fetch), url, {}, body, now);
  // It says that it did not read the message: nothing was posted.
  const isRefused = posted.kind === 'answer' && STREAM_REFUSALS.has(posted.status);
  return isRefused ? whole() : posted;
}

/** How the host takes bodies; undefined when it cannot be reached. */
async function findWay(fetch: Fetch, host: string): Promise<'stream' | 'whole' | undefined> {
  const status = await ask(streaming(fetch), host);
  if (status === 'late') return undefined;
  // Where it fails it may be the stream's fault or the network's: the whole body tells which.
  if (status !== 'failed' && !STREAM_REFUSALS.has(status)) return 'stream';
  return typeof (await ask(fetch, host)) === 'number' ? 'whole' : undefined;
}

/** Asks nothing in particular; any answer will do. */
async function ask(fetch: Fetch, host: string): Promise<number | 'failed' | 'late'> {
  try {
    const { status } = await fetch(host, {
      method: 'POST',
      body: '{}',
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    return status;
  } catch (error) {
    return error instanceof TypeError ? 'failed' : 'late';
  }
}

function streaming(fetch: Fetch): Fetch {
  return (input, init = {}) => fetch(input, streamed(init));
}
