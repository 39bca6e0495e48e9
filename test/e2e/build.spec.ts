import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const BUILD = new URL('../../.output/chrome-mv3/', import.meta.url).pathname;

test('the content script is at most 20 kB gzip, and holds neither remark nor Octokit', () => {
  const folder = join(BUILD, 'content-scripts');
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const size = files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  expect(size).toBeGreaterThan(5_000);
  expect(size).toBeLessThanOrEqual(20 * 1024);
  expect(Buffer.concat(files).toString()).not.toMatch(/micromark|mdast|octokit/i);
});

test('nothing in the worker needs a document when it starts', () => {
  const worker = readFileSync(join(BUILD, 'background.js'), 'utf8');
  expect(worker).not.toContain('document.createElement');
});

test('the manifest asks for two hosts and three permissions, and shows nothing to pages', () => {
  const manifest = JSON.parse(readFileSync(join(BUILD, 'manifest.json'), 'utf8'));
  expect(manifest.host_permissions).toEqual(['https://github.com/*', 'https://api.github.com/*']);
  expect(manifest.permissions).toEqual(['storage', 'alarms', 'unlimitedStorage']);
  expect(manifest).not.toHaveProperty('web_accessible_resources');
  expect(manifest).not.toHaveProperty('externally_connectable');
});
