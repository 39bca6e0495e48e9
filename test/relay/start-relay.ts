import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createRelay } from './app.ts';
import type { RelayConfig } from './config.ts';
import { createMailer } from './send-mail.ts';
import { openSentKeys } from './sent-keys.ts';

/** A relay that listens. */
export interface RunningRelay {
  /** Where messages are taken. */
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a relay by its configuration; rejects when the port is taken. */
export async function startRelay(
  config: RelayConfig,
  log: (line: string) => void,
): Promise<RunningRelay> {
  const now = () => Date.now();
  const app = createRelay(config, {
    sendMail: createMailer(config),
    keys: openSentKeys(config.keysFile, now()),
    now,
    log,
  });
  const { host: hostname, port } = config.listen;
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, (info: AddressInfo) =>
      resolve({
        port: info.port,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      }),
    );
    server.once('error', reject);
  });
}
