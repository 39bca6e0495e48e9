import { hostPermission } from './post.ts';

/**
 * What alerts tell their receivers, as Firefox names it: titles and addresses of checklists and issues, and the login of
 * an account. In the manifest it is optional; the user is asked when she saves an address.
 */
export const SENT_DATA = ['websiteContent', 'personallyIdentifyingInfo'] as const;

/** Where nothing was built, as in tests, the environment holds texts. */
const IS_FIREFOX = import.meta.env.FIREFOX === true;

/** What `browser.permissions` is asked before anything goes to a host. */
export interface Consent {
  readonly origins: [string];
  readonly data_collection?: [...typeof SENT_DATA];
}

/** The consent that an address needs: exactly its host, and in Firefox that data is sent. Others do not know the word. */
export function consentFor(url: string, isFirefox: boolean = IS_FIREFOX): Consent {
  const origins: [string] = [hostPermission(url)];
  return isFirefox ? { origins, data_collection: [...SENT_DATA] } : { origins };
}
