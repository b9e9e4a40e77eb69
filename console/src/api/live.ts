import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { follow } from './events';
import type { LiveEvent } from './types';

const KEPT = 60;
/** What is asked for again when something happens: an effect on chain moves credits, sales and accounts too. */
const TOUCHES: Record<string, string[]> = {
  reading: ['device', 'reading', 'status'],
  hour: ['hour', 'source'],
  finding: ['case'],
  batch: ['batch', 'effect'],
  effect: ['effect', 'credit', 'sale', 'batch', 'account'],
  sale: ['sale', 'effect', 'account'],
  credit: ['credit', 'effect', 'account'],
};

let recent: LiveEvent[] = [];
let connected = false;
const listeners = new Set<() => void>();
const changed = () => listeners.forEach((l) => l());
const subscribe = (l: () => void) => { listeners.add(l); return () => { listeners.delete(l); }; };

/** The newest live events, newest first. */
export const useLiveEvents = () => useSyncExternalStore(subscribe, () => recent);
export const useConnected = () => useSyncExternalStore(subscribe, () => connected);

/** One connection for the whole console; what an event speaks of is asked for again, at most once a second. */
export function useFollow(active: boolean) {
  const queries = useQueryClient();
  useEffect(() => {
    if (!active) return;
    const stale = new Set<string>();
    let broken = false;
    const timer = setInterval(() => { stale.forEach((t) => void queries.invalidateQueries({ queryKey: [t] })); stale.clear(); }, 1000);
    const stop = follow(
      (e) => { recent = [e, ...recent].slice(0, KEPT); (TOUCHES[e.topic] ?? [e.topic]).forEach((t) => stale.add(t)); changed(); },
      (c) => {
        // What happened while the line was broken was not heard.
        if (c && broken) void queries.invalidateQueries();
        broken = !c;
        connected = c;
        changed();
      },
    );
    return () => { clearInterval(timer); stop(); connected = false; recent = []; changed(); };
  }, [active, queries]);
}
