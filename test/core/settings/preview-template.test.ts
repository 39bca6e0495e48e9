import { describe, expect, it } from 'vitest';
import { GITHUB_HOST } from '../../../lib/core/refs.ts';
import { previewTemplate } from '../../../lib/core/settings/preview-template.ts';
import { ALERTS, PREFERENCES } from '../../../lib/core/settings/settings.ts';
import { settingProblem } from '../../../lib/core/settings/settings-file.ts';
import { parseMarker } from '../../../lib/core/text/marker.ts';

describe('the preview of a template', () => {
  it('is the body as it is written: item, notes, "Part of", and the marker apart', () => {
    const { visible, hidden, unknown } = previewTemplate('{item}');
    expect(visible).toBe(
      'A wrong password shows an error\n\nTry an empty password too.\n\nSection: Sign in\n\nPart of #12',
    );
    expect(parseMarker(hidden, GITHUB_HOST)).toMatchObject({
      state: 'v2',
      checklist: { number: 12 },
    });
    expect(unknown).toEqual([]);
  });

  it('fills in what is known and names what is not, each once', () => {
    const { visible, unknown } = previewTemplate('{group} {title} {Item} {title} { item } {}');
    expect(visible).toContain('Sign in {title} {Item} {title} { item } {}');
    expect(unknown).toEqual(['{title}', '{Item}']);
  });

  it('shows that a marker in the template is taken out', () => {
    const { visible } = previewTemplate('<!-- masterlist:v1 checklist=a/b#1 -->Text');
    expect(visible).toMatch(/^Text\n/);
    expect(previewTemplate('').visible).toBe(
      'Try an empty password too.\n\nSection: Sign in\n\nPart of #12',
    );
  });
});

describe('the problem with a field', () => {
  it('is undefined for what is sound, and a sentence for what is not', () => {
    expect(settingProblem(PREFERENCES.generation.prefix, '[QA]')).toBeUndefined();
    expect(settingProblem(PREFERENCES.generation.prefix, 'x'.repeat(61))).toBe(
      'it must be one line of at most 60 characters.',
    );
    expect(settingProblem(PREFERENCES.generation.assignees, ['@ann'])).toContain(
      'GitHub usernames',
    );
    expect(settingProblem(ALERTS.mailTo, '')).toBeUndefined();
  });
});
