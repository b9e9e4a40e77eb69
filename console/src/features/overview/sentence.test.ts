import { expect, it } from 'vitest';
import type { Device, LiveEvent, Profile, Source } from '../../api/types';
import { sentence } from './sentence';

const names = { devices: [{ id: 'd', name: 'Office', profileId: 'p' } as Device], profiles: [{ id: 'p', channels: [{ name: 'temperature', unit: 'Cel', grade: 'MEASURED' }] } as Profile], sources: [{ id: 's', name: 'Stack' } as Source] };
const event = (topic: string, subject: string, values: LiveEvent['values']): LiveEvent => ({ topic, subject, at: '2026-11-25T12:00:00Z', values });

it('tells a reading with its unit and way', () => expect(sentence(event('reading', 'd', { temperature: 22.94, protocol: 'lorawan' }), names)).toEqual({ of: 'Office', what: 'Temperature 22.94 °C (LoRaWAN)' }));
it('tells hours, a missing one without a zero, and that more came with it', () => {
  expect(sentence(event('hour', 'x', { source: 's', hour: '2020-03-01T05:00:00Z', status: 'MEASURED', massShortTons: '75.8', of: 744 }), names).what).toBe('2020-03-01 05h: 75.8 short tons of CO₂, the newest of 744 hours');
  expect(sentence(event('hour', 'x', { source: 's', hour: '2020-03-01T05:00:00Z', status: 'MISSING', massShortTons: '', of: 1 }), names).what).toBe('2020-03-01 05h: missing');
});
it('tells the chain and what went wrong there', () => {
  expect(sentence(event('effect', 'issue/x', { kind: 'issue', status: 'REFUSED', reason: 'claimed before' }), names)).toEqual({ of: 'Issue credits', what: 'refused: claimed before' });
  expect(sentence(event('credit', 'r', { token: 1, retired: 25 }), names).what).toBe('retirement of 25 t asked for');
});
it('says so when events were left out, and shows a topic it does not know', () => {
  expect(sentence(event('lost', '12', {}), names).what).toMatch(/^12 events/);
  expect(sentence(event('something', 'y', { someValue: 1 }), names)).toEqual({ of: 'y', what: 'Some value 1' });
});
