import { expect, it } from 'vitest';
import { type Cause, describeCause } from '../../../lib/core/log/cause.ts';

it.each<[Cause, string]>([
  [{ by: 'click', what: 'generate' }, 'Generate'],
  [{ by: 'background', what: 'sync' }, 'Sync (in the background)'],
  [{ by: 'night', what: 'resolve' }, 'Reconcile (nightly)'],
  [{ by: 'click', what: 'summary' }, 'Posted a summary'],
])('tells %j as %s', (cause, words) => {
  expect(describeCause(cause)).toBe(words);
});
