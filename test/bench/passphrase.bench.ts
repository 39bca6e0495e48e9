/** What a passphrase costs: one try to open a token with it, in a real Chromium. */

import { ROUNDS } from '../../lib/store/seal.ts';
import { extensionIdOf, launchBrowser } from '../local-github/browser.ts';
import { startLocalGitHub } from '../local-github/local-github.ts';
import type { Report } from './run.ts';

const EXTENSION = new URL('../../.output/chrome-mv3', import.meta.url).pathname;
const TRIES = 9;

/** Median of the time that WebCrypto takes for the key of one passphrase. */
export async function benchPassphrase(report: Report): Promise<void> {
  const github = await startLocalGitHub();
  const context = await launchBrowser({ github, extensionDir: EXTENSION });
  const page = await context.newPage();
  await page.goto(`chrome-extension://${await extensionIdOf(context)}/options.html`);
  const times: number[] = [];
  for (let one = 0; one < TRIES; one++) times.push(await page.evaluate(derive, ROUNDS));
  await context.close();
  await github.close();
  times.sort((a, b) => a - b);
  report('passphrase-try', times[Math.floor(TRIES / 2)] ?? Number.NaN, 'ms', '100 to 1000');
}

async function derive(iterations: number): Promise<number> {
  const start = performance.now();
  const material = new TextEncoder().encode('correct horse battery');
  const base = await crypto.subtle.importKey('raw', material, 'PBKDF2', false, ['deriveKey']);
  await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(16), iterations },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  );
  return performance.now() - start;
}
