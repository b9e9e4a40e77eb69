import { expect, it } from 'vitest';
import { channel, fact, problem, reason, step, unit } from './words';

it('has words and units for what the machine names', () => {
  expect(step('baselineTonnesPerMwh')).toEqual({ label: 'Baseline intensity', unit: 't/MWh' });
  expect([unit('[scf]/h'), unit('Cel'), unit('1'), unit('ppm')]).toEqual(['scf/h', '°C', '', 'ppm']);
  expect(problem('lorawan.mic-wrong')).toBe('The frame was not made by this device');
  expect(reason('input-missing:flow')).toBe('An input is missing: stack flow');
  expect(channel('heatInput')).toBe('Heat input');
});
it('spells out what it does not know, with the unit its name ends in, never raw', () => {
  expect(step('leakageTonnes')).toEqual({ label: 'Leakage', unit: 't' });
  expect(step('somethingElse')).toEqual({ label: 'Something else', unit: '' });
  expect(problem('frame.odd-length')).toBe('Odd length of frame');
  expect(fact('newCo2Fact')).toBe('New CO₂ fact');
  expect(reason('A person said so')).toBe('A person said so');
});
