/** Times are UTC and ISO: 2026-01-14 09:42Z; an hour by its start: 2026-01-14 09h. */
export const instant = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
export const hour = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 13)}h`;
export const ago = (iso: string, now: number) => {
  const s = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  return s < 90 ? `${s} s ago` : s < 5400 ? `${Math.round(s / 60)} min ago` : s < 129600 ? `${Math.round(s / 3600)} h ago` : `${Math.round(s / 86400)} days ago`;
};
export const whole = (n: number) => new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(n);
/** Short form of a hash; the whole one belongs into the title. */
export const short = (hash: string) => (hash.length > 16 ? `${hash.slice(0, 6)}…${hash.slice(-4)}` : hash);
/** Short tons to tonnes (x 0.90718474), for display beside the rule's own figure. */
export const tonnes = (shortTons: string) => (Number(shortTons) * 0.90718474).toFixed(1);
export const serialText = (s: { projectId: string; tokenId: number; first: number; last: number }) => `${s.projectId} · token ${s.tokenId} · ${s.first}–${s.last}`;
