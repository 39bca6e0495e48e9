import { parse, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';
import { EditMap } from 'micromark-util-edit-map';
import type { Event, Extension } from 'micromark-util-types';

/**
 * Block structure of a text as events of micromark, the tokenizer under remark-parse, before inline text is read:
 * that takes most of the time, and on hostile text all of it. Containers stand in the events; what they contain
 * stands in the tokenizers of their `chunkFlow` tokens, one token for each line. The tasks found are those of
 * remark-parse with remark-gfm; the tests compare them on every document and example.
 */
export function tokenizeBlocks(markdown: string): Event[] {
  quickenMicromark();
  return parse({ extensions: [gfmBlocks(markdown)] })
    .document()
    .write(preprocess()(markdown, undefined, true));
}

/** What stands in every delimiter row of a table. Trying for a table at each line takes a fifth of the time. */
const DELIMITER = /[|:][ \t]*-|-[ \t]*[|:]/;

/** Tables and footnotes decide what is a paragraph, so they decide what is a task; nothing else of GFM does. */
function gfmBlocks(markdown: string): Extension {
  const { document = {}, flow = {} } = gfm();
  return DELIMITER.test(markdown) ? { document, flow } : { document };
}

/**
 * Keeps micromark linear. Its `EditMap` moves every event read so far for each edit, though edits concern the last few
 * of them: 65 KB of headings or of nested lists took minutes. This one leaves alone what stands before the first
 * edit, and does the same otherwise. Calling it again does nothing.
 */
function quickenMicromark(): void {
  EditMap.prototype.consume = consumeTail;
}

function consumeTail(this: EditMap, events: Parameters<EditMap['consume']>[0]): undefined {
  this.map.sort((a, b) => a[0] - b[0]);
  const parts: (typeof events)[] = [];
  for (const [at, remove, add] of this.map.toReversed()) {
    parts.push(events.slice(at + remove), add);
    events.length = at;
  }
  for (const part of parts.reverse()) for (const event of part) events.push(event);
  this.map.length = 0;
  this.index.clear();
}
