import { describe, expect, it } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import { readOptions } from '../../lib/engine/read-options.ts';

const { generation } = DEFAULT_PREFERENCES;

describe('options that a page sends', () => {
  it('count over the settings', () => {
    const sent = { levels: 'all', labels: ['x'], prefix: '', comment: true, milestone: undefined };
    expect(readOptions(sent, generation, 'github.com')).toEqual({ ...generation, ...sent });
  });

  it.each<[string, unknown]>([
    ['no object', 'all'],
    ['an unknown level', { levels: 'every' }],
    ['labels that are none', { labels: [1] }],
    ['a thousand labels', { labels: Array.from({ length: 1_000 }, () => 'x') }],
    ['a target on another host', { target: { host: 'evil.test', owner: 'a', name: 'b' } }],
    ['a target with a path', { target: { host: 'github.com', owner: 'a', name: '../b' } }],
    ['an unknown key', { evil: true }],
    ['a prototype', JSON.parse('{"__proto__": {"levels": "all"}}')],
  ])('are ignored where they make no sense: %s', (_what, sent) => {
    expect(readOptions(sent, generation, 'github.com')).toEqual(generation);
  });

  it('create nothing on another host where the settings name one', () => {
    const target = { host: 'evil.test', owner: 'a', name: 'b' };
    for (const sent of [{}, 'all', { target }])
      expect(readOptions(sent, { ...generation, target }, 'github.com')).toEqual(generation);
  });
});
