import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;

/** Which folder may import what. First match wins; `*` ends a prefix. Relative imports are given from the top level. */
const RULES: readonly { readonly of: string; readonly may: readonly string[] }[] = [
  {
    of: 'lib/core/',
    may: ['lib/core/', 'remark-*', 'unified', 'mdast*', 'micromark*', 'unist*', 'diff', 'yaml'],
  },
  {
    of: 'lib/github/',
    may: ['lib/github/', 'lib/core/', '@octokit/*'],
  },
  {
    of: 'lib/store/',
    may: ['lib/store/', 'lib/core/', 'lib/store-ports.ts', 'idb'],
  },
  {
    of: 'lib/engine/',
    may: ['lib/engine/', 'lib/core/', 'lib/channels/', 'lib/ports.ts', 'lib/store-ports.ts'],
  },
  // The only channel that knows a browser: its notifications.
  { of: 'lib/channels/browser.ts', may: ['lib/core/', 'lib/ports.ts', 'wxt/browser'] },
  {
    of: 'lib/channels/',
    may: ['lib/channels/', 'lib/core/', 'lib/ports.ts', 'lib/store-ports.ts'],
  },
  {
    of: 'lib/checklist-model/',
    may: ['lib/checklist-model/', 'lib/core/', 'lib/messages.ts', 'preact*'],
  },
  { of: 'lib/ports.ts', may: ['lib/core/', 'lib/store-ports.ts'] },
  { of: 'lib/store-ports.ts', may: ['lib/core/'] },
  { of: 'lib/page-link.ts', may: ['lib/core/', 'lib/messages.ts', 'wxt/*'] },
  { of: 'lib/settings.ts', may: ['lib/core/', 'lib/store/', 'lib/ports.ts', 'wxt/*'] },
  {
    of: 'lib/',
    may: ['lib/core/', 'lib/settings.ts', 'wxt/*', '@webext-core/messaging', '@preact/signals*'],
  },
  {
    of: 'components/',
    may: [
      'components/',
      'lib/core/',
      'lib/checklist-model/',
      'preact*',
      '@preact/signals*',
      'uplot',
    ],
  },
  {
    of: 'entrypoints/github.content/',
    may: [
      'entrypoints/github.content/',
      'components/',
      'lib/checklist-model/',
      'lib/core/',
      'lib/messages.ts',
      'lib/page-link.ts',
      'preact*',
      '@preact/signals*',
      'wxt/*',
    ],
  },
  {
    of: 'entrypoints/issue-page/',
    may: [
      'entrypoints/issue-page/',
      'entrypoints/github.content/',
      'lib/checklist-model/',
      'lib/core/',
      'lib/page-link.ts',
      'wxt/*',
    ],
  },
  {
    of: 'entrypoints/checklist-panel/',
    may: [
      'entrypoints/checklist-panel/',
      'components/',
      'lib/checklist-model/',
      'lib/core/',
      'lib/messages.ts',
      'preact*',
      'wxt/*',
    ],
  },
  { of: 'entrypoints/background/', may: ['entrypoints/background/', 'lib/', 'wxt/*'] },
  {
    of: 'entrypoints/popup/',
    may: [
      'entrypoints/popup/',
      'components/',
      'lib/core/',
      'lib/store/',
      'lib/messages.ts',
      'lib/channels/mail.ts',
      'lib/settings.ts',
      'lib/stored.ts',
      'preact*',
      '@preact/signals*',
      'wxt/*',
    ],
  },
  {
    of: 'entrypoints/options/',
    may: [
      'entrypoints/options/',
      'components/',
      'lib/core/',
      'lib/store/',
      'lib/channels/',
      'lib/messages.ts',
      'lib/settings.ts',
      'lib/stored.ts',
      'preact*',
      '@preact/signals*',
      'wxt/*',
    ],
  },
  {
    of: 'entrypoints/dashboard/',
    may: [
      'entrypoints/dashboard/',
      'components/',
      'lib/checklist-model/',
      'lib/core/',
      'lib/store/',
      'lib/messages.ts',
      'lib/channels/mail.ts',
      'lib/settings.ts',
      'lib/stored.ts',
      'preact*',
      '@preact/signals*',
      'wxt/*',
    ],
  },
];

