import type { Job, JobKind } from '../job.ts';
import type { Kind, KindRecord } from '../kind.ts';
import { CHANGE, CHANGE_RECORD } from './change.ts';
import { GENERATE } from './generate.ts';
import { GENERATE_RECORD } from './generate-record.ts';

/** All kinds of jobs. */
const KINDS: { readonly [K in JobKind]: Kind<K> } = { generate: GENERATE, change: CHANGE };

const RECORDS: { readonly [K in JobKind]: KindRecord<K> } = {
  generate: GENERATE_RECORD,
  change: CHANGE_RECORD,
};

/** The kind of a job. */
export function kindOf<K extends JobKind>({ header }: Pick<Job<K>, 'header'>): Kind<K> {
  // A header is one of the kind that it names.
  return KINDS[header.kind as K];
}

/** The kind of this name. */
export function kindNamed<K extends JobKind>(kind: K): Kind<K> {
  return KINDS[kind];
}

/** What follows for the records of a job. */
export function recordOf<K extends JobKind>({ header }: Pick<Job<K>, 'header'>): KindRecord<K> {
  return RECORDS[header.kind as K];
}
