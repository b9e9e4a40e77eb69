/** Times are UTC and ISO: 2026-01-14 09:42Z; an hour by its start: 2026-01-14 09h. */
export const instant = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
export const second = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}Z`;
export const hour = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 13)}h`;
export const hourAfter = (iso: string, hours = 1) => new Date(Date.parse(iso) + hours * 3_600_000).toISOString().replace('.000Z', 'Z');
export const ago = (iso: string, now: number) => {
  const s = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  return s < 90 ? `${s} s ago` : s < 5400 ? `${Math.round(s / 60)} min ago` : s < 129600 ? `${Math.round(s / 3600)} h ago` : `${Math.round(s / 86400)} days ago`;
};

export const whole = (n: number) => new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(n);
/** A number of the machine's own precision, such as a reading: at most so many digits after the point. */
export const number = (n: number, digits = 3) => new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(n);
/** A decimal as the server gave it, every digit kept; only thousands are set apart. */
export const exact = (decimal: string) => {
  const [, sign, integer, rest] = /^(-?)(\d+)(.*)$/.exec(decimal) ?? [];
  return integer === undefined ? decimal : (sign ? '−' : '') + integer.replace(/\B(?=(\d{3})+$)/g, ',') + rest;
};
/** Money in the smallest unit of its currency, never rounded: 425000 → 4,250.00. */
export const money = (minor: number, currency: string) => `${whole(Math.trunc(minor / 100))}.${String(Math.abs(minor % 100)).padStart(2, '0')} ${currency}`;

/** Short tons to tonnes: 1 short ton is 907.18474 kg, exactly. */
export const TONNES_PER_SHORT_TON = 0.90718474;
export const tonnes = (shortTons: string) => number(Number(shortTons) * TONNES_PER_SHORT_TON, 1);

/** A value and its uncertainty: the uncertainty to two digits, the value to the same place. 43594.1 and 2.7 % → 43,600 ± 1,200. */
export function plusMinus(value: number, percent: number): { value: string; uncertainty: string } {
  const u = (Math.abs(value) * percent) / 100;
  if (u === 0) return { value: number(value, 1), uncertainty: '0' };
  const place = Math.floor(Math.log10(u)) - 1;
  const digits = Math.max(0, -place);
  const at = (x: number) => new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(place > 0 ? Math.round(x / 10 ** place) * 10 ** place : x);
  return { value: at(value), uncertainty: at(u) };
}

/** Short form of a hash; the whole one belongs beside it. */
export const short = (hash: string) => (hash.length > 16 ? `${hash.slice(0, 6)}…${hash.slice(-4)}` : hash);
/** Serials as the registry writes them: C01-001-20200301-20200401-001:1-25. */
export const serialText = (s: { projectId: string; from: string; to: string; tokenId: number; first: number; last: number }) =>
  `${s.projectId}-${s.from.replaceAll('-', '')}-${s.to.replaceAll('-', '')}-${String(s.tokenId).padStart(3, '0')}:${s.first}-${s.last}`;
export const count = (n: number, one: string, many = one + 's') => `${whole(n)} ${n === 1 ? one : many}`;
