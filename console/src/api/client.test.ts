import { describe, expect, it, vi } from 'vitest';
import { get, parseEvents, Refusal, session } from './client';

describe('live events', () => {
  it('splits a stream at empty lines and keeps what is not complete', () => {
    const { events, rest } = parseEvents('event: hour\nid: 1\ndata: {"topic":"hour","subject":"a"}\n\n: heartbeat\n\ndata: {"topic":"re');
    expect(events).toEqual([{ topic: 'hour', subject: 'a' }]);
    expect(rest).toBe('data: {"topic":"re');
  });
  it('leaves out what is not JSON and goes on', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(parseEvents('data: {oops\n\ndata: {"topic":"x"}\n\n').events).toHaveLength(1);
  });
});

describe('asking the server', () => {
  it('sends the access key and throws the problem in the server\'s words', async () => {
    session.set(' cmt_abc ');
    const fetch = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(JSON.stringify({ code: 'not-found', detail: 'not-found: device = x' }), { status: 404 }));
    const refusal = await get('/devices/x').catch((e: unknown) => e as Refusal);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).message).toBe('not-found: device = x');
    expect((fetch.mock.calls[0][1]?.headers as Record<string, string>).Authorization).toBe('Bearer cmt_abc');
  });
});
