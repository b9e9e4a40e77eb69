import { describe, expect, it, vi } from 'vitest';
import { answer } from '../testing/answers';
import { api, ask, Refusal, requestId, session } from './client';
import { parseEvents } from './events';

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
  it("sends the access key and throws the problem in the server's words", async () => {
    session.set(' cmt_abc ');
    const fetched = answer({ 'GET /devices/x': { status: 404, body: { code: 'not-found', detail: 'not-found: device = x' } } });
    const refusal = await ask(api.GET('/devices/{id}', { params: { path: { id: 'x' } } })).catch((e: unknown) => e as Refusal);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).message).toBe('not-found: device = x');
    expect((fetched.mock.calls[0][0] as Request).headers.get('Authorization')).toBe('Bearer cmt_abc');
  });
  it('says in words that the server cannot be reached', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(ask(api.GET('/status'))).rejects.toThrow('The server cannot be reached');
  });
  it('makes request ids that differ and that the API takes', () => {
    expect(requestId()).toMatch(/^[A-Za-z0-9._:/-]{1,100}$/);
    expect(requestId()).not.toBe(requestId());
  });
});
