/** How far back a chart looks, in hours. */
export const SPANS: Record<string, number> = { '6 h': 6, '1 day': 24, '7 days': 168, '31 days': 744, '1 year': 8784 };
const MOST = 400;

/** The span to begin with: long enough for a shape, short enough to see the newest readings. */
export const usualSpan = (intervalMinutes: number) => (intervalMinutes === 0 || intervalMinutes > 30 ? '31 days' : intervalMinutes > 10 ? '1 day' : '6 h');

/** As many buckets as the span has readings, at most as many as there are pixels to tell apart: a bucket narrower than the interval would tear gaps that are none. */
export function buckets(spanHours: number, intervalMinutes: number): number {
  return intervalMinutes > 0 ? Math.max(1, Math.min(MOST, Math.floor((spanHours * 60) / intervalMinutes))) : MOST;
}
