import { describe, expect, it } from 'vitest';
import { ago, count, exact, hour, instant, money, plusMinus, serialText, short, tonnes } from './format';

describe('numbers', () => {
  // GUM 7.2.6: an uncertainty has at most two digits, the value ends at the same place
  it('gives an uncertainty two digits and the value the same place', () => {
    expect(plusMinus(43594.1, 2.7)).toEqual({ value: '43,600', uncertainty: '1,200' });
    expect(plusMinus(68.7646, 2.7)).toEqual({ value: '68.8', uncertainty: '1.9' });
    expect(plusMinus(2.729, 2.675)).toEqual({ value: '2.729', uncertainty: '0.073' });
    expect(plusMinus(0, 2.7)).toEqual({ value: '0', uncertainty: '0' });
  });
  it('keeps every digit of an exact decimal', () => {
    expect(exact('109013.21')).toBe('109,013.21');
    expect(exact('1191.953876517')).toBe('1,191.953876517');
    expect(exact('-1234.50')).toBe('−1,234.50');
    expect(exact('0.00000057')).toBe('0.00000057');
    expect(exact('n/a')).toBe('n/a');
  });
  it('never rounds money', () => expect([money(425000, 'USD'), money(7, 'USD'), money(1234567, 'USD')]).toEqual(['4,250.00 USD', '0.07 USD', '12,345.67 USD']));
  it('turns short tons into tonnes', () => expect(tonnes('100')).toBe('90.7'));
  it('counts', () => expect([count(1, 'hour'), count(2184, 'hour'), count(2, 'entry', 'entries')]).toEqual(['1 hour', '2,184 hours', '2 entries']));
});

it('writes times in UTC, an hour by its start, a hash in short, a serial as the registry does', () => {
  expect(instant('2026-01-14T09:42:10Z')).toBe('2026-01-14 09:42Z');
  expect(hour('2026-01-14T09:00:00Z')).toBe('2026-01-14 09h');
  expect(short('0x9f3a00000000000000c21e')).toBe('0x9f3a…c21e');
  expect(ago('2026-01-14T09:00:00Z', Date.parse('2026-01-14T09:00:30Z'))).toBe('30 s ago');
  expect(serialText({ projectId: 'C01-001', from: '2020-03-01', to: '2020-04-01', tokenId: 1, first: 1, last: 25 })).toBe('C01-001-20200301-20200401-001:1-25');
});
