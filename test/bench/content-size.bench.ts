import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Report } from './run.ts';

const BUILD = new URL('../../.output/chrome-mv3/', import.meta.url);

/** What is loaded into each page of github.com, and what the first opening of a panel adds; compressed. Reads the last build. */
export async function benchContentSize(report: Report): Promise<void> {
  const names = readdirSync(new URL('content-scripts/', BUILD));
  const files = names.filter((name) => /\.(js|css)$/.test(name));
  const always = files.reduce((sum, name) => sum + gzipSize(`content-scripts/${name}`), 0);
  report('content-script-gzip', always, 'bytes', '<= 20480');
  report('panel-script-gzip', gzipSize('checklist-panel.js'), 'bytes', '<= 30720');
}

function gzipSize(name: string): number {
  return gzipSync(readFileSync(new URL(name, BUILD)), { level: 9 }).length;
}
