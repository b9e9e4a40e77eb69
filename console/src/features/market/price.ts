/** The cash contract counts cents of this one currency. */
export const CURRENCY = 'USD';

/** A price as people type it, in the smallest unit: 42.50 → 4250. Null when it is no price. */
export function minor(text: string): number | null {
  const m = /^\s*(\d{1,12})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  if (!m) return null;
  return Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0'));
}