/** Core is pure: what it must not touch. */
const IMPURE =
  /\b(Date\.now|new Date\(\)|Math\.random|crypto\.|fetch\(|browser\.\w|chrome\.|setTimeout|performance\.)/;
/** What only a browser has; whether a navigator says that it is offline may be asked where there is none. */
const BROWSER =
  /'(wxt\/|@webext-core\/|idb')|\b(browser|chrome)\.[a-z]+[.(]|(?<!globalThis\.)\bnavigator\b|indexedDB|IDBKeyRange/;
const MAY_KNOW_BROWSER = [
  'lib/channels/browser.ts',
  'lib/messages.ts',
  'lib/page-link.ts',
  'lib/settings.ts',
];
const SOURCES = ['lib', 'components', 'entrypoints'].flatMap(filesBelow);

/** Tests take the time from `now` in test/clock.ts, so that they hold on any day; none measures how long something took. */
const REAL_CLOCK =
  /\b(Date\.now\b|new Date\(\)|performance\.(now|timeOrigin)|hrtime)|(?<!new )\bDate\(\)/;
const MAY_TELL_TIME: Readonly<Record<string, string>> = {
  'test/architecture.test.ts': 'names what is forbidden',
  'test/clock.ts': 'is the clock',
  'test/local-github/local-github.ts': 'is a server that browsers use too, outside of the set-up',
  'test/setup.test.ts': 'tests the clock',
  'test/relay/start-relay.ts': 'is the program itself, started outside of the set-up too',
};

/** Everywhere else the host comes with the reference. */
const MAY_NAME_GITHUB: Readonly<Record<string, string>> = {
  'components/options/SettingsForm.tsx': 'reads a repository on the only host with accounts',
  'entrypoints/background/page-news.ts': 'tells pages of the only host that is served',
  'entrypoints/dashboard/issue-address.ts': 'reads `owner/repo#12` as typed',
  'entrypoints/options/accounts-model.ts': 'adds accounts of the only host that is served',
  'entrypoints/popup/shown-checklist.ts': 'acts on pages of the only host that is served',
  'lib/core/plan/defuse.ts': 'knows the one host that has a redirecting host',
  'lib/core/refs.ts': 'knows the addresses',
  'lib/core/settings/preview-template.ts': 'shows a made-up issue',
  'lib/core/text/target.ts': 'knows the other names of that host',
};
const TESTS = filesBelow('test').filter((file) => /\.test\.tsx?$/.test(file));

describe('architecture', () => {
  it.each(SOURCES)('%s imports only what its folder may', (file) => {
    const rule = RULES.find(({ of }) => file.startsWith(of));
    const outside = importsOf(file).filter(
      (name) => !rule?.may.some((may) => allows(may, name, file)),
    );
    expect(outside).toEqual([]);
  });

  it.each(SOURCES)('%s has no default export, unless WXT wants one', (file) => {
    const wanted =
      /^entrypoints\/(background\/index\.ts|(github\.content|issue-page|checklist-panel)\/index\.tsx?)$/.test(
        file,
      );
    expect(/^export default/m.test(read(file))).toBe(wanted);
  });

  it.each(SOURCES.filter((file) => file.startsWith('lib/core/')))(
    '%s knows no clock, no chance, no network and no browser',
    (file) => {
      expect(withoutComments(read(file))).not.toMatch(IMPURE);
    },
  );

  it('unit and property tests never tell the time by the real clock', () => {
    const used = new Set(TESTS.flatMap(loadedBy).filter((file) => file.startsWith('test/')));
    expect(used.size).toBeGreaterThan(TESTS.length);
    const telling = [...used].filter((file) => REAL_CLOCK.test(withoutComments(read(file))));
    expect(telling.sort()).toEqual(Object.keys(MAY_TELL_TIME).sort());
  });

  it('every threat of docs/security.md has a test that exists', () => {
    const rows = read('docs/security.md').split('\n');
    const table = rows.slice(rows.indexOf('| threat | what stands against it | test |') + 2);
    const threats = table.slice(0, table.indexOf(''));
    expect(threats.length).toBeGreaterThan(10);
    const there = new Set(filesBelow('test'));
    const untested = threats.filter((row) => {
      const paths = [...(row.split(' | ').at(-1) ?? '').matchAll(/`(test\/[^`]+)`/g)];
      return paths.length === 0 || paths.some(([, path = '']) => !there.has(path));
    });
    expect(untested).toEqual([]);
  });

  it('every channel is one file of lib/channels and knows no browser but that of notifications', () => {
    const channels = SOURCES.filter((file) => file.startsWith('lib/channels/'));
    const knowing = channels.filter((file) =>
      /\b(browser|chrome)\.[a-z]/.test(withoutComments(read(file)).replace(/'[^'\n]*'/g, '')),
    );
    expect(knowing).toEqual(['lib/channels/browser.ts']);
    const values = [...read('lib/channels/registry.ts').matchAll(/^import \{ (\w+) \}/gm)];
    expect(values.map(([, name]) => `lib/channels/${name}.ts`)).toEqual(
      channels.filter((file) => /: Channel = \{/.test(read(file))),
    );
  });

  it('only stores, settings, messages and the notifications of lib know a browser', () => {
    const knowing = SOURCES.filter(
      (file) => /^lib\/(?!store\/)/.test(file) && BROWSER.test(withoutComments(read(file))),
    );
    expect(knowing).toEqual(MAY_KNOW_BROWSER);
  });

  it('which host is meant is said, never assumed', () => {
    const assumed = SOURCES.filter((file) =>
      /(?<![=!])=\s*(GITHUB_HOST|'github\.com')\s*[,)]/.test(withoutComments(read(file))),
    );
    expect(assumed).toEqual([]);
    const literal = SOURCES.filter((file) => withoutComments(read(file)).includes("'github.com'"));
    expect(literal).toEqual(['lib/core/refs.ts']);
    const naming = SOURCES.filter((file) => /\bGITHUB_HOST\b/.test(withoutComments(read(file))));
    expect(naming.sort()).toEqual(Object.keys(MAY_NAME_GITHUB).sort());
  });

  it("only page.ts knows GitHub's selectors", () => {
    const knowing = SOURCES.filter((file) =>
      /data-testid|markdown-body|-module__/.test(withoutComments(read(file))),
    );
    expect(knowing.filter((file) => !file.startsWith('components/'))).toEqual([
      'entrypoints/github.content/page.ts',
    ]);
  });

  it('no file imports itself by way of others, types included', () => {
    expect(cyclesOf(new Map(SOURCES.map((file) => [file, importsOf(file)])))).toEqual([]);
  });

  it('the popup opens without the Markdown parser', () => {
    const loaded = loadedBy('entrypoints/popup/main.tsx');
    expect(loaded).toContain('components/popup/PopupPage.tsx');
    const parses = (file: string) =>
      importsOf(file).some((name) => /^(micromark|remark|mdast|unified)/.test(name));
    expect(loaded.filter(parses)).toEqual([]);
  });

  it('no file is a drawer', () => {
    expect(SOURCES.filter((file) => /(utils?|helpers?|common|misc|shared)\b/i.test(file))).toEqual(
      [],
    );
  });

  it.each(SOURCES)('%s is named in kebab-case, components in PascalCase', (file) => {
    const name = file.split('/').at(-1) ?? '';
    const pattern = file.startsWith('components/')
      ? /^([A-Z]\w*\.tsx|[a-z][a-z0-9-]*\.(ts|css))$/
      : /^[a-z0-9-]+(\.\w+)?\.(tsx?|css|html)$/;
    expect(name).toMatch(pattern);
  });
});

function filesBelow(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .sort();
}

function importsOf(file: string): string[] {
  const names = [
    ...read(file).matchAll(/^(?:(?:import|export)\b[^;'"]*?\bfrom|import)\s*'([^']+)'/gm),
  ].map(([, name]) => name ?? '');
  return names.map((name) => (name.startsWith('.') ? normalize(join(dirname(file), name)) : name));
}

/** The files from which one comes back to them by their imports. */
function cyclesOf(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const open = new Map(imports);
  let before = -1;
  // What imports nothing that is left is part of no cycle; what remains is, or leads into one.
  while (open.size !== before) {
    before = open.size;
    for (const [file, names] of open) if (!names.some((name) => open.has(name))) open.delete(file);
  }
  return [...open.keys()];
}

/** The files that run when this one does: itself and what it imports, types apart. */
function loadedBy(entry: string): string[] {
  const loaded = new Set([entry]);
  for (const file of loaded) {
    for (const [, names = '', from = ''] of read(file).matchAll(VALUE_IMPORT)) {
      const isTypes = /^\s*\{(\s*type \w+( as \w+)?,?)*\s*\}\s*$/.test(names);
      if (!isTypes && /^\.[^?]*\.tsx?$/.test(from))
        loaded.add(normalize(join(dirname(file), from)));
    }
  }
  return [...loaded];
}

const VALUE_IMPORT = /^(?:import|export)(?! type\b)([^;'"]*?)(?:\bfrom\s*)?'([^']+)'/gm;

function allows(may: string, name: string, file: string): boolean {
  // Styles belong to the entry that imports them.
  if (name.endsWith('.css') && dirname(name) === dirname(file)) return true;
  if (name.endsWith('.css?inline') && dirname(name) === dirname(file)) return true;
  if (may.endsWith('*')) return name.startsWith(may.slice(0, -1));
  return may.endsWith('/') ? name.startsWith(may) : name === may;
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
