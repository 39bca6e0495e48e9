import { formatIssueRef, type IssueRef } from '../../lib/core/refs.ts';
import { wordsRange } from '../../lib/core/text/change-words.ts';
import type { Item } from '../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import type { SyncFake } from './sync-fake.ts';

/** What people do to a checklist's text, each in one edit. Items are named by their place; one that is not there is left. */
export interface ChecklistPeople {
  tick(index: number): void;
  untick(index: number): void;
  /** Other words; links behind them stay. */
  rename(index: number, words: string): void;
  /** Puts the item, with all that is nested in it, in front of another, or (undefined) at the end of the text. */
  move(index: number, before: number | undefined): void;
  remove(index: number): void;
  /** A new item in front of another, or (undefined) at the end of the text. */
  add(words: string, before: number | undefined): void;
  /** Something behind the item's text. */
  append(index: number, words: string): void;
  /** Takes all links in brackets away. */
  strip(index: number): void;
  /** Puts one issue's number in the place of another's. */
  relink(index: number, from: IssueRef, to: IssueRef): void;
  /** The item's first line once more, below all that is nested in it. */
  copy(index: number): void;
  /** Every link in brackets in another form. */
  reform(index: number, form: (link: string) => string): void;
  /** A line of prose in front of the item. */
  prose(index: number, words: string): void;
}

/** Lets people edit a fake's checklist. */
export function createPeople(
  fake: Pick<SyncFake, 'edit' | 'master'>,
  editor = 'human',
): ChecklistPeople {
  const edit = (index: number, change: (text: string, item: Item) => string) =>
    fake.edit((text) => {
      const item = parseChecklist(text).items[index];
      return item === undefined ? text : change(text, item);
    }, editor);
  const box = (mark: string) => (index: number) =>
    edit(index, (text, { boxOffset }) => splice(text, boxOffset, boxOffset + 1, mark));
  const insert = (text: string, before: number | undefined, lines: string) => {
    const item = before === undefined ? undefined : parseChecklist(text).items[before];
    if (item === undefined) return text + (/[\r\n]$/.test(text) ? '' : '\n') + lines;
    const { start } = linesOf(text, item);
    return splice(text, start, start, lines);
  };
  return {
    tick: box('x'),
    untick: box(' '),
    rename: (index, words) =>
      edit(index, (text, item) => {
        const whole = { start: item.textStart, end: item.textEnd };
        const { start, end } = wordsRange(text, item) ?? whole;
        return splice(text, start, end, words);
      }),
    move: (index, before) =>
      edit(index, (text, item) => {
        const { start, end } = linesOf(text, item);
        const lines = text.slice(start, end);
        const target = before === undefined ? undefined : parseChecklist(text).items[before];
        if (target !== undefined && target.start >= item.start && target.start < item.end)
          return text;
        const at = target === undefined ? text.length : linesOf(text, target).start;
        const ended = /[\r\n]$/.test(lines) ? lines : `${lines}\n`;
        if (at < start) return text.slice(0, at) + ended + text.slice(at, start) + text.slice(end);
        const rest = text.slice(end, at);
        const glue = target === undefined && !/[\r\n]$/.test(rest) && rest !== '' ? '\n' : '';
        return text.slice(0, start) + rest + glue + ended + text.slice(at);
      }),
    remove: (index) =>
      edit(index, (text, item) => {
        const { start, end } = linesOf(text, item);
        return splice(text, start, end, '');
      }),
    add: (words, before) => fake.edit((text) => insert(text, before, `- [ ] ${words}\n`), editor),
    append: (index, words) =>
      edit(index, (text, { textEnd }) => splice(text, textEnd, textEnd, ` ${words}`)),
    strip: (index) =>
      edit(index, (text, { textStart, textEnd }) => {
        const bare = text
          .slice(textStart, textEnd)
          .replace(/ ?\((?:closes )?(?:[\w/-]*#\d+(?:, )?)+\)/g, '');
        return splice(text, textStart, textEnd, bare);
      }),
    relink: (index, from, to) =>
      edit(index, (text, { textStart, textEnd }) => {
        const name = (ref: IssueRef) => formatIssueRef(ref, fake.master.repo);
        const line = text.slice(textStart, textEnd).replace(name(from), name(to));
        return splice(text, textStart, textEnd, line);
      }),
    copy: (index) =>
      edit(index, (text, item) => {
        const { start, end } = linesOf(text, item);
        const [line = ''] = text.slice(start, end).split(/(?<=\r\n|\n|\r)/);
        const glue = /[\r\n]$/.test(text.slice(start, end)) ? '' : '\n';
        return splice(text, end, end, glue + line);
      }),
    reform: (index, form) =>
      edit(index, (text, { textStart, textEnd }) => {
        const line = text.slice(textStart, textEnd);
        const links = /\((?:closes )?([\w/-]*#\d+)\)/g;
        return splice(
          text,
          textStart,
          textEnd,
          line.replace(links, (_, link) => form(link)),
        );
      }),
    prose: (index, words) =>
      edit(index, (text, item) => {
        const { start } = linesOf(text, item);
        return splice(text, start, start, `${words}\n\n`);
      }),
  };
}

/** The lines of an item and of all that is nested in it, with the last line's end. */
function linesOf(
  text: string,
  { start, end }: Item,
): { readonly start: number; readonly end: number } {
  const first = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const rest = /\r\n|\n|\r/.exec(text.slice(end));
  return { start: first, end: rest === null ? text.length : end + rest.index + rest[0].length };
}

function splice(text: string, start: number, end: number, words: string): string {
  return text.slice(0, start) + words + text.slice(end);
}
