/** Keeps the unit tests on this machine: who asks for another address fails. */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';

const REFUSED = Symbol.for('masterlist refused addresses');

/** Addresses beyond loopback that were asked for since the last call. */
export function takeRefused(): readonly string[] {
  return refused().splice(0);
}

/** Refuses connections and look-ups beyond loopback in this process. Once is enough. */
export function stayOnLoopback(): void {
  if (REFUSED in globalThis) return;
  Object.assign(globalThis, { [REFUSED]: [] });
  guardConnections();
  guardLookUps();
}

function refused(): string[] {
  return (globalThis as { [REFUSED]?: string[] })[REFUSED] ?? [];
}

// Every connection of Node goes through here: net, tls, http, https and fetch.
function guardConnections(): void {
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function guarded(this: Socket, ...given: unknown[]): Socket {
    const host = hostOf(given);
    if (host === undefined || isLoopback(host)) return Reflect.apply(connect, this, given);
    const error = refuse(host);
    // Later, as a connection fails: by then the caller listens.
    setImmediate(() => this.destroy(error));
    return this;
  };
}

function guardLookUps(): void {
  for (const object of [dns, dns.promises] as object[]) {
    for (const name of Object.keys(object).filter((key) => /^(lookup|resolve)/.test(key))) {
      const ask: unknown = Reflect.get(object, name);
      const guarded = (host: unknown, ...rest: unknown[]) => {
        if (isLoopback(String(host)))
          return Reflect.apply(ask as () => unknown, object, [host, ...rest]);
        throw refuse(String(host));
      };
      if (typeof ask === 'function') Reflect.set(object, name, guarded);
    }
  }
  syncBuiltinESMExports();
}

/** `connect(options)`, `connect(port, host)`, `connect(path)`, or these in one array, as Node itself passes them. */
function hostOf(given: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(given[0]) ? given[0] : given;
  if (typeof first === 'object' && first !== null) {
    const { path, host } = first as { readonly path?: string; readonly host?: string };
    return path === undefined ? host : undefined;
  }
  return typeof second === 'string' ? second : undefined;
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?|::ffff:127(\.\d+){3})$/i.test(host);
}

function refuse(host: string): Error {
  refused().push(host);
  return new Error(`a test reached for ${host}, which is beyond loopback`);
}
