import {
  array,
  boolean,
  description,
  type InferOutput,
  literal,
  maxLength,
  minLength,
  optional,
  picklist,
  pipe,
  regex,
  strictObject,
  string,
} from 'valibot';
import { DEFAULT_RULES } from './sync-rules.ts';

const CLOSED = picklist(['leave', 'tick']);
const TICK = strictObject({
  'not-planned': optional(
    pipe(CLOSED, description('An item whose issue was closed as not planned.')),
    DEFAULT_RULES.notPlanned,
  ),
  duplicate: optional(
    pipe(CLOSED, description('An item whose issue was closed as a duplicate.')),
    DEFAULT_RULES.duplicate,
  ),
  parents: optional(
    pipe(boolean(), description('Tick an item that groups others when all of them are ticked.')),
    DEFAULT_RULES.parents,
  ),
  'base-branches': optional(
    pipe(
      boolean(),
      description('Tick an item when a pull request for it is merged into one of base-branches.'),
    ),
    DEFAULT_RULES.tickOnBaseBranches,
  ),
});

/** The rules file as it is written. `docs/masterlist.schema.json` is made of it. */
export const RulesSchema = strictObject({
  version: optional(pipe(literal(1), description('The version of this format.')), 1),
  tick: optional(pipe(TICK, description('Which boxes are ticked, beside completed issues.')), {}),
  'pull-requests': optional(
    pipe(boolean(), description('Write the numbers of merged pull requests behind the link.')),
    DEFAULT_RULES.pullRequests,
  ),
  'base-branches': optional(
    pipe(
      array(pipe(string(), minLength(1), maxLength(255))),
      maxLength(50),
      description('Further branches, beside the default one; * stands for any characters.'),
    ),
    [],
  ),
  link: optional(
    pipe(
      picklist(['closes', 'parenthesis', 'bare']),
      description('How a new issue is linked: (closes #12), (#12) or #12.'),
    ),
    DEFAULT_RULES.linkStyle,
  ),
  placeholder: optional(
    pipe(
      string(),
      maxLength(100),
      regex(/^(?:(?=.*\S)[^\r\n]+)?$/),
      description('Text that stands for a pull request to come; "" for none.'),
    ),
    DEFAULT_RULES.placeholder,
  ),
});

/** A rules file after reading, defaults filled in. */
export type RulesFileContent = InferOutput<typeof RulesSchema>;

/** What a value must be, by its path in the file: for the sentences about mistakes. */
export const MUST_BE: ReadonlyMap<string, string> = new Map([
  ['', 'a list of rules such as "pull-requests: true"'],
  ['version', '1'],
  ['tick', 'followed by indented rules such as "parents: true"'],
  ['tick/not-planned', 'leave or tick'],
  ['tick/duplicate', 'leave or tick'],
  ['tick/parents', 'true or false'],
  ['tick/base-branches', 'true or false'],
  ['pull-requests', 'true or false'],
  ['base-branches', 'a list of at most 50 branch names such as [release/*]'],
  ['link', 'closes, parenthesis or bare'],
  ['placeholder', 'text of one line and at most 100 characters'],
]);
