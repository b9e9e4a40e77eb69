import type { HourMap, HourStatus } from '../../api/types';

/** One hour on the map. Mass in short tons, null where missing or without a record. */
export interface Cell { start: string; status: HourStatus | null; mass: number | null }
export interface Day { date: string; cells: Cell[] }

const STATUS: Record<string, HourStatus> = { M: 'MEASURED', S: 'SUBSTITUTED', I: 'IDLE', X: 'MISSING' };

const LEAST_DAYS = 28;

/** A map of hours as days x 24, from the first month with a record to the last day with one, four weeks at least; an hour without a record stays empty. */
export function days(map: HourMap): Day[] {
  const first = map.statuses.search(/[^.]/);
  if (first < 0) return [];
  const begin = Date.parse(map.from);
  const at = (i: number) => new Date(begin + i * 3_600_000);
  const from = at(first);
  const start = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), 1);
  const until = Math.max(at(map.statuses.length - 1).getTime(), start + (LEAST_DAYS - 1) * 86_400_000);
  const list: Day[] = [];
  for (let t = start; t <= until; t += 86_400_000) {
    const cells = Array.from({ length: 24 }, (_, h): Cell => {
      const i = (t + h * 3_600_000 - begin) / 3_600_000;
      const mass = map.massShortTons[i] ?? null;
      return { start: new Date(t + h * 3_600_000).toISOString().replace('.000Z', 'Z'), status: STATUS[map.statuses[i]] ?? null, mass: mass === null ? null : Number(mass) };
    });
    list.push({ date: cells[0].start.slice(0, 10), cells });
  }
  return list;
}

/** Step 0 to 8 of the mass ramp. */
export function step(mass: number, highest: number): number {
  return highest <= 0 ? 0 : Math.min(8, Math.max(0, Math.floor((mass / highest) * 8.999)));
}

/** The hour a key leads to, within the map. */
export function move(list: Day[], chosen: string, byHours: number): string {
  const t = new Date(Date.parse(chosen) + byHours * 3_600_000).toISOString().replace('.000Z', 'Z');
  return t >= list[0].cells[0].start && t <= list.at(-1)!.cells[23].start ? t : chosen;
}

/** A time as people write it, as the API takes it: 2026-01-14 09:42Z; a day alone is its end. Null when it is none. */
export function knownOn(text: string): string | null {
  const m = /^\s*(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?)?\s*Z?\s*$/.exec(text);
  if (!m) return null;
  const iso = `${m[1]}T${m[2] ? m[2] + (m[3] ?? ':00') : '23:59:59'}Z`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}

/** The hour to begin with: the newest one with a mass, else the newest with a record. */
export function newest(list: Day[]): string | undefined {
  const cells = list.flatMap((d) => d.cells).filter((c) => c.status !== null);
  return (cells.filter((c) => (c.mass ?? 0) > 0).at(-1) ?? cells.at(-1))?.start;
}
