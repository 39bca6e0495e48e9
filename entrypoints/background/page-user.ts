import { type Failure, failure } from '../../lib/core/failures.ts';
import type { Preferences } from '../../lib/core/settings/settings.ts';

/** Why nothing is written for a page where somebody else than the token's user is signed in; nothing where that is allowed, or where nobody is known to be. */
export function wrongUser(
  tokenUser: string,
  pageUser: string | undefined,
  { allowOtherUser }: Preferences,
): Failure | undefined {
  if (allowOtherUser || typeof pageUser !== 'string' || pageUser === '') return undefined;
  if (pageUser.toLowerCase() === tokenUser.toLowerCase()) return undefined;
  return failure('wrong-user', { tokenUser, pageUser });
}
