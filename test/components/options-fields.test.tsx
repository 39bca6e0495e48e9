// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { createOptionsModel } from '../../entrypoints/options/options-model.ts';
import { readPreferences } from '../../lib/core/settings/settings.ts';
import { createOptionsWorld } from './options-world.ts';
import { type Rendered, settle, show } from './render.ts';

describe('the fields of the options', () => {
  let world: ReturnType<typeof createOptionsWorld>['world'];
  let view: Rendered;
  const generation = () => readPreferences(world.settings.value).value.generation;

  beforeEach(() => {
    const made = createOptionsWorld();
    world = made.world;
    view = show(<OptionsPage {...createOptionsModel(made.context)} />);
  });

  it.each([
    ['labels', 'x'.repeat(51), 'a list of at most 100 labels'],
    ['assignees', 'ann, b b', 'GitHub usernames'],
    ['target', 'acme', 'it must be written as owner/repository'],
    ['placeholder', ' ', 'one line'],
    ['base-branches', 'b'.repeat(256), 'branch names'],
  ])('keep what is wrong in sight and unsaved: %s', async (id, text, words) => {
    await view.type(input(id), text);
    expect(world.settings.value).toEqual({});
    expect(input(id).value).toBe(text);
    expect(input(id).getAttribute('aria-invalid')).toBe('true');
    expect(view.root.querySelector(`#${id}-hint`)?.textContent).toContain(`Not saved: `);
    expect(view.root.querySelector(`#${id}-hint`)?.textContent).toContain(words);
  });

  it('set the repository for the issues, and take it back', async () => {
    await view.type(input('target'), 'acme/tests');
    expect(generation().target).toEqual({ host: 'github.com', owner: 'acme', name: 'tests' });
    await view.type(input('target'), '');
    expect(generation().target).toBeUndefined();
  });

  it('take names of users with or without @', async () => {
    await view.type(input('assignees'), '@ann, bob');
    expect(generation().assignees).toEqual(['ann', 'bob']);
  });

  it('leave the prefix to the checklist, or none, or an own one', async () => {
    const choice = () => input('prefix');
    expect(choice().value).toBe('automatic');
    await view.type(choice(), 'own');
    expect(generation().prefix).toBeUndefined();
    await view.type(input('prefix-own'), '[QA]');
    expect(generation().prefix).toBe('[QA]');
    await view.type(choice(), 'none');
    expect(generation().prefix).toBe('');
    expect(view.root.querySelector('#prefix-own')).toBeNull();
    await view.type(choice(), 'automatic');
    expect(generation().prefix).toBeUndefined();
  });

  it('choose how items are matched to issues, each way with what it means', async () => {
    const radios = view.root.querySelectorAll<HTMLInputElement>('input[name=identity]');
    expect([...radios].map(({ value, checked }) => [value, checked])).toEqual([
      ['links', true],
      ['block', false],
      ['title', false],
    ]);
    await view.click(input('identity-block'));
    expect(generation().identity).toBe('block');
    expect(view.root.querySelector('#identity-block-hint')?.textContent).toContain('hidden');
  });

  it('show what a template makes while it is typed, and save it when it is left', async () => {
    const field = template();
    field.value = 'Tester: {who}\n{group}: {item}, see {master}';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    const sample = view.root.querySelector('figure')?.textContent ?? '';
    expect(sample).toContain('Tester: {who}\nSign in: A wrong password shows an error, see #12');
    expect(sample).toContain('Part of #12');
    expect(sample).toContain('Hidden on GitHub: <!-- masterlist:v2');
    expect(sample).toContain('{who} is not filled in');
    expect(world.settings.value).toEqual({});
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(generation().template).toContain('Tester: {who}');
  });

  it('do not save a template that is too long', async () => {
    const field = template();
    field.value = 'x'.repeat(20_001);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(world.settings.value).toEqual({});
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('show about eight settings outside all folds', () => {
    const shown = [...view.root.querySelectorAll<HTMLElement>('.field')].filter(
      (field) => field.closest('details') === null && field.closest('form') === null,
    );
    const names = new Set(shown.map((field) => field.querySelector('input, select')?.id));
    // The three ways of identity are one setting; the import is none.
    expect(names.size - 2 - 1).toBe(8);
  });

  function input(id: string): HTMLInputElement {
    const found = view.root.querySelector<HTMLInputElement>(`#${id}`);
    if (found === null) throw new Error(`no ${id}`);
    return found;
  }

  function template(): HTMLTextAreaElement {
    const found = view.root.querySelector<HTMLTextAreaElement>('#template');
    if (found === null) throw new Error('no template');
    return found;
  }
});
