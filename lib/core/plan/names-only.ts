import type { Item } from '../text/checklist.ts';

/**
 * What an item that is nothing but names behind an `@` names; nothing when it says more. `people` sign it off, `packages`
 * are work. GitHub mentions a team of the repository's `owner` as npm names a package of that scope: such a name, and one
 * below a label that speaks of people, may be either.
 */
export function namesOf(item: Item, owner: string): 'people' | 'packages' | 'unclear' | undefined {
  if (item.mentions.length === 0 || !JOINED.test(item.subject)) return undefined;
  const scoped = item.mentions.filter((name) => name.includes('/'));
  if (scoped.length === 0) return item.title.includes('@') ? undefined : 'people';
  // Whoever stands beside a package in brackets has it to do.
  const isSigned = item.mentions.some((name) => !name.includes('/') && names(item, name));
  if (isSigned) return 'unclear';
  return scoped.every((name) => isPackage(name, owner)) && !PEOPLE.test(item.label)
    ? 'packages'
    : 'unclear';
}

function names({ title }: Item, login: string): boolean {
  return title.split(/[\s,;&+]+/).includes(login);
}

/** Only words that join names. */
const JOINED = /^(?:and|or|[\s,;&+/])*$/i;

/** Only the owner's own teams are mentioned, and names of teams have no dot. */
function isPackage(name: string, owner: string): boolean {
  const [scope = '', rest = ''] = name.toLowerCase().split('/');
  return scope !== owner.toLowerCase() || rest.includes('.');
}

const PEOPLE =
  /\b(?:sign-?(?:ed)?[ -]?offs?|approv\w*|review\w*|owners?|teams?|people|cc|contacts?|maintainers?|leads?|stakeholders?|participants?|attendees?|assignees?|notif\w+|ping)\b/i;
