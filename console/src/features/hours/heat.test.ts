import { expect, it } from 'vitest';
import type { Hour } from '../../api/types';
import { cells, monthAfter, step } from './heat';

it('makes a leap February 29 days of 24 hours, and an hour without a record stays empty', () => {
  const days = cells('2020-02', [{ hourStart: '2020-02-03T05:00:00Z' } as Hour]);
  expect(days).toHaveLength(29);
  expect(days.every((d) => d.length === 24)).toBe(true);
  expect(days[2][5].hour).not.toBeNull();
  expect(days[2][6].hour).toBeNull();
});
it('puts the highest mass on the last step of the ramp and never beyond', () => {
  expect([step(0, 10), step(5, 10), step(10, 10), step(1, 0)]).toEqual([0, 4, 8, 0]);
});
it('goes over the end of the year', () => expect(monthAfter('2020-12')).toBe('2021-01'));
