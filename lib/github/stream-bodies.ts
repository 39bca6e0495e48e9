import { canStream, STREAM_REFUSALS, streamed } from '../core/stream-body.ts';

/**
 * Keeps the browser from sending a write twice, as it does by itself with bodies that are no streams: an issue would be
 * created twice.
 *
 * Streams need a browser that has them, HTTP/2, and a server that takes a body without a length. So a host gets
 * streamed writes only after a streamed read (a GraphQL query) was answered; otherwise bodies go out whole.
 */

type Send = (url: string, init: RequestInit) => Promise<Response>;

/** A harmless question for hosts that were not tried yet. */
const QUESTION = JSON.stringify({ query: '{ viewer { login } }' });

/**
 * Gives a send that streams bodies where browser and host can. `streams` remembers which origins do; GraphQL is asked
 * for reading only, so its requests may be repeated.
 */
export function streamBodies(send: Send, graphql: string, streams: Map<string, boolean>): Send {
  return async (url, init) => {
    if (typeof init.body !== 'string' || !canStream()) return send(url, init);
    if (url === graphql) return sendRead(send, url, init, streams);
    if (!streams.has(originOf(url))) await probe(send, graphql, init, streams);
    return send(url, streams.get(originOf(url)) ? streamed(init) : init);
  };
}

async function sendRead(
  send: Send,
  url: string,
  init: RequestInit,
  streams: Map<string, boolean>,
): Promise<Response> {
  if (streams.get(originOf(url)) === false) return send(url, init);
  const answer = await send(url, streamed(init)).catch(refusal);
  if (answer !== undefined && !STREAM_REFUSALS.has(answer.status)) {
    streams.set(originOf(url), true);
    return answer;
  }
  // The stream's fault, or the network's: the whole body tells which.
  const second = await send(url, init);
  if (!STREAM_REFUSALS.has(second.status)) streams.set(originOf(url), false);
  return second;
}

async function probe(
  send: Send,
  graphql: string,
  write: RequestInit,
  streams: Map<string, boolean>,
): Promise<void> {
  const question = { ...write, method: 'POST', body: QUESTION };
  await sendRead(send, graphql, question, streams).catch(() => undefined);
}

function originOf(url: string): string {
  return new URL(url).origin;
}

/** A network error may be the stream's fault; a timeout is not. */
function refusal(error: unknown): undefined {
  if (error instanceof TypeError) return undefined;
  throw error;
}
