import { fileURLToPath } from 'node:url';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'wxt';
import { SENT_DATA } from './lib/channels/consent.ts';

/** Entries that are loaded into GitHub's pages: the content script and the panel. */
const PAGE_SCRIPTS: readonly string[] = ['content-script', 'unlisted-script'];

const GITHUB = ['https://github.com/*', 'https://api.github.com/*'];

/** A relay on this computer. Policies cannot name `[::1]`: `localhost` reaches it. */
const LOOPBACK = ['http://localhost', 'http://127.0.0.1'];

/** Relays and Slack: the options page asks for exactly the one host that the user gives. */
const RELAYS = ['https://*/*', ...LOOPBACK.map((origin) => `${origin}/*`)];

/**
 * What our own pages and the background may load: their own scripts, styles and pictures. Whom they may ask is bounded by
 * the permissions, which the user gives host by host.
 */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': ['https:', ...LOOPBACK.map((origin) => `${origin}:*`)].join(' '),
  'frame-ancestors': "'none'",
  'form-action': "'none'",
  'base-uri': "'none'",
};

/** The policy as one line. The development server reloads pages through a socket of its own. */
function policyFor(command: 'build' | 'serve'): string {
  const socket = command === 'serve' ? ' ws://localhost:*' : '';
  const policy = { ...POLICY, 'connect-src': POLICY['connect-src'] + socket };
  return Object.entries(policy)
    .map((directive) => directive.join(' '))
    .join('; ');
}

/**
 * Keys that no browser uses itself: with Alt+Shift, Chrome 156 keeps A, B, C, N, P, R, T, W and X (tried), ChromeOS I, M
 * and S. Chrome takes four suggestions; all can be changed in the browser.
 */
const COMMANDS = {
  generate: {
    suggested_key: { default: 'Alt+Shift+G' },
    description: 'Generate: preview the issues of the checklist on this page',
  },
  sync: {
    suggested_key: { default: 'Alt+Shift+Y' },
    description: 'Sync the checklist on this page',
  },
  reconcile: {
    suggested_key: { default: 'Alt+Shift+E' },
    description: 'Reconcile: show the differences of the checklist on this page',
  },
  dashboard: {
    suggested_key: { default: 'Alt+Shift+D' },
    description: 'Open the dashboard',
  },
};

export default defineConfig({
  // Explicit imports only: one can see who depends on whom.
  imports: false,
  manifestVersion: 3,
  modules: ['@wxt-dev/webextension-polyfill'],
  // `wxt` cannot start a browser of its own everywhere; load the folder it prints by hand.
  webExt: { disabled: true },
  zip: {
    name: 'masterlist',
    excludeSources: ['.ci/**', 'test/**', 'test-results/**'],
  },
  vite: () => ({
    // 'worker': decode-named-character-reference (under remark) otherwise resolves to its DOM
    // build, which throws "document is not defined" and kills the worker without a word.
    resolve: { conditions: ['worker', ...defaultClientConditions] },
  }),
  hooks: {
    // Built by itself the popup is one script instead of five, of which each costs time to load.
    'entrypoints:grouped': (_wxt, groups) => {
      const isPopup = ({ type }: { readonly type: string }) => type === 'popup';
      const pages = groups.filter(Array.isArray).find((group) => group.some(isPopup));
      if (pages !== undefined) groups.push(pages.splice(pages.findIndex(isPopup), 1));
    },
    'vite:build:extendConfig': (entrypoints, config) => {
      const names = entrypoints.map(({ name }) => name).join('-');
      config.build = { ...config.build, license: { fileName: `licenses/${names}.md` } };
      if (!entrypoints.some(({ type }) => PAGE_SCRIPTS.includes(type))) return;
      config.resolve = { ...config.resolve, alias: pageScriptAliases(config.resolve?.alias) };
    },
  },
  manifest: ({ browser, command }) => ({
    name: 'Masterlist',
    description: 'Turns a checklist in a GitHub issue into tracked issues, and keeps it true.',
    permissions: ['storage', 'alarms', 'unlimitedStorage', 'scripting'],
    optional_permissions: ['notifications'],
    host_permissions: GITHUB,
    optional_host_permissions: RELAYS,
    content_security_policy: { extension_pages: policyFor(command) },
    commands: COMMANDS,
    action: { default_title: 'Masterlist' },
    icons: { 16: 'icon/16.png', 32: 'icon/32.png', 48: 'icon/48.png', 128: 'icon/128.png' },
    ...(browser === 'chrome' && { minimum_chrome_version: '120' }),
    ...(browser === 'firefox' && {
      browser_specific_settings: {
        gecko: {
          id: '{7c0a3d52-54f1-4d0b-9a53-6a4f4f5b1d0e}',
          strict_min_version: '142.0',
          data_collection_permissions: { required: ['none'], optional: [...SENT_DATA] },
        },
      },
    }),
  }),
});

/**
 * The polyfill costs 9.6 kB in each content script and does nothing where `browser` exists; WXT's context costs 0.8 kB,
 * of which a signal is used.
 */
function pageScriptAliases(alias: unknown): Record<string, string> {
  const aliases = alias !== null && typeof alias === 'object' && !Array.isArray(alias) ? alias : {};
  const { 'wxt/browser': _polyfill, ...others } = aliases as Record<string, string>;
  const context = 'entrypoints/github.content/content-script-context.ts';
  return {
    ...others,
    'wxt/utils/content-script-context': fileURLToPath(new URL(context, import.meta.url)),
  };
}
