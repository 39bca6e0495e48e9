import type { IncomingMessage } from 'node:http';
import https from 'node:https';

/** Where the local GitHub listens and which certificate it shows. */
export interface FetchTarget {
  readonly port: number;
  readonly cert: string;
}

/** A `fetch` for Node that reaches nothing but the local GitHub, with keep-alive as browsers have. */
export function createGitHubFetch(target: FetchTarget): {
  readonly fetch: typeof fetch;
  close(): void;
} {
  const agent = new https.Agent({ keepAlive: true, ca: target.cert });
  const localFetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    // No HTTP cache stands between here and the server, so `cache` modes need no handling.
    return follow(request, (url, method, body) => send(target, agent, request, url, method, body));
  };
  return { fetch: localFetch, close: () => agent.destroy() };
}

type Send = (url: URL, method: string, body: Uint8Array) => Promise<Response>;

async function follow(request: Request, sendOnce: Send): Promise<Response> {
  let url = new URL(request.url);
  let method = request.method;
  let body: Uint8Array = new Uint8Array(await request.arrayBuffer());
  for (let hops = 0; hops < 20; hops += 1) {
    const response = await sendOnce(url, method, body);
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    if (request.redirect === 'manual') return response;
    if (request.redirect === 'error') throw new TypeError('fetch failed: unexpected redirect');
    url = new URL(location, url);
    // As browsers do: a POST that is answered 301 or 302 becomes a GET.
    const becomesGet = response.status === 303 || (response.status < 303 && method === 'POST');
    if (becomesGet) {
      method = 'GET';
      body = new Uint8Array();
    }
  }
  throw new TypeError('fetch failed: too many redirects');
}

function send(
  target: FetchTarget,
  agent: https.Agent,
  request: Request,
  url: URL,
  method: string,
  body: Uint8Array,
): Promise<Response> {
  const { protocol, hostname } = url;
  if (protocol !== 'https:' || !['github.com', 'api.github.com'].includes(hostname))
    return Promise.reject(new TypeError(`fetch failed: ${url.origin} is not the local GitHub`));
  return new Promise((resolve, reject) => {
    const { signal } = request;
    const outgoing = https.request({
      agent,
      host: '127.0.0.1',
      port: target.port,
      servername: hostname,
      method,
      path: `${url.pathname}${url.search}`,
      headers: {
        ...Object.fromEntries(request.headers),
        host: hostname,
        ...(body.length > 0 && { 'content-length': String(body.length) }),
      },
    });
    const abort = () => outgoing.destroy(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    outgoing.on('response', (incoming) => {
      read(incoming, url).then(resolve, reject);
    });
    outgoing.on('error', (cause) => {
      reject(signal.aborted ? signal.reason : new TypeError('fetch failed', { cause }));
    });
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage, url: URL): Promise<Response> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch (cause) {
    throw new TypeError('terminated', { cause });
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  const status = incoming.statusCode ?? 500;
  const empty = status === 204 || status === 304;
  const response = new Response(empty ? null : Buffer.concat(chunks), { status, headers });
  Object.defineProperty(response, 'url', { value: url.href });
  return response;
}
