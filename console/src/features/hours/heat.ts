import type { Hour } from '../../api/types';

/** A month of hours as days x 24; cells without a record stay empty. */
export interface Cell { hour: Hour | null; start: string }

export function cells(month: string, hours: Hour[]): Cell[][] {
  const byStart = new Map(hours.map((h) => [h.hourStart, h]));
  const days: Cell[][] = [];
  for (let t = Date.parse(month + '-01T00:00:00Z'); new Date(t).toISOString().startsWith(month); t += 86_400_000) {
    days.push(Array.from({ length: 24 }, (_, h) => {
      const start = new Date(t + h * 3_600_000).toISOString().replace('.000Z', 'Z');
      return { start, hour: byStart.get(start) ?? null };
    }));
  }
  return days;
}

/** Step 0 to 8 of the mass ramp. */
export function step(mass: number, highest: number): number {
  return highest <= 0 ? 0 : Math.min(8, Math.max(0, Math.floor((mass / highest) * 8.999)));
}

export const monthAfter = (month: string) => {
  const [y, m] = month.split('-').map(Number);
  return new Date(Date.UTC(y, m, 1)).toISOString().slice(0, 7);
};
