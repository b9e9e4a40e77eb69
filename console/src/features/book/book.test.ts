import { expect, it } from 'vitest';
import type { Order } from '../../api/types';
import { fate, ladder } from './book';

it('shows the highest ask first and the lowest bid last, with their shares', () => {
  const rungs = ladder({ tokenId: 1, sequence: 9, asks: [{ priceMinor: 4300, tonnes: 20, orders: 1 }, { priceMinor: 4400, tonnes: 60, orders: 2 }], bids: [{ priceMinor: 4200, tonnes: 30, orders: 1 }] }, 10);
  expect(rungs.map((r) => `${r.side} ${r.priceMinor} ${r.share.toFixed(2)}`)).toEqual(['ask 4400 1.00', 'ask 4300 0.33', 'bid 4200 0.50']);
});
it('says what became of an order', () => {
  const order = { id: 'o', account: 'a', tokenId: 1, side: 'BUY', type: 'LIMIT', priceMinor: 1, tonnes: 10, filled: 4, open: 6, status: 'OPEN', reason: 'NONE', sequence: 1, at: '2020-01-01T00:00:00Z' } as Order;
  expect(fate(order)).toBe('4 of 10 t traded, 6 t wait');
  expect(fate({ ...order, filled: 10, open: 0, status: 'FILLED' })).toBe('10 of 10 t traded');
  expect(fate({ ...order, filled: 0, open: 0, status: 'CANCELLED', reason: 'SELF_TRADE' })).toBe('cancelled: it met an own order');
  expect(fate({ ...order, filled: 0, open: 0, status: 'REFUSED', reason: 'CASH_TOO_LITTLE' })).toBe('refused: cash too little');
});
