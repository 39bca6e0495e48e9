import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Report } from './run.ts';

const BUILD = new URL('../../.output/chrome-mv3/', import.meta.url);

/**
 * What is loaded into each page of github.com, what issues with a checklist and the first opening of a panel add, and the
 * scripts of the popup and the background; compressed. Reads the last build.
 */
export async function benchContentSize(report: Report): Promise<void> {
  const names = readdirSync(new URL('content-scripts/', BUILD));
  const files = names.filter((name) => /\.(js|css)$/.test(name));
  const always = files.reduce((sum, name) => sum + gzipSize(`content-scripts/${name}`), 0);
  report('content-script-gzip', always, 'bytes', '<= 2500');
  report('issue-script-gzip', gzipSize('issue-page.js'), 'bytes', '<= 14500');
  report('panel-script-gzip', gzipSize('checklist-panel.js'), 'bytes', '<= 37500');
  report('background-script-gzip', gzipSize('background.js'), 'bytes', '<= 122500');
  const popup = readdirSync(new URL('chunks/', BUILD)).filter((name) =>
    /^popup-.*\.js$/.test(name),
  );
  const popupSize = popup.reduce((sum, name) => sum + gzipSize(`chunks/${name}`), 0);
  // 1.1 kB of it asks for the passphrase of a token.
  report('popup-script-gzip', popupSize, 'bytes', '<= 48200');
}

function gzipSize(name: string): number {
  return gzipSync(readFileSync(new URL(name, BUILD)), { level: 9 }).length;
}
