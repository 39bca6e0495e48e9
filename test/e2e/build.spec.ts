import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const BUILD = new URL('../../.output/chrome-mv3/', import.meta.url).pathname;

/** Libraries that belong in the background. */
const HEAVY = /micromark|mdast|octokit|valibot|yaml-/i;

test('the content script is at most 3 kB gzip, and shows nothing itself', () => {
  const files = readdirSync(join(BUILD, 'content-scripts'));
  const sizes = files.map((name) => gzipSize(`content-scripts/${name}`));
  const size = sizes.reduce((sum, file) => sum + file, 0);
  console.log(`content script: ${size} bytes gzip`);
  expect(size).toBeGreaterThan(500);
  expect(size).toBeLessThanOrEqual(3 * 1024);
  for (const name of files) {
    expect(read(`content-scripts/${name}`)).not.toMatch(HEAVY);
    expect(read(`content-scripts/${name}`)).not.toMatch(/attachShadow|createElement/);
  }
});

test('the script for issues is at most 20 kB gzip, and holds no heavy library', () => {
  const size = gzipSize('issue-page.js');
  console.log(`script for issues: ${size} bytes gzip`);
  expect(size).toBeGreaterThan(5_000);
  expect(size).toBeLessThanOrEqual(20 * 1024);
  expect(read('issue-page.js')).not.toMatch(HEAVY);
});

test("the panel's script is at most 36.5 kB gzip, and holds no heavy library", () => {
  const size = gzipSize('checklist-panel.js');
  console.log(`panel script: ${size} bytes gzip`);
  expect(size).toBeGreaterThan(5_000);
  expect(size).toBeLessThanOrEqual(36.5 * 1024);
  expect(read('checklist-panel.js')).not.toMatch(HEAVY);
});

test('nothing in the worker needs a document when it starts', () => {
  expect(read('background.js')).not.toContain('document.createElement');
});

test('the manifest asks for two hosts and four permissions, and shows nothing to pages', () => {
  const manifest = JSON.parse(read('manifest.json'));
  expect(manifest.host_permissions).toEqual(['https://github.com/*', 'https://api.github.com/*']);
  expect(manifest.permissions).toEqual(['storage', 'alarms', 'unlimitedStorage', 'scripting']);
  expect(manifest).not.toHaveProperty('web_accessible_resources');
  expect(manifest).not.toHaveProperty('externally_connectable');
});

test('the manifest lets our own pages load only what is in the extension', () => {
  const { content_security_policy: policies } = JSON.parse(read('manifest.json'));
  const policy: string = policies.extension_pages;
  const directives = policy.split('; ').map((directive) => directive.split(' '));
  expect(Object.fromEntries(directives.map(([name, ...sources]) => [name, sources]))).toEqual({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'"],
    'connect-src': ['https:', 'http://localhost:*', 'http://127.0.0.1:*'],
    'frame-ancestors': ["'none'"],
    'form-action': ["'none'"],
    'base-uri': ["'none'"],
  });
});

/** Licenses that allow what we do: everything bundled must be under one, and its text must come with it. */
const ALLOWED = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MPL-2.0'];

/** Written by hand from the packages' repositories. */
const WITHOUT_TEXT = 'packages-without-text.md';

test('the licenses of everything bundled are in the build, and none is unknown', () => {
  const names = readdirSync(join(BUILD, 'licenses')).filter((name) => name !== WITHOUT_TEXT);
  const texts = names.map((name) => read(`licenses/${name}`));
  const sections = texts.flatMap((text) => text.split(/^## /m).slice(1));
  const byHand = read(`licenses/${WITHOUT_TEXT}`);
  expect(sections.length).toBeGreaterThan(20);
  const strange = sections.filter((section) => {
    const [head = '', ...lines] = section.split('\n');
    const [, name, license = 'unknown'] = /^(\S+) - \S+ \((.+)\)$/.exec(head) ?? [];
    const hasText = lines.join('').trim() !== '' || byHand.includes(`\`${name}\``);
    return !hasText || !ALLOWED.includes(license) || /\bGPL\b/.test(section);
  });
  expect(strange).toEqual([]);
  const all = texts.join('');
  for (const name of ['preact', '@octokit/rest', 'idb', 'micromark', 'uplot', 'yaml', 'diff'])
    expect(all).toContain(`## ${name} - `);
});

function read(name: string): string {
  return readFileSync(join(BUILD, name), 'utf8');
}

function gzipSize(name: string): number {
  return gzipSync(readFileSync(join(BUILD, name)), { level: 9 }).length;
}
