import type { Failure } from '../core/failures.ts';

/** The words of `failure('stale-page')`, without the table of all sentences, which would weigh on every page. */
export const STALE_PAGE: Failure = {
  code: 'stale-page',
  message: 'The page now shows a different issue than the one you acted on.',
  action: 'Reload the page and try again.',
};
