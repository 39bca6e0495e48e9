/**
 * Keeps the browser from sending a write twice. When a connection that was used before dies before the answer begins,
 * Chromium repeats the request by itself, POST included (seen in Chromium 156 over HTTP/1.1 and HTTP/2): an issue is
 * created twice and no code of ours hears of it. It does not repeat a request whose body is a stream; then the fetch
 * fails, which is an unknown outcome like any other.
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
  if (answer !== undefined && !REFUSALS.has(answer.status)) {
    streams.set(originOf(url), true);
    return answer;
  }
  // The stream's fault, or the network's: the whole body tells which.
  const second = await send(url, init);
  if (!REFUSALS.has(second.status)) streams.set(originOf(url), false);
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

/** What servers answer to a body without a length or in pieces. */
const REFUSALS: ReadonlySet<number> = new Set([400, 411, 501, 505]);

/** A network error may be the stream's fault; a timeout is not. */
function refusal(error: unknown): undefined {
  if (error instanceof TypeError) return undefined;
  throw error;
}

function streamed(init: RequestInit): RequestInit {
  const body = new Blob([String(init.body)]).stream();
  // `duplex` is not in TypeScript's types yet; the fetch standard demands it for streams.
  return { ...init, body, duplex: 'half' } as RequestInit;
}

let supported: boolean | undefined;

/** Whether this browser sends streams: others turn them into text (Firefox). */
function canStream(): boolean {
  supported ??= detectStreams();
  return supported;
}

function detectStreams(): boolean {
  let asked = false;
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      asked = true;
      return 'half';
    },
  };
  const { headers } = new Request('https://example.invalid', init as RequestInit);
  return asked && !headers.has('content-type');
}
