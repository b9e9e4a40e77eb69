import { expect, it } from 'vitest';
import { days, knownOn, move, newest, step } from './heat';

const map = (from: string, statuses: string, massShortTons: (string | null)[] = []) => ({ from, statuses, massShortTons });

it('makes days of 24 hours of a map, from the first of a month, four weeks at least, and an hour without a record stays empty', () => {
  // the year begins with 45 days without a record
  const list = days(map('2020-01-01T00:00:00Z', '.'.repeat(45 * 24) + 'MX', [...Array(45 * 24).fill(null), '10.5', null]));
  expect(list).toHaveLength(28);
  expect(list[14].date).toBe('2020-02-15');
  expect(list[14].cells.slice(0, 3)).toEqual([{ start: '2020-02-15T00:00:00Z', status: 'MEASURED', mass: 10.5 }, { start: '2020-02-15T01:00:00Z', status: 'MISSING', mass: null }, { start: '2020-02-15T02:00:00Z', status: null, mass: null }]);
});
it('is empty without a record', () => expect(days(map('2020-01-01T00:00:00Z', '....'))).toEqual([]));
it('puts the highest mass on the last step of the ramp and never beyond', () => {
  expect([step(0, 10), step(5, 10), step(10, 10), step(1, 0)]).toEqual([0, 4, 8, 0]);
});
it('moves by hour and day and stays on the map', () => {
  const list = days(map('2020-01-01T00:00:00Z', 'M', ['1']));
  expect(move(list, '2020-01-01T23:00:00Z', 1)).toBe('2020-01-02T00:00:00Z');
  expect(move(list, '2020-01-01T05:00:00Z', -24)).toBe('2020-01-01T05:00:00Z');
  expect(move(list, '2020-01-28T05:00:00Z', 24)).toBe('2020-01-28T05:00:00Z');
});
it('reads a time to the second, the minute or the day, in UTC', () => {
  expect([knownOn('2026-01-14 09:42:10Z'), knownOn('2026-01-14T09:42'), knownOn(' 2026-01-14 ')]).toEqual(['2026-01-14T09:42:10Z', '2026-01-14T09:42:00Z', '2026-01-14T23:59:59Z']);
  expect([knownOn('14.1.2026'), knownOn('2026-13-41'), knownOn('2026-01-14 9h')]).toEqual([null, null, null]);
});
it('begins with the newest hour that has a mass', () => {
  expect(newest(days(map('2020-01-01T00:00:00Z', 'MI', ['1', '0'])))).toBe('2020-01-01T00:00:00Z');
  expect(newest(days(map('2020-01-01T00:00:00Z', 'II', ['0', '0'])))).toBe('2020-01-01T01:00:00Z');
});
