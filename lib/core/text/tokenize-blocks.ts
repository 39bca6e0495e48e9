import { parse, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';
import type { Event, Extension } from 'micromark-util-types';
import { quickenMicromark } from './quicken-micromark.ts';

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
