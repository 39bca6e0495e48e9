import { describe, expect, it } from 'vitest';
import { findSameTitles } from '../../../lib/core/identity/same-title.ts';
import { issue } from '../plan/build-facts.ts';

describe('issues with the title of an item', () => {
  const titles = [['Docs: Write', 'Write']];
  const long = issue(1, { title: 'Docs: Write', state: 'closed' });
  const short = issue(2, { title: 'Write' });

  it('are the open ones of another of its titles where the first has only closed ones', () => {
    for (const strategy of ['links', 'title'] as const) {
      expect(findSameTitles(titles, [], [long, short], strategy)[0]?.issues).toEqual([short]);
    }
  });

  it('are those of the first title where no title has an open one', () => {
    const closed = issue(2, { title: 'Write', state: 'closed' });
    expect(findSameTitles(titles, [], [long, closed], 'title')[0]?.issues).toEqual([long]);
    expect(findSameTitles(titles, [], [long, closed], 'links')).toEqual([undefined]);
  });
});
