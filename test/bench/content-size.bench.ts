import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Report } from './run.ts';

const SCRIPTS = new URL('../../.output/chrome-mv3/content-scripts/', import.meta.url);

/** What is loaded into each page of github.com, compressed. Reads the last build. */
export async function benchContentSize(report: Report): Promise<void> {
  const files = readdirSync(SCRIPTS).filter((name) => /\.(js|css)$/.test(name));
  const sizes = files.map(
    (name) => gzipSync(readFileSync(new URL(name, SCRIPTS)), { level: 9 }).length,
  );
  report(
    'content-script-gzip',
    sizes.reduce((sum, size) => sum + size, 0),
    'bytes',
    '<= 20480',
  );
}
