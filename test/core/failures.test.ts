import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actionOf } from '../../lib/core/alerts/alert-causes.ts';
import { STALE_PAGE } from '../../lib/core/failure-sentences.ts';
import {
  doubledFailure,
  FAILURE_CODES,
  failure,
  internalFailure,
  isOfIssue,
  isResolvedInOptions,
  unforeseen,
} from '../../lib/core/failures.ts';

const ROOT = join(import.meta.dirname, '../..');
const ALL = FAILURE_CODES.map((code) => failure(code));
const IN_OPTIONS = FAILURE_CODES.filter(isResolvedInOptions);

describe('failures', () => {
  it('say in two sentences what happened and what helps', () => {
    for (const { code, message, action } of ALL) {
      expect(message, code).toMatch(/^[A-Z({].*(?:[.)]|: \(\w+\))$/);
      expect(action, code).toMatch(/^[A-Z].*\.$|^\(repair\)$/);
    }
  });

  it('speak of the options exactly where the options resolve them', () => {
    // A channel names its own repair, which is always in the options.
    const named = ALL.filter(({ action }) => /in the options[.,]/.test(action));
    const ofChannels = ['message-refused', 'message-given-up'];
    expect([...named.map(({ code }) => code), ...ofChannels].sort()).toEqual(
      [...IN_OPTIONS].sort(),
    );
    expect(ALL.filter((each) => each.resolveAt === 'options').map(({ code }) => code)).toEqual(
      IN_OPTIONS,
    );
  });

  it('get every detail that their sentences name, wherever they are built', () => {
    const calls = sources('lib', 'entrypoints').flatMap((text) => [
      ...text.matchAll(/\bfailure\('([a-z-]+)'(?:\)|, \{([^{}]*)\}[,)])/g),
    ]);
    expect(calls.length).toBeGreaterThan(50);
    for (const [call, code, details = ''] of calls) {
      const { message, action } = failure(
        FAILURE_CODES.find((each) => each === code) ?? 'internal',
      );
      const names = [...`${message} ${action}`.matchAll(/\((\w+)\)/g)].map(
        ([, name]) => name ?? '',
      );
      const given = details.split(/[,:]/).map((each) => each.trim());
      expect(
        names.filter((name) => !given.includes(name)),
        call,
      ).toEqual([]);
    }
  });

  it('that pages and the popup say without the table are those of the table', () => {
    expect(STALE_PAGE).toEqual(failure('stale-page'));
    expect(internalFailure('no disk')).toEqual(failure('internal', { reason: 'no disk' }));
    expect(unforeseen(new DOMException('x', 'VersionError'))).toEqual(failure('newer-data'));
    expect(unforeseen(new Error('no disk'))).toEqual(internalFailure('no disk'));
    expect(doubledFailure('#1', '#2')).toEqual(failure('doubled', { kept: '#1', others: '#2' }));
  });

  it('lead an alert to the options where they are resolved there, else never', () => {
    for (const problem of ALL) {
      const { route } = actionOf(
        { kind: 'decision', about: 'rights', failure: problem },
        undefined,
      );
      expect(route.page === 'options', problem.code).toBe(isResolvedInOptions(problem.code));
    }
  });

  it('of an approval that is missing lead to GitHub, where an owner gives it', () => {
    expect(isResolvedInOptions('approval-pending')).toBe(false);
    expect(isOfIssue('approval-pending')).toBe(false);
  });
});

function sources(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
  );
}
