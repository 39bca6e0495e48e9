import type { IncomingMessage } from 'node:http';
import http2, { Http2ServerRequest, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from './certificate.ts';
import type { Guard, Outcome } from './guard/guard.ts';
import { type LoggedRequest, pageRequest } from './guard/request-log.ts';
import type { Site } from './page/site.ts';

type Incoming = IncomingMessage | Http2ServerRequest;
/** The part of an answer that both protocols share; their types do not call each other the same. */
interface Outgoing {
  readonly headersSent: boolean;
  readonly destroyed: boolean;
  writeHead(status: number, headers?: Readonly<Record<string, string>>): unknown;
  write(chunk: Uint8Array, done: () => void): unknown;
  end(body?: string | Uint8Array): unknown;
}

interface Parts {
  readonly guard: Guard;
  readonly site: Site;
  readonly log: LoggedRequest[];
  readonly clock: () => number;
}

/** The listening server. */
export interface RunningServer {
  readonly port: number;
  /** Cuts all connections and stops listening. */
  close(): Promise<void>;
}

/**
 * Listens on a free loopback port, as github.com and api.github.com by name. It speaks HTTP/2 as GitHub
 * does, and HTTP/1.1 to those who ask for it: which requests a browser repeats by itself after a lost
 * connection, and whether it may stream a body, depends on that.
 */
export async function startServer(certificate: Certificate, parts: Parts): Promise<RunningServer> {
  const server = http2.createSecureServer({
    key: certificate.key,
    cert: certificate.cert,
    allowHTTP1: true,
  });
  const sockets = new Set<Socket>();
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that goes away in the middle is no error of ours.
    socket.on('error', () => undefined);
  });
  server.on('sessionError', () => undefined);
  const used = new WeakSet<object>();
  server.on('request', (request: Incoming, response: Outgoing) => {
    const connection = connectionOf(request);
    const connectionReused = used.has(connection);
    used.add(connection);
    handle(parts, request, response, connectionReused).catch((error: unknown) =>
      fail(parts, request, response, error),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function streamOf(request: Incoming): ServerHttp2Stream | undefined {
  return request instanceof Http2ServerRequest ? request.stream : undefined;
}

function connectionOf(request: Incoming): object {
  return streamOf(request)?.session ?? request.socket;
}

async function handle(
  parts: Parts,
  request: Incoming,
  response: Outgoing,
  connectionReused: boolean,
): Promise<void> {
  const headers = plainHeaders(request);
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const method = request.method ?? 'GET';
  const url = request.url ?? '/';
  const body = await readBody(request);
  // The client went away while it was sending: GitHub never had the request.
  if (body === undefined) return;
  if (host === 'api.github.com') {
    const raw = { method, url, headers, body, connectionReused };
    respond(request, response, await parts.guard.handle(raw), parts.clock());
  } else if (host === 'github.com') {
    const reply = parts.site.handle({ url, cookie: headers.cookie ?? '', body });
    if (!url.startsWith('/_local/'))
      parts.log.push(pageRequest(method, url, parts.clock(), reply.status));
    response.writeHead(reply.status, { 'cache-control': 'no-store', ...reply.headers });
    response.end(reply.body ?? '');
  } else {
    response.writeHead(421);
    response.end(`The local GitHub is not ${host}`);
  }
}

function plainHeaders(request: Incoming): Record<string, string | undefined> {
  const { ':authority': authority, ...headers } = request.headers;
  const named = Object.entries({ host: authority, ...headers })
    .filter(([name]) => !name.startsWith(':'))
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  return Object.fromEntries(named);
}

async function readBody(request: Incoming): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function respond(request: Incoming, response: Outgoing, outcome: Outcome, now: number): void {
  if (outcome.kind === 'hang') return;
  if (outcome.kind === 'cut') {
    cut(request);
    return;
  }
  const { status, headers, truncate, after } = outcome;
  const body = Buffer.from(outcome.body);
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, {
    ...headers,
    date: new Date(now).toUTCString(),
    ...(!bodiless && { 'content-length': String(body.length) }),
  });
  if (truncate) {
    const half = body.subarray(0, Math.floor(body.length / 2));
    response.write(half, () => setTimeout(() => cut(request), 20));
  } else {
    response.end(bodiless ? undefined : body);
  }
  after?.();
}

function cut(request: Incoming): void {
  const stream = streamOf(request);
  if (stream === undefined) request.socket.destroy();
  else stream.session?.destroy();
}

/** A fault of the local GitHub itself must fail the test that met it, not look like GitHub's. */
function fail(parts: Parts, request: Incoming, response: Outgoing, error: unknown): void {
  if (request.destroyed || response.destroyed) return;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const url = request.url ?? '/';
  const entry = pageRequest(request.method ?? 'GET', url, parts.clock(), 500);
  parts.log.push({ ...entry, errors: [`The local GitHub itself failed: ${text}`] });
  if (!response.headersSent) response.writeHead(500);
  response.end(text);
}
