import type { LiveEvent, Problem } from './types';

const KEY = 'carbomt.accessKey';

/** What the server says when it says no, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem) {
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

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const key = session.get();
  const answer = await fetch('/api/v1' + path, { signal, headers: key ? { Authorization: `Bearer ${key}` } : {} });
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  return (await answer.json()) as T;
}

export async function download(path: string, name: string): Promise<void> {
  const key = session.get();
  const answer = await fetch('/api/v1' + path, { headers: key ? { Authorization: `Bearer ${key}` } : {} });
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Splits a text/event-stream into events; keeps what is not complete yet. */
export function parseEvents(buffer: string): { events: LiveEvent[]; rest: string } {
  const blocks = buffer.split(/\r?\n\r?\n/);
  const rest = blocks.pop() ?? '';
  const events: LiveEvent[] = [];
  for (const block of blocks) {
    const data = block.split(/\r?\n/).filter((l) => l.startsWith('data:')).map((l) => l.slice(5).trimStart()).join('\n');
    if (!data) continue;
    try {
      events.push(JSON.parse(data) as LiveEvent);
    } catch (e) {
      console.warn('an event that is not JSON', data, e);
    }
  }
  return { events, rest };
}

/** Live events through one connection, connected again after a pause when it ends. Returns how to stop. */
export function follow(onEvent: (e: LiveEvent) => void, onState: (connected: boolean) => void): () => void {
  const stop = new AbortController();
  void (async () => {
    while (!stop.signal.aborted) {
      try {
        const key = session.get();
        const answer = await fetch('/api/v1/events', { signal: stop.signal, headers: { Accept: 'text/event-stream', ...(key ? { Authorization: `Bearer ${key}` } : {}) } });
        if (!answer.ok || !answer.body) throw new Refusal(answer.status, {});
        onState(true);
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        let buffer = '';
        for (;;) {
          const { value, done } = await reader.read();
          if (done) break;
          const parsed = parseEvents(buffer + value);
          buffer = parsed.rest;
          parsed.events.forEach(onEvent);
        }
      } catch (e) {
        if (!stop.signal.aborted) console.warn('live events ended', e);
      }
      if (stop.signal.aborted) return;
      onState(false);
      await new Promise((r) => setTimeout(r, 3000));
    }
  })();
  return () => stop.abort();
}
