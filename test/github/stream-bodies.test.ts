import { describe, expect, it } from 'vitest';
import { streamBodies } from '../../lib/github/stream-bodies.ts';

const GRAPHQL = 'https://api.github.com/graphql';
const ISSUES = 'https://api.github.com/repos/o/r/issues';
const WRITE = { method: 'POST', body: '{"title":"t"}', headers: { authorization: 'token t' } };

describe('streamed bodies', () => {
  it('a write is streamed once a streamed read was answered', async () => {
    const { send, seen } = server(() => new Response('{}'));
    const sender = streamBodies(send, GRAPHQL, new Map());
    await sender(GRAPHQL, { method: 'POST', body: '{}' });
    await sender(ISSUES, WRITE);
    expect(seen).toEqual([`stream ${GRAPHQL}: {}`, `stream ${ISSUES}: ${WRITE.body}`]);
  });

  it('a host that was not tried is asked a harmless question before the first write', async () => {
    const { send, seen } = server(() => new Response('{}'));
    await streamBodies(send, GRAPHQL, new Map())(ISSUES, WRITE);
    expect(seen[0]).toMatch(/^stream .*graphql: .*viewer/);
    expect(seen[1]).toBe(`stream ${ISSUES}: ${WRITE.body}`);
  });

  it.each([
    ['answers 411', () => new Response('', { status: 411 })],
    ['speaks HTTP/1.1, where the browser refuses streams', () => Promise.reject(new TypeError())],
  ])('a host that %s gets whole bodies, and the write is sent once', async (_, refuse) => {
    const { send, seen } = server((isStream) => (isStream ? refuse() : new Response('{}')));
    await streamBodies(send, GRAPHQL, new Map())(ISSUES, WRITE);
    expect(seen.filter((line) => line.includes(ISSUES))).toEqual([
      `whole ${ISSUES}: ${WRITE.body}`,
    ]);
  });

  it('a write that fails is never sent again', async () => {
    const { send, seen } = server(() => Promise.reject(new TypeError('reset')));
    const sender = streamBodies(send, GRAPHQL, new Map([['https://api.github.com', true]]));
    await expect(sender(ISSUES, WRITE)).rejects.toThrow('reset');
    expect(seen).toHaveLength(1);
  });

  it('a timeout of a read is not taken for a refusal of streams', async () => {
    const { send, seen } = server(() => Promise.reject(new DOMException('late', 'TimeoutError')));
    const sender = streamBodies(send, GRAPHQL, new Map());
    await expect(sender(GRAPHQL, { method: 'POST', body: '{}' })).rejects.toThrow('late');
    expect(seen).toHaveLength(1);
  });

  it('requests without a body go out as they are', async () => {
    const { send, seen } = server(() => new Response('{}'));
    await streamBodies(send, GRAPHQL, new Map())(ISSUES, { method: 'GET' });
    expect(seen).toEqual([`none ${ISSUES}: `]);
  });
});

function server(answer: (isStream: boolean) => Response | Promise<Response>) {
  const seen: string[] = [];
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const isStream = init.body instanceof ReadableStream;
    const kind = isStream ? 'stream' : init.body === undefined ? 'none' : 'whole';
    seen.push(`${kind} ${url}: ${await new Response(init.body ?? null).text()}`);
    return answer(isStream);
  };
  return { send, seen };
}
