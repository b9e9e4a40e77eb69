import { vi } from 'vitest';

type Told = unknown | { status: number; body: unknown };

/** The server as the browser sees it: 'GET /devices' → what it answers. A call that is not told is answered 404 and fails the test loudly enough. */
export function answer(told: Record<string, Told>) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const request = input instanceof Request ? input : new Request(new URL(String(input), location.origin), init);
    const url = new URL(request.url);
    const key = `${request.method} ${url.pathname.replace(/^\/api\/v1/, '')}`;
    const found = told[key + url.search] ?? told[key];
    if (found === undefined) return Promise.resolve(new Response(JSON.stringify({ code: 'untold', detail: `the test tells nothing of ${key}${url.search}` }), { status: 404 }));
    const { status, body } = typeof found === 'object' && found !== null && 'status' in found && 'body' in found ? (found as { status: number; body: unknown }) : { status: 200, body: found };
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }));
  });
}
