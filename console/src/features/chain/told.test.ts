import { expect, it } from 'vitest';
import { told } from './told';

const A = '0x5935b8ffc522bb83bab9340f47b9cb2ffd3972f2';
const ZERO = '0x' + '0'.repeat(40);
const event = (name: string, values: Record<string, string>) => ({ contract: 'credits', name, values, block: 1, logIndex: 0, transaction: '0x1' });
const names = new Map([[A, 'afton-power']]);

it('tells an issuance with its period: the hours of the chain are hours since 1970', () => {
  expect(told(event('CreditsIssued', { tokenId: '1', serialFirst: '1', serialLast: '5501', projectId: 'C01-001', sourceId: 'afton-0001', account: A, fromHour: '439735', toHour: '440479' }), names))
    .toBe('Issued 5,501 t of C01-001 to afton-power, token 1, for 2020-03-01 07h to 2020-04-01 07h of afton-0001');
});
it('tells money to the cent and what leaves circulation', () => {
  expect(told(event('CashDeposited', { minor: '425000', account: A }), names)).toBe('Deposited 4,250.00 USD for afton-power');
  expect(told(event('SerialsMoved', { from: A, to: ZERO, tokenId: '1', serialFirst: '1', serialLast: '25' }), names)).toBe('Serials 1 to 25 of token 1 went from afton-power out of circulation');
});
it('spells out an event it does not know', () => expect(told(event('SomethingNew', {}), names)).toBe('Something new'));
