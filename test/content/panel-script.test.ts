// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import panelScript from '../../entrypoints/checklist-panel/index.tsx';
import { findPanelScript, type PanelHolder } from '../../lib/checklist-model/panel-script.ts';

const holder = globalThis as PanelHolder;

/** Injects the panel's script as an extension of this version. */
function inject(version: string): void {
  vi.spyOn(browser.runtime, 'getManifest').mockReturnValue({ version } as never);
  void panelScript.main();
}

afterEach(() => {
  delete holder.masterlistPanel;
});

describe("the panel's script", () => {
  it('leaves itself where the content script finds it', () => {
    expect(findPanelScript('1.0')).toBeUndefined();
    inject('1.0');
    expect(findPanelScript('1.0')?.render).toBeTypeOf('function');
  });

  it('injected twice stays the same', () => {
    inject('1.0');
    const first = holder.masterlistPanel;
    inject('1.0');
    expect(holder.masterlistPanel).toBe(first);
  });

  it('of another version is not used, and replaced by the right one', () => {
    inject('1.0');
    expect(findPanelScript('1.1')).toBeUndefined();
    inject('1.1');
    expect(findPanelScript('1.1')?.version).toBe('1.1');
  });

  it('is not taken for an element of the page that has its name', () => {
    const form = document.createElement('form');
    form.innerHTML = '<input name="version" value="1.0"><input name="render">';
    holder.masterlistPanel = form as never;
    expect(findPanelScript('1.0')).toBeUndefined();
  });
});
