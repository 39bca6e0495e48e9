// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { createOptionsModel } from '../../entrypoints/options/options-model.ts';
import { fail, failure } from '../../lib/core/failures.ts';
import { issueChecklist, issueOfChecklist } from '../../lib/core/refs.ts';
import { createOptionsWorld } from './options-world.ts';
import { type Rendered, show } from './render.ts';
import { CHECKLIST, issueAt } from './samples.ts';

describe('what a lost database knew', () => {
  let world: ReturnType<typeof createOptionsWorld>['world'];
  let view: Rendered;

  beforeEach(() => {
    const made = createOptionsWorld();
    ({ world } = made);
    world.lost.value = {
      checklists: [CHECKLIST, issueChecklist(issueAt(2))],
      preferences: { careful: true },
      alerts: { mailTo: 'team@example.org' },
    };
    view = show(<OptionsPage {...createOptionsModel(made.context)} />);
  });

  it('is shown, and nothing of it is used', () => {
    expect(view.text()).toContain("This browser lost Masterlist's data");
    expect(view.text()).toContain('octo-org/octo-repo#1');
    expect(view.text()).toContain('team@example.org');
    expect([world.settings.value, world.alertSettings.value]).toEqual([{}, {}]);
    expect(world.trackedAgain).toEqual([]);
  });

  it('is tracked again, one by one, through the background', async () => {
    await view.click(view.button('Track again: octo-org/octo-repo#2'));
    expect(world.trackedAgain.map(issueOfChecklist)).toEqual([issueAt(2)]);
    expect(world.lost.value?.checklists).toEqual([CHECKLIST]);
    expect(() => view.button('Track again: octo-org/octo-repo#2')).toThrow();
  });

  it('stays, with the reason, where it cannot be tracked', async () => {
    world.trackAnswer = fail(failure('signed-out'));
    await view.click(view.button('Track again: octo-org/octo-repo#2'));
    expect(view.text()).toContain(failure('signed-out').message);
    expect(world.lost.value?.checklists).toHaveLength(2);
  });

  it('is set again on a click; then only the checklists are asked about', async () => {
    await view.click(view.button('Use these 2 settings again'));
    expect(world.settings.value).toEqual({ careful: true });
    expect(world.alertSettings.value).toEqual({ mailTo: 'team@example.org' });
    expect(world.lost.value).toMatchObject({ preferences: {}, alerts: {} });
    expect(() => view.button(/^Use th/)).toThrow();
  });

  it('is forgotten on a click', async () => {
    await view.click(view.button('Discard'));
    expect(world.lost.value).toBeUndefined();
    expect(view.text()).not.toContain('This browser lost');
    expect([world.settings.value, world.trackedAgain]).toEqual([{}, []]);
  });
});
