import { expect, it } from 'vitest';
import type { Case, Device, Effect, Held, Profile, Sale } from '../../api/types';
import { headline, needs } from './needs';

const now = Date.parse('2026-11-25T12:00:00Z');
const nobody = { operates: false, verifies: false, trades: false };
const device = (id: string, receivedAt: string | null): Device => ({ id, name: id, siteId: 's', profileId: 'p', addresses: {}, syntheticChannels: [], acceptFrom: null, enabled: true, lastSeen: receivedAt ? { receivedAt, protocol: 'http', sequence: 1 } : null, newestReading: null });
const profiles = [{ id: 'p', intervalMinutes: 10 } as Profile];

it('needs nobody when all is well', () => {
  expect(needs({ now, mine: nobody, devices: [device('a', '2026-11-25T11:55:00Z')], profiles, held: [{ status: 'DISCARDED' } as Held], cases: [{ status: 'SIGNED' } as Case] })).toEqual([]);
  expect(headline(0)).toBe('Nothing needs a person now');
});
it('puts what is broken before what waits', () => {
  const list = needs({
    now, mine: nobody, profiles, devices: [device('a', '2026-11-25T09:00:00Z'), device('never', null)], status: { version: '1', parts: { Ledger: false, Journal: true }, notStarted: [], journal: null, hours: null, time: '' }, held: [{ status: 'HELD' } as Held],
    cases: [{ id: 'c', status: 'OPEN', sourceId: 's', from: '2020-03-01T07:00:00Z', to: '2020-04-01T07:00:00Z' } as Case], effects: [{ businessKey: 'issue/x', kind: 'issue', status: 'REFUSED', reason: 'claimed before' } as Effect],
  });
  expect(list.map((n) => n.subject)).toEqual(['Not in service', 'Issue credits', 'Quarantine', 'a', 's']);
  expect(list[1].text).toBe('the chain refused it: claimed before');
  expect(headline(list.length)).toBe('Five things need a person');
  expect(headline(1)).toBe('One thing needs a person');
});
it('never says that nothing needs a person when not all could be asked', () => {
  const list = needs({ now, mine: nobody, unknown: ['the quarantine'], status: { version: '1', parts: {}, notStarted: ['org.carbomt.field.lorawan'], journal: null, hours: null, time: '' } });
  expect(list.map((n) => n.text)).toEqual(['org.carbomt.field.lorawan; the log says why', 'the quarantine could not be asked, so more may need a person']);
});
// each role sees what that role can do something about
it('tells the operator of verified hours not yet sealed, the trader of open offers, the verifier to review', () => {
  const cases = [{ id: 'c', status: 'SIGNED', sourceId: 's', from: '2020-03-01T07:00:00Z', to: '2020-04-01T07:00:00Z' } as Case];
  expect(needs({ now, cases, mine: { ...nobody, operates: true } })[0].action).toBe('Seal it');
  expect(needs({ now, cases, mine: nobody })).toEqual([]);
  expect(needs({ now, sales: [{ status: 'OPEN' } as Sale], mine: { ...nobody, trades: true } })[0].text).toBe('1 offer is open');
  expect(needs({ now, cases: [{ ...cases[0], status: 'OPEN' }], mine: { ...nobody, verifies: true } })[0].action).toBe('Review');
});
