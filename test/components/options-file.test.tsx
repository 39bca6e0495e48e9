// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { createOptionsModel, type OptionsModel } from '../../entrypoints/options/options-model.ts';
import { readAlertSettings, readPreferences } from '../../lib/core/settings/settings.ts';
import { createOptionsWorld } from './options-world.ts';
import { type Rendered, settle, show } from './render.ts';

describe('settings as a file', () => {
  let world: ReturnType<typeof createOptionsWorld>['world'];
  let context: ReturnType<typeof createOptionsWorld>['context'];
  let model: OptionsModel;
  let view: Rendered;
  const preferences = () => readPreferences(world.settings.value).value;
  const alerts = () => readAlertSettings(world.alertSettings.value).value;

  beforeEach(() => {
    ({ world, context } = createOptionsWorld());
    model = createOptionsModel(context);
    view = show(<OptionsPage {...model} />);
  });

  it('show what an import would change, and change it only then', async () => {
    await choose({ generation: { labels: ['qa'], comment: false }, pollMinutes: 2 });
    expect(rows()).toEqual([
      ['Labels', 'none', 'qa'],
      ['Comment on each issue', 'Up to 25 issues', 'Never'],
    ]);
    expect(world.settings.value).toEqual({});
    await view.click(view.button('Change 2 settings'));
    expect(preferences().generation).toMatchObject({ labels: ['qa'], comment: false });
    expect(view.text()).toContain('2 settings changed.');
    expect(rows()).toEqual([]);
  });

  it('leave everything as it is when the import is cancelled', async () => {
    await choose({ careful: true });
    view.button('Keep mine').focus();
    await view.click(view.button('Keep mine'));
    expect(document.activeElement?.id).toBe('settings-file');
    expect(world.settings.value).toEqual({});
    expect(rows()).toEqual([]);
  });

  it('are refused whole with every mistake and its path', async () => {
    await choose({ careful: 'yes', generation: { labels: [''], levels: 'leaves' }, badges: false });
    expect(view.text()).toContain('Nothing was changed');
    expect(view.text()).toContain('preferences.careful must be true or false, not "yes".');
    expect(view.text()).toContain(
      'preferences.generation.labels.0 must be a label of 1 to 50 characters',
    );
    expect(() => view.button(/^Change \d/)).toThrow();
    expect(world.settings.value).toEqual({});
  });

  it('say of a file that cannot be read that it cannot, as of a log and of shortcuts', async () => {
    const gone = new Error('the file has moved');
    const file = { name: 'a.json', text: () => Promise.reject(gone) } as unknown as File;
    await model.onChooseFile(file);
    await settle();
    expect(view.text()).toContain('the file has moved');
    expect(view.text()).toContain('Nothing was changed');
    let broken = true;
    const other = createOptionsModel({
      ...context,
      listCommands: async () => {
        if (broken) throw new Error('no commands here');
        return [];
      },
      listMessages: async () => {
        if (broken) throw new Error('no messages here');
        return [];
      },
    });
    const page = show(<OptionsPage {...other} />);
    await other.reload();
    await settle();
    expect(page.text()).toMatch(/no (commands|messages) here/);
    broken = false;
    await page.click(page.button('Retry'));
    await settle();
    expect(page.text()).not.toMatch(/no (commands|messages) here/);
  });

  it('name what they leave out', async () => {
    await choose({ careful: true, token: 'ghp_x' });
    expect(view.text()).toContain('they are ignored:preferences.token');
    await view.click(view.button('Change 1 setting'));
    expect(world.settings.value).not.toHaveProperty('token');
  });

  it('say so when nothing would change', async () => {
    await choose({ careful: false });
    expect(view.text()).toContain('Nothing to change');
    await view.click(view.button('Close'));
    expect(view.text()).not.toContain('Nothing to change');
  });

  it('come out without secrets and without what belongs to this browser', async () => {
    world.alertSettings.value = {
      on: { browser: true, relay: true },
      sendsForTeam: true,
      mailTo: 'ann@example.com',
    };
    await view.click(view.button('Export settings'));
    const [file] = world.files;
    expect(file?.name).toBe('masterlist-settings.json');
    const { alerts: exported } = JSON.parse(file?.text ?? '');
    expect(exported.on).toEqual({ 'mail-link': true });
    expect(exported).not.toHaveProperty('sendsForTeam');
    expect(exported.mailTo).toBe('ann@example.com');
  });

  it('go back to the first ones, but the set-up of channels stays', async () => {
    world.settings.value = { careful: true };
    world.alertSettings.value = {
      on: { relay: true, 'mail-link': false },
      sendsForTeam: true,
      mailTo: 'ann@example.com',
    };
    await view.click(view.button('Reset all settings'));
    expect(preferences().careful).toBe(true);
    await view.click(view.button('Reset them'));
    expect(preferences().careful).toBe(false);
    expect(alerts()).toMatchObject({
      on: { relay: true, 'mail-link': true },
      sendsForTeam: true,
      mailTo: '',
    });
  });

  it('use the defaults for what is broken in the storage, say which, and store them on request', async () => {
    const broken: unknown = { careful: 'yes', generation: { labels: 7, ids: true } };
    Object.assign(world.settings, { value: broken });
    await settle();
    expect(view.text()).toContain('Their defaults are used instead: Labels, Careful pace.');
    expect(preferences().generation.ids).toBe(true);
    await view.click(view.button('Save the defaults'));
    expect(world.settings.value).toEqual({ generation: { ids: true } });
    expect(view.text()).not.toContain('could not be read');
  });

  it('say "Saved" at each change, and why when the browser could not', async () => {
    await view.click(badges());
    expect(view.root.querySelector('.saving [role=status]')?.textContent).toBe('Saved (1).');
    await view.click(badges());
    expect(view.root.querySelector('.saving [role=status]')?.textContent).toBe('Saved (2).');
    const full = createOptionsModel({
      ...context,
      changeSettings: () => Promise.reject(new Error('the disk is full')),
    });
    await view.again(<OptionsPage {...full} />);
    await view.click(badges());
    expect(view.root.querySelector('.saving')?.textContent).toContain('the disk is full');
    expect(view.root.querySelector('.saving [role=status]')?.textContent).toBe('');
  });

  it('list the shortcuts, also those without keys', async () => {
    const listed = createOptionsModel({
      ...context,
      listCommands: async () => [
        { name: '_execute_action', description: '', shortcut: 'Alt+M' },
        { name: 'sync', description: 'Sync this checklist', shortcut: '' },
      ],
    });
    await listed.reload();
    await view.again(<OptionsPage {...listed} />);
    const section = view.root.querySelector('section[aria-labelledby=shortcuts] dl');
    expect(section?.textContent).toBe('Open MasterlistAlt+MSync this checklistnone');
  });

  function badges(): HTMLElement {
    const field = view.root.querySelector<HTMLElement>('#badges');
    if (field === null) throw new Error('no badges');
    return field;
  }

  async function choose(change: object) {
    const text = JSON.stringify({ masterlist: 'settings', version: 1, preferences: change });
    await model.onChooseFile(new File([text], 'settings.json'));
    await settle();
  }

  function rows(): readonly (readonly (string | null)[])[] {
    const found = view.root.querySelectorAll(
      'section[aria-labelledby=settings-file] table tbody tr',
    );
    return [...found].map((row) => [...row.children].map(({ textContent }) => textContent));
  }
});
