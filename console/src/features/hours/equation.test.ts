import { expect, it } from 'vitest';
import { equation } from './equation';

// 40 CFR 75 App. G, Eq. G-4, the first hour of Afton 0001: 1040 x 1275.6 x 44 / 385 / 2000 = 75.8
it('writes Eq. G-4 with the values of the hour', () => {
  expect(equation({ method: 'G-4', massShortTons: '75.8', steps: { operatingTimeHours: '1', fcScfPerMmbtu: '1040', heatInputRateMmbtuPerHour: '1275.6', co2RateShortTonsPerHour: '75.8' } }))
    .toBe('1,040 scf/mmBtu × 1,275.6 mmBtu/h × 44 ÷ 385 ÷ 2000 = 75.8 short tons/h');
});
it('multiplies by the operating time of a part hour, and writes the moisture of a dry analyser', () => {
  expect(equation({ method: 'F-11-dry', massShortTons: '15.0', steps: { operatingTimeHours: '0.25', co2Percent: '10.0', flowScfh: '12000000', h2oPercent: '12.3', co2RateShortTonsPerHour: '60.0' } }))
    .toBe('5.7 × 10⁻⁷ × 10.0 % × 12,000,000 scf/h × (100 − 12.3) ÷ 100 = 60.0 short tons/h; × 0.25 h = 15.0 short tons');
});
it('writes none for a missing hour, an unknown method, or a step that is not there', () => {
  expect(equation({ method: 'G-4', massShortTons: null, steps: {} })).toBeNull();
  expect(equation({ method: 'EU-1', massShortTons: '1', steps: { co2RateShortTonsPerHour: '1' } })).toBeNull();
  expect(equation({ method: 'G-4', massShortTons: '1', steps: { co2RateShortTonsPerHour: '1' } })).toBeNull();
});
