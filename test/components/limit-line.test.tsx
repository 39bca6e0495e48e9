// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { FailureNote } from '../../components/ui/FailureNote.tsx';
import { LimitLine, LimitShown } from '../../components/ui/LimitLine.tsx';
import { timeLeft } from '../../components/ui/time-left.ts';
import { type Failure, failure } from '../../lib/core/failures.ts';
import { now } from '../clock.ts';
import { patiently } from '../patiently.ts';
import { settle, show } from './render.ts';

const MINUTE = 60_000;

function limit(retryAt: number, repeats = true): Failure {
  const problem = failure('rate-limited', {}, { retryAt });
  return repeats ? { ...problem, repeatAt: retryAt } : problem;
}

describe('a limit of GitHub, where it is shown', () => {
  it('says how long, and that what only reads is read again', async () => {
    const retry = vi.fn();
    const { text } = show(<FailureNote failure={limit(now() + 30_000)} onRetry={retry} />);
    await settle();
    expect(text()).toMatch(
      /GitHub's rate limit was reached\. \d\d s more, then this is read again\./,
    );
    expect(text()).not.toContain('Retry');
    expect(retry).not.toHaveBeenCalled();
  });

  it('reads again when it is over, once', async () => {
    const retry = vi.fn();
    show(<FailureNote failure={limit(now())} onRetry={retry} />);
    await patiently(() => expect(retry).toHaveBeenCalledOnce());
    await settle();
    expect(retry).toHaveBeenCalledOnce();
  });

  it('asks for a click of what writes, when it is over', async () => {
    const retry = vi.fn();
    const waiting = show(<FailureNote failure={limit(now() + MINUTE, false)} onRetry={retry} />);
    expect(waiting.text()).toContain(', then press Retry.');
    const { text, click, button } = show(
      <FailureNote failure={limit(now(), false)} onRetry={retry} />,
    );
    await settle();
    expect(text()).toContain('GitHub accepts requests again.');
    expect(retry).not.toHaveBeenCalled();
    await click(button('Retry'));
    expect(retry).toHaveBeenCalledOnce();
  });

  it('says the time once in a view that has it at its top', () => {
    const until = now() + 30_000;
    const { text } = show(
      <LimitShown.Provider value="top">
        <LimitLine until={until} />
        <FailureNote failure={limit(until)} />
      </LimitShown.Provider>,
    );
    expect(text().match(/s more/g)).toHaveLength(1);
    expect(text()).toContain('This is read again when GitHub accepts requests again.');
  });

  it('goes when it is over, and promises nothing while everything is paused', () => {
    expect(show(<LimitLine until={now() - 1} />).text()).toBe('');
    const { text } = show(<LimitLine until={now() + MINUTE / 2} paused />);
    expect(text()).not.toContain('continue');
  });

  it('counts down in seconds, and names the time of longer waits', () => {
    const at = Date.parse('2026-11-20T12:00:00Z');
    expect(timeLeft(at + 49_000, at)).toBe('49 s more');
    expect(timeLeft(at + 90 * MINUTE, at)).toMatch(/^until .*30/);
    expect(timeLeft(at + 500, at)).toBe('');
  });
});
