// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { RemarkList } from '../../components/panel/RemarkList.tsx';
import type { Remarks } from '../../lib/core/checklist-view.ts';
import { show } from './render.ts';

const REMARKS: Remarks = {
  lines: [
    { line: 1, missing: ['inside', 'after'], text: '- []Build' },
    { line: 4, missing: ['before'], text: '-[ ] Tell' },
  ],
  correction: {
    now: 'hash',
    count: 2,
    lines: [
      { kind: 'goes', text: '- []Build' },
      { kind: 'comes-back', text: '- [ ] Build' },
    ],
  },
  rulesNear: '.github/masterlist.yaml',
};

function list(
  remarks: Remarks | undefined,
  onCorrect: (() => void) | undefined,
  corrected?: string,
) {
  return <RemarkList remarks={remarks} corrected={corrected} busy={false} onCorrect={onCorrect} />;
}

describe('remarks', () => {
  it('are one folded line until somebody wants to know', () => {
    const { root } = show(list(REMARKS, vi.fn()));
    expect(root.querySelector('summary')?.textContent).toBe('3 remarks');
    expect(root.querySelector('details')?.open).toBe(false);
  });

  it('name each line, what it needs, and the file that is not read', () => {
    const { text } = show(list(REMARKS, vi.fn()));
    expect(text()).toContain(
      'Line 1 needs a space in the brackets and a space after the brackets: - []Build',
    );
    expect(text()).toContain('Line 4 needs a space before the brackets: -[ ] Tell');
    expect(text()).toContain(
      '.github/masterlist.yaml is not read: the rules file must be named .github/masterlist.yml.',
    );
  });

  it('show what a correction changes, and make it on click alone', async () => {
    const onCorrect = vi.fn();
    const { root, text, button, click, again } = show(list(REMARKS, onCorrect));
    expect(root.querySelector('.comes-back')?.textContent).toContain('- [ ] Build');
    await click(button('Correct 2 lines'));
    expect(onCorrect).toHaveBeenCalledTimes(1);
    await again(list(REMARKS, undefined));
    expect(root.querySelector('button')).toBeNull();
    expect(text()).toContain('You can correct them when no preview or run is open.');
  });

  it('say nothing where there is nothing, and what was corrected', async () => {
    const { root, again } = show(list(undefined, vi.fn()));
    expect(root.textContent).toBe('');
    await again(list(undefined, vi.fn(), 'abc'));
    expect(root.querySelector('[role="status"]')?.textContent).toContain('Lines corrected.');
  });

  it('on lines vanish once these are corrected, before the text is read again', async () => {
    const { root, text, again } = show(list(REMARKS, vi.fn()));
    await again(list(REMARKS, vi.fn(), REMARKS.correction?.now));
    expect(root.querySelector('summary')?.textContent).toBe('1 remark');
    expect(text()).not.toContain('Line 1 needs');
    expect(text()).toContain('.github/masterlist.yaml is not read');
    // Read again, the text still has a line that could not be corrected.
    const { correction: _over, ...left } = REMARKS;
    await again(list(left, vi.fn(), REMARKS.correction?.now));
    expect(text()).toContain('Line 1 needs');
  });
});
