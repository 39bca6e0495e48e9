import { describe, expect, it } from 'vitest';
import { openBoxes } from '../../../lib/core/differences/kinds/open-boxes.ts';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import { REPO, ref } from '../sync/build-sync.ts';
import { CLOSED, factsOf, made, markerOf, type World, worldOf } from './reconcile-world.ts';

const ITEM = '- [x] Parse dates well (closes #12)';

/** The boxes that are named of an issue with this text. */
function boxesOf(body: string, more: Partial<World> & { readonly state?: 'closed' } = {}) {
  const issue = { ...CLOSED, body: `${body}\n\n${markerOf(ITEM)}` };
  const world = worldOf(ITEM, { issues: made(12, ITEM, issue), ...more });
  return planReconcile(factsOf({ ...world, state: 'open' })).differences.flatMap(({ finding }) =>
    finding.kind === 'open-boxes' ? finding.boxes : [],
  );
}

describe('open boxes of a closed issue', () => {
  it('are those in its text that nobody ticked or struck out', () => {
    const body = '- [ ] One\n- [x] Two\n- [ ] ~~Three~~\n1. [ ] Four\n\n```\n- [ ] Five\n```';
    expect(boxesOf(body)).toEqual(['One', 'Four']);
    expect(boxesOf('Some words')).toEqual([]);
  });

  it('do not count while the issue is open', () => {
    const issue = { body: `- [ ] One\n\n${markerOf(ITEM)}` };
    const world = worldOf(ITEM.replace('[x]', '[ ]'), { issues: made(12, ITEM, issue) });
    expect(planReconcile(factsOf(world)).differences).toEqual([]);
  });

  it('are for information only, and offer nothing but to leave them', () => {
    const issue = { ...CLOSED, body: `- [ ] One\n\n${markerOf(ITEM)}` };
    const world = worldOf(ITEM, { issues: made(12, ITEM, issue) });
    const [only] = planReconcile(factsOf(world)).differences;
    expect(only).toMatchObject({ level: 'info', byItself: false });
    expect(only?.choices.map(({ choice }) => choice.kind)).toEqual(['leave']);
  });

  it('do not count where they come with the template of our issues', () => {
    const templates = ['{item}\n\n- [ ] Tested\n- [ ] Docs of {item} in {group}'];
    const body = '- [ ] tested.\n- [ ] Docs of Parse dates well in Parser\n- [ ] Release it';
    expect(boxesOf(body, { templates })).toEqual(['Release it']);
  });

  it('do not count where they come with a template or form of the repository', () => {
    const form = [
      'name: Task',
      'body:',
      '  - type: checkboxes',
      '    attributes:',
      '      label: Before you start',
      '      options:',
      '        - label: I searched for duplicates',
      '          required: true',
      '        - label: "I read the rules"',
    ].join('\n');
    const templates = ['---\nname: Bug\n---\n\n- [ ] Reproduced', form];
    const body =
      '- [ ] Reproduced\n- [ ] I searched for duplicates\n- [ ] I read the rules\n- [ ] Mine';
    expect(boxesOf(body, { templates })).toEqual(['Mine']);
  });

  it('do not count where they are copies of items of the checklist', () => {
    expect(boxesOf('- [ ] Parse dates well\n- [ ] Other')).toEqual(['Other']);
  });

  it('are another difference once they are others', () => {
    const idOf = (boxes: string) => {
      const issue = { ...CLOSED, body: `${boxes}\n\n${markerOf(ITEM)}` };
      return planReconcile(factsOf(worldOf(ITEM, { issues: made(12, ITEM, issue) }))).differences[0]
        ?.id;
    };
    expect(idOf('- [ ] One')).toBe(idOf('- [ ] One\n- [x] Two'));
    expect(idOf('- [ ] One')).not.toBe(idOf('- [ ] One\n- [ ] Two'));
  });

  it('are named up to three', () => {
    const finding = { kind: 'open-boxes', issue: ref(12), boxes: ['A', 'B', 'C', 'D'] } as const;
    expect(openBoxes.say(finding, REPO).words).toBe(
      '#12 was closed with open boxes of its own: "A", "B", "C" and 1 more',
    );
  });
});
