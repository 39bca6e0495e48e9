import { describe, expect, it } from 'vitest';
import { connection } from './graphql-connection.ts';

const letters = ['a', 'b', 'c', 'd', 'e'];

describe('connection', () => {
  it('walks forwards with first and after', () => {
    const one = connection('letters', letters, { first: 2 });
    const two = connection('letters', letters, { first: 2, after: one.pageInfo.endCursor });
    const three = connection('letters', letters, { first: 2, after: two.pageInfo.endCursor });
    expect([one.nodes, two.nodes, three.nodes]).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(one.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(three.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('walks backwards with last and before, keeping the order', () => {
    const one = connection('letters', letters, { last: 2 });
    const two = connection('letters', letters, { last: 2, before: one.pageInfo.startCursor });
    const three = connection('letters', letters, { last: 2, before: two.pageInfo.startCursor });
    expect([one.nodes, two.nodes, three.nodes]).toEqual([['d', 'e'], ['b', 'c'], ['a']]);
    expect(three.pageInfo.hasPreviousPage).toBe(false);
  });

  it('of nothing has no cursors', () => {
    expect(connection('letters', [], { first: 1 }).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });

  it.each([{}, { first: null }, { first: 101 }, { last: -1 }])('refuses %j', (page) => {
    expect(() => connection('letters', letters, page)).toThrow('letters');
  });
});
