/**
 * When a connection that was used before dies before the answer begins, Chromium repeats the request by itself, POST
 * included (seen in Chromium 156 over HTTP/1.1 and HTTP/2), and no code of ours hears of it. It does not repeat a request
 * whose body is a stream; then the fetch fails, which is an unknown outcome like any other. Streams need HTTP/2, and a
 * server that takes a body without a length.
 */

/** What servers answer to a body without a length or in pieces. */
export const STREAM_REFUSALS: ReadonlySet<number> = new Set([400, 411, 501, 505]);

/** The same request with its text as a stream. */
export function streamed(init: RequestInit): RequestInit {
  const body = new Blob([String(init.body)]).stream();
  // `duplex` is not in TypeScript's types yet; the fetch standard demands it for streams.
  return { ...init, body, duplex: 'half' } as RequestInit;
}

let supported: boolean | undefined;

/** Whether this browser sends streams: others turn them into text (Firefox). */
export function canStream(): boolean {
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
