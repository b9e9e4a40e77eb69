import createClient from 'openapi-fetch';
import type { paths } from './schema';
import type { Problem } from './types';

const KEY = 'carbomt.accessKey';

/** What the server says when it says no, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: Partial<Problem>;
  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.status = status;
    this.problem = problem;
  }
}

/** The access key lives as long as the tab. */
export const session = {
  get: (): string | null => sessionStorage.getItem(KEY),
  set: (key: string) => sessionStorage.setItem(KEY, key.trim()),
  end: () => sessionStorage.removeItem(KEY),
};

const authorization = (): Record<string, string> => {
  const key = session.get();
  return key ? { Authorization: `Bearer ${key}` } : {};
};

/** A broken line in words; a question taken back stays what it is. */
const unreachable = (e: unknown): never => { throw e instanceof TypeError ? new Error('The server cannot be reached', { cause: e }) : e; };

/** Every call of the API, typed by its own description: ask(api.GET('/devices/{id}', …)). */
export const api = createClient<paths>({ baseUrl: `${location.origin}/api/v1`, fetch: (request) => fetch(request).catch(unreachable) });
api.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(authorization())) request.headers.set(name, value);
    return request;
  },
});

/** The content of an answer; what is not well is thrown as a Refusal. */
export async function ask<D>(call: Promise<{ data?: D; error?: unknown; response: Response }>): Promise<Exclude<D, undefined>> {
  const { data, error, response } = await call;
  if (!response.ok) throw new Refusal(response.status, typeof error === 'object' && error !== null ? (error as Partial<Problem>) : {});
  return data as Exclude<D, undefined>;
}

/** Saves what a path of the API answers as a file. */
export async function download(path: string, name: string): Promise<void> {
  const answer = await fetch('/api/v1' + path, { headers: authorization() });
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A request id of one's own: the same request sent twice has one effect. Works without a secure context, unlike randomUUID. */
export const requestId = () => 'console-' + Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, '0')).join('');

/** The stream of live events. */
export const openEvents = (signal: AbortSignal) => fetch('/api/v1/events', { signal, headers: { Accept: 'text/event-stream', ...authorization() } });
