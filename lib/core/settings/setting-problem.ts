import { is } from 'valibot';
import { MUST_BE, STRICT } from './file-schema.ts';

/** Fields with rules beyond their type, and where their rules in words are. */
const PATHS = {
  prefix: 'preferences.generation.prefix',
  labels: 'preferences.generation.labels',
  milestone: 'preferences.generation.milestone',
  assignees: 'preferences.generation.assignees',
  placeholder: 'preferences.generation.placeholder',
  template: 'preferences.generation.template',
  baseBranches: 'preferences.rules.baseBranches',
  mailTo: 'alerts.mailTo',
} as const satisfies Partial<Readonly<Record<keyof typeof STRICT, string>>>;

/** What is wrong with the value of a field, as a sentence; undefined when it is sound. The same rules as for imported files. */
export function settingProblem(field: keyof typeof PATHS, value: unknown): string | undefined {
  if (is(STRICT[field], value)) return undefined;
  // "or null" is for files.
  return `it must be ${(MUST_BE.get(PATHS[field]) ?? '').replace(/, or null$/, '')}.`;
}
