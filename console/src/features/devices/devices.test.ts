import { expect, it } from 'vitest';
import type { Device, Profile } from '../../api/types';
import { alone } from '../../components/Chart';
import { deviceState } from '../../components/devices';
import { buckets, usualSpan } from './spans';

const now = Date.parse('2026-11-25T12:00:00Z');
const heard = (minutesAgo: number | null, enabled = true) => ({ enabled, lastSeen: minutesAgo === null ? null : { receivedAt: new Date(now - minutesAgo * 60_000).toISOString() } }) as Device;
const every = (intervalMinutes: number) => ({ intervalMinutes }) as Profile;

it('is late after two intervals and silent after six; without a promise it is heard', () => {
  expect([5, 20, 25, 60, 62].map((m) => deviceState(heard(m), every(10), now))).toEqual(['REPORTING', 'REPORTING', 'LATE', 'LATE', 'SILENT']);
  expect(deviceState(heard(100_000), every(0), now)).toBe('REPORTING');
  expect(deviceState(heard(null), every(10), now)).toBe('NEVER');
  expect(deviceState(heard(1, false), every(10), now)).toBe('DISABLED');
});
// hourly values over 6 hours are six buckets: more would show gaps where there are none
it('has no bucket narrower than the interval', () => {
  expect([buckets(6, 60), buckets(744, 60), buckets(6, 1), buckets(6, 0), buckets(1, 1440)]).toEqual([6, 400, 360, 400, 1]);
  expect([usualSpan(1), usualSpan(15), usualSpan(60), usualSpan(0)]).toEqual(['6 h', '1 day', '31 days', '31 days']);
});
it('marks readings that stand alone between gaps', () => expect(alone([null, 1, null, 2, 3, null, 4])).toEqual([1, 6]));
