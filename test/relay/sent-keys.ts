import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';

/** Remembers for seven days which messages were sent. */
export interface SentKeys {
  /** Hash of the message that was sent under a key; undefined when none was. */
  find(key: string, now: number): string | undefined;
  /** Remembers it durably before it returns; throws when the disk fails, and then remembers it until the next start. */
  add(key: string, hash: string, now: number): void;
}

/** Clients give up after three days, so seven is enough. */
export const KEEP_KEYS_MS = 7 * 86_400_000;

interface Line {
  readonly key: string;
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Keys in memory, and in a file of JSON lines when its path is given: that survives a restart. */
export function openSentKeys(file: string | undefined, now: number): SentKeys {
  const kept = file === undefined ? [] : readLines(file).filter(({ at }) => isKept(at, now));
  const keys = new Map(kept.map((line) => [line.key, line]));
  if (file !== undefined) rewrite(file, kept);
  return {
    find: (key, time) => {
      const line = keys.get(key);
      return line !== undefined && isKept(line.at, time) ? line.hash : undefined;
    },
    add: (key, hash, at) => {
      const line = { key, hash, at };
      for (const [old, { at: then }] of keys) if (!isKept(then, at)) keys.delete(old);
      keys.set(key, line);
      if (file !== undefined) appendLine(file, line);
    },
  };
}

function isKept(at: number, now: number): boolean {
  return now - at < KEEP_KEYS_MS;
}

function readLines(file: string): readonly Line[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').flatMap(parseLine);
}

/** The last line may be cut off: the relay died while it wrote it. */
function parseLine(text: string): readonly Line[] {
  const [, key, hash, at] = LINE.exec(text) ?? [];
  return key && hash && at ? [{ key, hash, at: Number(at) }] : [];
}

const LINE = /^\{"key":"([\w-]+)","hash":"([\w-]+)","at":(\d+)\}$/;

function formatLine({ key, hash, at }: Line): string {
  return `${JSON.stringify({ key, hash, at })}\n`;
}

/** By way of a second file: a relay that dies meanwhile forgets nothing. */
function rewrite(file: string, lines: readonly Line[]): void {
  writeFileSync(`${file}.new`, lines.map(formatLine).join(''), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function appendLine(file: string, line: Line): void {
  const handle = openSync(file, 'a', 0o600);
  try {
    appendFileSync(handle, formatLine(line));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
