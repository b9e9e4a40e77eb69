import type { Hour } from '../../api/types';
import { exact } from '../../components/format';

/** The rule's equation with the hour's own values, each with its unit; null when the hour was not calculated by one we can write. */
export function equation(h: Pick<Hour, 'method' | 'steps' | 'massShortTons'>): string | null {
  const s = h.steps;
  const v = (name: string) => exact(s[name]);
  const has = (...names: string[]) => names.every((n) => s[n] !== undefined);
  if (h.massShortTons === null || !has('co2RateShortTonsPerHour')) return null;
  const rates: Record<string, () => string | false> = {
    'G-4': () => has('fcScfPerMmbtu', 'heatInputRateMmbtuPerHour') && `${v('fcScfPerMmbtu')} scf/mmBtu × ${v('heatInputRateMmbtuPerHour')} mmBtu/h × 44 ÷ 385 ÷ 2000`,
    'F-11-wet': () => has('co2Percent', 'flowScfh') && `5.7 × 10⁻⁷ × ${v('co2Percent')} % × ${v('flowScfh')} scf/h`,
    'F-11-dry': () => has('co2Percent', 'flowScfh', 'h2oPercent') && `5.7 × 10⁻⁷ × ${v('co2Percent')} % × ${v('flowScfh')} scf/h × (100 − ${v('h2oPercent')}) ÷ 100`,
  };
  const rate = rates[h.method]?.();
  if (!rate) return null;
  const time = s.operatingTimeHours !== undefined && Number(s.operatingTimeHours) !== 1 ? `; × ${v('operatingTimeHours')} h = ${exact(h.massShortTons)} short tons` : '';
  return `${rate} = ${v('co2RateShortTonsPerHour')} short tons/h${time}`;
}
