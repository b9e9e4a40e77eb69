import type { Model } from '../../api/types';
import { number } from '../../components/format';

/** The model's scores in one table with the simple methods beside it; what a method was not judged by is a dash, never zero. */
export function scores(card: Pick<Model['card'], 'method' | 'scores' | 'yardsticks'>): { names: string[]; rows: { method: string; values: string[] }[] } {
  const names = Object.keys(card.scores).sort();
  const row = (method: string, of: Record<string, number | null>) => ({ method, values: names.map((n) => { const v = of[n]; return v === undefined || v === null ? '—' : number(v); }) });
  return { names, rows: [row(card.method, card.scores), ...Object.keys(card.yardsticks).sort().map((m) => row(`${m}, a simple method`, card.yardsticks[m]))] };
}
