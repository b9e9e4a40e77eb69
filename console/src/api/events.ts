import { openEvents, Refusal } from './client';
import type { LiveEvent } from './types';

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
        const answer = await openEvents(stop.signal);
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
