import type { Forecast } from '../../api/types';

const WORDS: Record<string, string> = { persistence: 'The last hour goes on', 'seasonal-naive': 'As at the same hour of the day before', 'holt-winters': 'Holt-Winters', 'ridge-autoregression': 'Ridge autoregression' };
export const methodWord = (method: string) => WORDS[method] ?? method;

/** Corners of the band and of the median in a box, 0 at its bottom; top: the value at its upper edge. */
export function outline(hours: Forecast['hours'], width: number, height: number) {
  const top = Math.max(...hours.map((h) => h.high)) || 1;
  const at = (value: number, i: number) => `${hours.length === 1 ? 0 : Math.round((i * width) / (hours.length - 1))},${Math.round(height * (1 - value / top))}`;
  const low = hours.map((h, i) => at(h.low, i));
  return { top, median: hours.map((h, i) => at(h.median, i)).join(' '), band: [...hours.map((h, i) => at(h.high, i)), ...low.reverse()].join(' ') };
}
