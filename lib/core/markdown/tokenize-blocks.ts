import { parse, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';
import { subtokenize } from 'micromark-util-subtokenize';
import type { Event, Extension } from 'micromark-util-types';
import { quickenMicromark } from './quicken-micromark.ts';

/**
 * Block structure of a text as events of micromark, the tokenizer under remark-parse. Inline text is left
 * unread (`chunkText`): reading it takes most of the time, and hostile inline text takes all of it. The tasks
 * found are those of remark-parse with remark-gfm; the tests compare them on every document and example.
 */
export function tokenizeBlocks(markdown: string): Event[] {
  quickenMicromark();
  const events = parse({ extensions: [gfmBlocks(markdown)] })
    .document()
    .write(preprocess()(markdown, undefined, true));
  // Every line of a block names the tokenizer that read the whole block.
  for (const tokenizer of new Set(events.map(([, token]) => token._tokenizer))) {
    for (const [, token] of tokenizer?.events ?? []) token.contentType = undefined;
  }
  subtokenize(events);
  return events;
}

/** What stands in every delimiter row of a table. Trying for a table at each line takes a fifth of the time. */
const DELIMITER = /[|:][ \t]*-|-[ \t]*[|:]/;

/** Tables and footnotes decide what is a paragraph, so they decide what is a task; nothing else of GFM does. */
function gfmBlocks(markdown: string): Extension {
  const { document = {}, flow = {} } = gfm();
  return DELIMITER.test(markdown) ? { document, flow } : { document };
}
