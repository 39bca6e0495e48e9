import type { Job, JobKind, JobKinds } from '../job.ts';
import type { KindText } from '../kind.ts';
import { CHANGE_TEXT } from './change-text.ts';
import { GENERATE_TEXT } from './generate-text.ts';

/** The kinds whose records say that they write into the text. */
type WritingKind = {
  readonly [K in JobKind]: JobKinds[K]['writesText'] extends true ? K : never;
}[JobKind];

const TEXTS: { readonly [K in WritingKind]: KindText<K> } = {
  generate: GENERATE_TEXT,
  change: CHANGE_TEXT,
};

/** What a job writes into the master; nothing where its kind does not. */
export function textOf<K extends JobKind>({ header }: Pick<Job<K>, 'header'>): KindText<K> {
  const texts: { readonly [P in JobKind]?: KindText<P> } = TEXTS;
  return texts[header.kind as K] ?? { observe: () => [], edits: () => [], written: () => [] };
}
